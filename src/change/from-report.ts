import { ScanError } from '../errors.ts'
import type { Network, ScanResult } from '../model.ts'
import type { EarlierNetwork, HeldValue, History } from './history.ts'
import { keyOf, rareValues } from './rare-values.ts'

/** A saved document, as far as a comparison reads it. */
export type EarlierReport = Pick<ScanResult, 'window' | 'omitted'> & { readonly networks: readonly EarlierReported[] }
type EarlierReported = Pick<
  Network,
  'id' | 'accounts' | 'evidence' | 'requests' | 'firstSeen' | 'lastSeen' | 'severity'
>

/** How a report may have written values that a scan sees whole. */
export interface ValueForms {
  /** Of a value in a report what can be compared, without a number that tells look-alikes apart; `null` for what says too little. */
  readonly listed: (held: HeldValue) => string | null
  /** See {@link History.formsOf}. */
  readonly formsOf: History['formsOf']
}

/**
 * The history that a saved report is.
 *
 * @param name of the file, for messages
 * @throws ScanError INPUT_UNREADABLE where a part that this tool writes was changed: an id of a network, or an instant
 */
export function historyOfReport(report: EarlierReport, forms: ValueForms, name: string): History {
  checkOwnParts(report, name)
  return {
    networks: report.networks.map((network) => earlierOf(network, forms)),
    until: report.window.to,
    omittedNetworks: report.omitted.networks,
    formsOf: forms.formsOf,
  }
}

function earlierOf(network: EarlierReported, { listed }: ValueForms): EarlierNetwork {
  const { id, accounts, requests, firstSeen, lastSeen, severity } = network
  const values = new Map<string, HeldValue>()
  for (const { field, value } of rareValues(network)) {
    const text = listed({ field, value })
    if (text !== null) values.set(keyOf({ field, value: text }), { field, value: text })
  }
  return {
    id,
    accounts: [...new Set(accounts)],
    values: [...values.values()],
    requests,
    firstSeen,
    lastSeen,
    severity,
  }
}

const ID = /^[a-z2-7]{10}$/u
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u

/** Ids and instants go into the new report as they are, so they must be what this tool writes. */
function checkOwnParts({ networks, window }: EarlierReport, name: string): void {
  const isInstant = (text: string | null): boolean => text === null || INSTANT.test(text)
  const seen = new Set<string>()
  if (!isInstant(window.to)) throw changed(name, '.window.to')
  for (const [i, { id, firstSeen, lastSeen }] of networks.entries()) {
    if (!ID.test(id) || seen.has(id)) throw changed(name, `.networks[${i}].id`)
    if (!isInstant(firstSeen)) throw changed(name, `.networks[${i}].firstSeen`)
    if (!isInstant(lastSeen)) throw changed(name, `.networks[${i}].lastSeen`)
    seen.add(id)
  }
}

const changed = (name: string, place: string): ScanError =>
  new ScanError(
    'INPUT_UNREADABLE',
    `'${name}' is no report as it was written: look at ${place}`,
    'Name a report that was made with --format json and not changed since.',
  )
