import type { EarlierNetwork, History } from '../../src/change/history.ts'
import type { EvidenceValue, Network, ScanResult } from '../../src/model.ts'
import { aNetwork, anEvidence, aResult } from '../helpers/results.ts'

export const UNTIL = '2026-06-14T23:59:51.000Z'
/** Of the scan that is compared: a week later. */
export const TO = '2026-06-21T23:59:00.000Z'
const LATER = '2026-06-21T20:00:00.000Z'

/** Ten characters of base32 out of a short name. */
export const idOf = (name: string): string => `${name}${'a'.repeat(10)}`.slice(0, 10)

export const aValue = (value: string, outside = 0): EvidenceValue => ({
  field: 'device_fingerprint',
  value,
  inside: 4,
  outside,
})

/** A network of the scan: accounts named by letters, `abc`, and devices that its members alone hold. */
export const now = (name: string, accounts: string, devices: readonly string[] = [], over: Partial<Network> = {}) =>
  aNetwork({
    id: idOf(name),
    accounts: [...accounts],
    evidence: [anEvidence({ values: devices.map((each) => aValue(each)) })],
    lastSeen: LATER,
    ...over,
  })

/** The same as the history has it. */
export const was = (
  name: string,
  accounts: string,
  devices: readonly string[] = [],
  over: Partial<EarlierNetwork> = {},
) =>
  ({
    id: idOf(name),
    accounts: [...accounts],
    values: devices.map((value) => ({ field: 'device_fingerprint', value })),
    requests: 100,
    firstSeen: '2026-06-01T00:12:31.000Z',
    lastSeen: UNTIL,
    severity: 'high',
    ...over,
  }) satisfies EarlierNetwork

export const aHistory = (networks: readonly EarlierNetwork[], over: Partial<History> = {}): History => ({
  networks,
  until: UNTIL,
  omittedNetworks: 0,
  formsOf: ({ value }) => [value],
  ...over,
})

export const aScan = (networks: readonly Network[], over: Partial<ScanResult> = {}): ScanResult =>
  aResult({
    networks: networks.map((network, i) => ({ ...network, rank: i + 1 })),
    window: { from: UNTIL, to: TO },
    ...over,
  })
