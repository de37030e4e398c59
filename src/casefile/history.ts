import type { EarlierNetwork, History } from '../change/history.ts'
import { rareValues } from '../change/rare-values.ts'
import type { ScanResult } from '../model.ts'
import type { PastCase } from './past.ts'

/** A network as a case keeps it. */
export interface KeptNetwork extends EarlierNetwork {
  /** The last instant that its scan saw; `null` if it saw no request, or that is forgotten. */
  readonly until: string | null
}

/** What the next scan of the case compares its networks with, a JSON text for each network. */
export const networkDocuments = (result: ScanResult): { readonly id: string; readonly document: string }[] =>
  result.networks.map((network) => {
    const { id, accounts, requests, firstSeen, lastSeen, severity } = network
    const kept: KeptNetwork = {
      id,
      accounts,
      values: rareValues(network),
      requests,
      firstSeen,
      lastSeen,
      severity,
      until: result.window.to,
    }
    return { id, document: JSON.stringify(kept) }
  })

/** The latest scan of a case as a history: its values are whole. */
export function historyOf(past: PastCase): History {
  const networks = past.networks.map((document) => JSON.parse(document) as KeptNetwork)
  return {
    networks,
    until: networks.reduce<string | null>(
      (last, { until }) => (last === null || (until !== null && until > last) ? until : last),
      null,
    ),
    omittedNetworks: 0,
    formsOf: ({ value }) => [value],
  }
}
