import type { Change, Network } from '../../model.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { pseudonymizeReview } from './reviews.ts'
import { sortTies } from './sort-ties.ts'

export interface Treatment {
  readonly pseudonyms: Pseudonyms
  /** Of a sentence. */
  readonly text: (text: string) => string
}

/** One network under pseudonyms, its lists in the order that the document promises of the new names. */
export function pseudonymizeNetwork(network: Network, treatment: Treatment): Network {
  const { pseudonyms, text } = treatment
  const account = (id: string): string => pseudonyms.of('account_id', id)
  return {
    ...network,
    id: pseudonyms.ofNetwork(network.id),
    accounts: network.accounts.map(account).sort(),
    evidence: network.evidence.map((each) => ({
      ...each,
      summary: text(each.summary),
      values: pseudonymizeValues(each.values, treatment, ({ inside, outside }) => `${inside} ${outside}`),
    })),
    innocentExplanation: {
      ...network.innocentExplanation,
      wouldBeConfirmedBy: text(network.innocentExplanation.wouldBeConfirmedBy),
    },
    fragile: network.fragile && { ...network.fragile, dependsOn: dependence(network.fragile.dependsOn, treatment) },
    tests: network.tests.map((test) => ({ ...test, statistic: text(test.statistic) })),
    members: network.members
      .map((member) => ({
        ...member,
        accountId: account(member.accountId),
        links: pseudonymizeValues(member.links, treatment, ({ bits }) => String(bits)),
      }))
      .sort((a, b) => (a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0)),
    hubs: pseudonymizeValues(network.hubs, treatment, ({ memberCount }) => String(memberCount)).map((hub) => ({
      ...hub,
      verdict: text(hub.verdict),
    })),
    models: network.models.map((each) => ({ ...each, model: text(each.model) })),
    capabilities: network.capabilities.map((each) => ({ ...each, capability: text(each.capability) })),
    change: network.change && pseudonymizeChange(network.change, treatment),
    review: network.review && pseudonymizeReview(network.review, treatment),
  }
}

/** Values under pseudonyms. @param strengthOf by which the list is sorted, as far as it can be seen */
export const pseudonymizeValues = <T extends { readonly field: string; readonly value: string }>(
  values: readonly T[],
  { pseudonyms }: Treatment,
  strengthOf: (item: T) => string,
): T[] =>
  sortTies(
    values.map((each) => ({ ...each, value: pseudonyms.of(each.field, each.value) })),
    strengthOf,
  )

/** `account ID`, `FIELD VALUE` or `3 of its accounts`: told by how it is made, as a value may hold anything. */
function dependence(dependsOn: string, { pseudonyms }: Treatment): string {
  const at = dependsOn.indexOf(' ')
  const [field, value] = [dependsOn.slice(0, at), dependsOn.slice(at + 1)]
  if (at < 1) return pseudonyms.of('value', dependsOn)
  if (field === 'account') return `account ${pseudonyms.of('account_id', value)}`
  return /^\d+ of its accounts$/u.test(dependsOn) ? dependsOn : `${field} ${pseudonyms.of(field, value)}`
}

const pseudonymizeChange = (change: Change, { pseudonyms }: Treatment): Change => ({
  ...change,
  added: change.added.map((id) => pseudonyms.of('account_id', id)).sort(),
  removed: change.removed.map((id) => pseudonyms.of('account_id', id)).sort(),
  from: fromOf(change.from.map(pseudonyms.ofNetwork)),
})

/** The first gave its id; the others have no order that says anything. */
const fromOf = ([first, ...rest]: readonly string[]): string[] => (first === undefined ? [] : [first, ...rest.sort()])
