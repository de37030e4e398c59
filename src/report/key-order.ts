import type { Network, ScanResult } from '../model.ts'

/** The keys of a type, all of them and nothing else, in the order in which they are printed. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<Item>
  : T extends object
    ? string extends keyof T
      ? Sorted
      : { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> }
    : Leaf

type Leaf = null
type Sorted = 'sorted'
const _: Leaf = null

const values = { field: _, value: _, inside: _, outside: _ }
const activity = { from: _, hourly: _ }
const links = { field: _, value: _, bits: _ }

// biome-ignore format: read as a table
const network: Shape<Network> = {
  id: _, rank: _, score: _, severity: _, claim: _, confidence: _, falseDiscoveryRate: _,
  accounts: _, accountCount: _, requests: _, inputTokens: _, outputTokens: _, firstSeen: _, lastSeen: _,
  evidence: { family: _, signal: _, bits: _, countedBits: _, summary: _, values, accounts: _ },
  hypotheses: { name: _, residualBits: _ },
  innocentExplanation: { name: _, residualBits: _, wouldBeConfirmedBy: _ },
  fragile: { dependsOn: _ },
  tests: { signal: _, statistic: _, p: _, confirmed: _ },
  cellResolution: _,
  members: { accountId: _, cell: _, requests: _, outputTokens: _, firstSeen: _, lastSeen: _, links },
  hubs: { field: _, value: _, memberCount: _, verdict: _ },
  activity,
  models: { model: _, requests: _ },
  capabilities: { capability: _, requests: _ },
  change: { status: _, since: _, added: _, removed: _, from: _, earlierSeverity: _ },
  review: {
    confirmed: _, cleared: _, declared: { owner: _, reason: _, until: _, accounts: _ }, linkedOutside: _,
    severityByEvidence: _,
  },
}

// biome-ignore format: read as a table
const document: Shape<ScanResult> = {
  schemaVersion: _,
  tool: { name: _, version: _ },
  settings: 'sorted',
  seed: _,
  identifiers: _,
  reading: { map: 'sorted', columns: _, presets: { id: _, sha256: _ } },
  inputs: {
    path: _, role: _, givenAs: _, kind: _, format: _, preset: _, inputFormat: _, bytes: _, sha256: _, records: _,
    unused: 'sorted',
    rejected: { count: _, reasons: 'sorted', first: { line: _, reason: _ } },
    damage: _,
  },
  window: { from: _, to: _ },
  totals: { requests: _, accounts: _, accountsWithoutRequests: _, inputTokens: _, outputTokens: _ },
  coverage: { family: _, tested: _, why: _ },
  chance: { copies: _, networks: _, highestScore: _ },
  networks: network,
  goneNetworks: { id: _, severity: _, accountCount: _, requests: _, firstSeen: _, lastSeen: _ },
  signals: { id: _, family: _, title: _, innocentCauses: _ },
  explained: { accounts: _, accountCount: _, explanation: _, basis: _, uncovered: _ },
  expiredDeclarations: { path: _, lines: _, owner: _, expired: _, accounts: _, networks: _ },
  background: activity,
  suppressedValues: { field: _, value: _, accounts: _, reason: _ },
  notes: _,
  case: {
    scan: _, known: { path: _, sha256: _, earlierPath: _ },
    orderNights: { network: _, nights: _ },
  },
  joins: { path: _, on: _, matched: _, unmatched: _, repeated: _, kept: _ },
  duplicates: { requests: _, distinctRequestIds: _, isExact: _, removed: _ },
  gaps: { from: _, to: _, hours: _ },
  accountIndex: { hash: _, bits: _, prefixes: _ },
  omitted: { networks: _, accounts: _, suppressedValues: _, unchanged: _ },
}

/** The order of keys within a value and all that is in it. */
export type KeyOrder = null | 'sorted' | { readonly [key: string]: KeyOrder }

/** The order of keys in the whole document. */
export const documentOrder: KeyOrder = document as KeyOrder

/** One network with the keys of every object in schema order. */
export const orderNetwork = (each: Network): unknown => orderKeys(each, network as KeyOrder)

/** A value with the keys of every object in it in that order, whatever the order in which they were set. */
export function orderKeys(value: unknown, order: KeyOrder): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return order === null ? value : value.map((item) => orderKeys(item, order))
  return Object.fromEntries(entriesIn(value, order).map(([key, each, within]) => [key, orderKeys(each, within)]))
}

/** The entries of an object in that order, each with the order within it. Keys that the order does not name come last, sorted. */
export function entriesIn(value: object, order: KeyOrder): [key: string, value: unknown, within: KeyOrder][] {
  const named = typeof order === 'object' && order !== null ? order : {}
  const present = Object.keys(named).filter((key) => Object.hasOwn(value, key))
  const others = Object.keys(value).filter((key) => !Object.hasOwn(named, key))
  const held = value as Readonly<Record<string, unknown>>
  return [...present, ...others.toSorted(byCodeUnit)].map((key) => [key, held[key], named[key] ?? null])
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
