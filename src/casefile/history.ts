import type { EarlierNetwork, History } from '../change/history.ts'
import { rareValues } from '../change/rare-values.ts'
import type { ScanResult } from '../model.ts'
import type { PastCase } from './past.ts'

/** What the next scan of the case compares its networks with, a JSON text for each network. */
export const networkDocuments = (result: ScanResult): { readonly id: string; readonly document: string }[] =>
  result.networks.map((network) => {
    const { id, accounts, requests, firstSeen, lastSeen, severity } = network
    const kept: EarlierNetwork = {
      id,
      accounts,
      values: rareValues(network),
      requests,
      firstSeen,
      lastSeen,
      severity,
    }
    return { id, document: JSON.stringify(kept) }
  })

/** The latest scan of a case as a history: its values are whole. */
export const historyOf = ({ networks, untilMs }: PastCase): History => ({
  networks: networks.map((document) => JSON.parse(document) as EarlierNetwork),
  until: untilMs === null ? null : new Date(untilMs).toISOString(),
  omittedNetworks: 0,
  formsOf: ({ value }) => [value],
})
