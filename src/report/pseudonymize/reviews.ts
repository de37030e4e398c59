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

/** A declared group's explanation names its owner and a reason in somebody's own words: of it stays that it was declared. */
export const pseudonymizeExplained = (group: ExplainedGroup, treatment: Treatment): ExplainedGroup => ({
  ...group,
  accounts: accountsOf(group.accounts, treatment),
  uncovered: accountsOf(group.uncovered, treatment),
  explanation: group.basis === 'declaration' ? 'declared by an owner' : treatment.text(group.explanation),
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
