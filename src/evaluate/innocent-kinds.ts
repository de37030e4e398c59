import { type InnocentKindResult, UNLABELLED } from './evaluation.ts'
import { newLevels, orAbove } from './rates.ts'
import type { Reported } from './reported.ts'
import type { Truth } from './truth.ts'

interface Tally {
  accounts: number
  readonly reported: number[]
  readonly networks: number[]
}

/** What was reported of each innocent kind, by name; accounts without a label are a kind of their own, if there are any. */
export function innocentKinds({ networks }: Reported, { labelOf }: Truth): InnocentKindResult[] {
  const tallies = new Map<string, Tally>()
  const tallyOf = (kind: string): Tally => {
    const tally = tallies.get(kind) ?? { accounts: 0, reported: newLevels(), networks: newLevels() }
    tallies.set(kind, tally)
    return tally
  }
  for (const label of labelOf.values()) if (label.class === 'innocent') tallyOf(label.kind).accounts++
  for (const network of networks) {
    for (const account of network.accounts) {
      const label = labelOf.get(account)
      if (label === undefined) tallyOf(UNLABELLED).reported[network.level]!++
      else if (label.class === 'innocent') tallyOf(label.kind).reported[network.level]!++
    }
    if (network.class === 'innocent') tallyOf(network.kind).networks[network.level]!++
  }
  return [...tallies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { accounts, reported, networks: led }]) => ({
      kind,
      accounts,
      reported: orAbove(reported),
      networks: orAbove(led),
    }))
}
