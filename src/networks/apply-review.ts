import type { EvidenceTables } from '../evidence/tables.ts'
import type { ExpiredDeclaration, ExplainedGroup } from '../model.ts'
import { explainByReview } from './explain-by-review.ts'
import { tiedToConfirmed } from './label-ties.ts'
import type { Proposal } from './propose-networks.ts'
import { rankDrafts } from './rank.ts'
import type { NetworkDraft } from './report-network.ts'
import type { Review } from './review.ts'
import { describeReview } from './review-notes.ts'
import { reviewedSeverity } from './severity.ts'

/** Networks in order of rank, and what declarations and reviews took out of the ranking. */
export interface ReviewedNetworks {
  readonly drafts: readonly NetworkDraft[]
  readonly explained: readonly ExplainedGroup[]
  readonly expired: readonly ExpiredDeclaration[]
}

/**
 * Lets declarations and labels speak, once every network has its score: they move it among the explained, or mark it and
 * change its severity. They change no member, no evidence and no score, and nothing of any other network.
 */
export function applyReview(
  drafts: readonly NetworkDraft[],
  { accounts }: Pick<EvidenceTables, 'accounts'>,
  proposal: Proposal,
  review: Review,
): ReviewedNetworks {
  const groups = [...proposal.groups, ...proposal.seeds.groups]
  const tied = tiedToConfirmed(groups, proposal, review)
  const explained: ExplainedGroup[] = []
  const ranked: NetworkDraft[] = []
  for (const draft of drafts) {
    const members = groups[draft.group]!
    const explanation = explainByReview(members, accounts.ids, review)
    const notes = describeReview(members, accounts.ids, review, proposal.seeds.outside)
    if (explanation !== null) explained.push(explanation)
    else if (notes === null) ranked.push(draft)
    else {
      const clearedShare = notes.cleared.length / members.length
      const severity = reviewedSeverity(draft.severity, { clearedShare, isTied: tied.has(draft.group) })
      ranked.push({ ...draft, severity, review: { ...notes, severityByEvidence: draft.severity } })
    }
  }
  const ordered = rankDrafts(ranked)
  return { drafts: ordered, explained, expired: expiredDeclarations(ordered, groups, review) }
}

/** Of lines that no longer hold, those with accounts in a network that is ranked. */
function expiredDeclarations(
  ranked: readonly NetworkDraft[],
  groups: readonly Int32Array[],
  { expired }: Review,
): ExpiredDeclaration[] {
  if (expired.size === 0) return []
  const found = new Map(
    [...new Set(expired.values())].map((line) => [line, { accounts: 0, networks: new Set<string>() }]),
  )
  for (const { group, id } of ranked) {
    for (const member of groups[group]!) {
      const line = expired.get(member)
      if (line === undefined) continue
      found.get(line)!.accounts++
      found.get(line)!.networks.add(id)
    }
  }
  return [...found]
    .filter(([, { accounts }]) => accounts > 0)
    .map(([{ path, line, owner, expires }, { accounts, networks }]) => ({
      ...{ path, line, owner, expired: expires, accounts },
      networks: [...networks],
    }))
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
}
