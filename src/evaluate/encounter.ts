import type { JudgedNetwork, Reported } from './reported.ts'
import type { TrueNetwork } from './truth.ts'

/** The accounts of one labelled network that are in one reported network. */
export interface Part {
  readonly network: JudgedNetwork
  /** At least 1. */
  readonly accounts: number
}

/** A labelled network, and the reported ones that its accounts fell into. */
export interface Encounter {
  readonly campaign: TrueNetwork
  /** The largest first, of equals the best-ranked. */
  readonly parts: readonly Part[]
}

/** Takes a labelled network apart by reported network, of any severity. */
export function meet(campaign: TrueNetwork, { networks, networkOf }: Reported): Encounter {
  const counts = new Map<number, number>()
  for (const account of campaign.accounts) {
    const network = networkOf.get(account)
    if (network !== undefined) counts.set(network, (counts.get(network) ?? 0) + 1)
  }
  const parts = [...counts]
    .sort(([a, n], [b, m]) => m - n || a - b)
    .map(([network, accounts]) => ({ network: networks[network]!, accounts }))
  return { campaign, parts }
}
