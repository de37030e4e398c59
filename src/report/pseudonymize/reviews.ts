import type { CaseNote, ExpiredDeclaration, ExplainedGroup, GoneNetwork, Network } from '../../model.ts'
import type { Treatment } from './network.ts'

type Review = NonNullable<Network['review']>

const accountsOf = (ids: readonly string[], { pseudonyms }: Treatment): string[] =>
  ids.map((id) => pseudonyms.of('account_id', id)).sort()

/** What people know of members: the accounts and the owners under pseudonyms. Why they were declared is somebody's own words, and goes. */
export const pseudonymizeReview = (review: Review, treatment: Treatment): Review => ({
  ...review,
  confirmed: accountsOf(review.confirmed, treatment),
  cleared: accountsOf(review.cleared, treatment),
  linkedOutside: accountsOf(review.linkedOutside, treatment),
  declared: review.declared.map((each) => ({
    ...each,
    owner: treatment.pseudonyms.of('owner', each.owner),
    reason: 'declared',
    accounts: accountsOf(each.accounts, treatment),
  })),
})

/**
 * A declared group's explanation names its owner and a reason in somebody's own words, that of a reviewed one the accounts it does not cover:
 * of both stays what was done, and when.
 */
export const pseudonymizeExplained = (group: ExplainedGroup, treatment: Treatment): ExplainedGroup => ({
  ...group,
  accounts: accountsOf(group.accounts, treatment),
  uncovered: accountsOf(group.uncovered, treatment),
  explanation: explanationOf(group, treatment),
})

export const pseudonymizeExpired = (
  each: ExpiredDeclaration,
  i: number,
  { pseudonyms }: Treatment,
): ExpiredDeclaration => ({
  ...each,
  path: `known-${i + 1}`,
  owner: pseudonyms.of('owner', each.owner),
  networks: each.networks.map(pseudonyms.ofNetwork),
})

export const pseudonymizeGone = (each: GoneNetwork, { pseudonyms }: Treatment): GoneNetwork => ({
  ...each,
  id: pseudonyms.ofNetwork(each.id),
})

export const pseudonymizeCase = (note: CaseNote, { pseudonyms }: Treatment): CaseNote => ({
  ...note,
  known: note.known.map((each, i) => ({ ...each, path: `known-${i + 1}`, earlierPath: `known-${i + 1}` })),
  orderNights: note.orderNights
    .map((each) => ({ ...each, network: pseudonyms.ofNetwork(each.network) }))
    .sort((a, b) => (a.network < b.network ? -1 : 1)),
})

function explanationOf({ basis, explanation }: ExplainedGroup, { text }: Treatment): string {
  if (basis === 'declaration') return 'declared by an owner'
  if (basis === 'organization') return text(explanation)
  return /^cleared by review(?: on \d{4}-\d\d-\d\d)?/u.exec(explanation)?.[0] ?? 'cleared by review'
}
