import type { EvidenceTables } from '../evidence/tables.ts'
import type { ExpiredDeclaration, ExplainedGroup } from '../model.ts'
import type { Declaration } from '../review/declaration.ts'
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
  proposal: Pick<Proposal, 'groups' | 'seeds' | 'links' | 'cores' | 'minBits'>,
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

/** Of lines that no longer hold, those with accounts in a network that is ranked, by file, owner and last day. */
function expiredDeclarations(
  ranked: readonly NetworkDraft[],
  groups: readonly Int32Array[],
  { expired }: Review,
): ExpiredDeclaration[] {
  const found = new Map<string, Mattering>()
  for (const { group, id } of ranked) {
    for (const member of groups[group]!) {
      const declaration = expired.get(member)
      if (declaration === undefined) continue
      const { path, line, owner, expires } = declaration
      const key = JSON.stringify([path, owner, expires])
      const known = found.get(key) ?? { declaration, lines: new Set(), accounts: 0, networks: new Set() }
      known.lines.add(line)
      known.networks.add(id)
      found.set(key, { ...known, accounts: known.accounts + 1 })
    }
  }
  return [...found.values()]
    .map(({ declaration: { path, owner, expires }, lines, accounts, networks }) => ({
      path,
      lines: [...lines].sort((a, b) => a - b),
      owner,
      expired: expires,
      accounts,
      networks: [...networks],
    }))
    .sort((a, b) => (a.path === b.path ? a.lines[0]! - b.lines[0]! : a.path < b.path ? -1 : 1))
}

interface Mattering {
  readonly declaration: Declaration
  readonly lines: Set<number>
  readonly accounts: number
  readonly networks: Set<string>
}
