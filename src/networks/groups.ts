import type { Config } from '../config.ts'
import type { Signal } from '../signals/signal.ts'
import { type HubVerdict, hubCores, signalByField, testHubs } from './hubs.ts'
import type { Incidence } from './incidence.ts'
import { findLinks, leastLinkBits, type Link } from './links.ts'
import { createUnionFind, setsOf } from './union-find.ts'

/** Accounts that hang together, before anything is confirmed. */
export interface Grouping {
  /** Ascending account numbers; sorted by first member. */
  readonly groups: readonly Int32Array[]
  /** Groups of one declared organisation: explained, not suspected. */
  readonly declared: readonly { readonly members: Int32Array; readonly organization: string }[]
  readonly hubs: readonly HubVerdict[]
  /** Account → some number that is equal for accounts tied by direct links alone, without any hub. */
  readonly cellOf: Int32Array
}

/** Accounts linked directly or through a kept hub; links inside one declared organisation conceal nothing and are set apart. */
export function groupAccounts(incidence: Incidence, signals: readonly Signal[], config: Config): Grouping {
  const { accounts } = incidence.tables
  const hidden = createUnionFind(accounts.count)
  const open = createUnionFind(accounts.count)
  const isOpen = ({ a, b }: Pick<Link, 'a' | 'b'>): boolean =>
    accounts.organization[a]! !== null && accounts.organization[a] === accounts.organization[b]
  const join = (a: number, b: number): void => (isOpen({ a, b }) ? open : hidden).union(a, b)
  const direct = createUnionFind(accounts.count)
  for (const { a, b } of findLinks(incidence, signals, config)) {
    join(a, b)
    direct.union(a, b)
  }
  const hubs = testHubs(incidence, signals, config)
  const signalOf = signalByField(incidence, signals)
  const minBits = leastLinkBits(accounts.count, config)
  for (const hub of hubs.filter(({ isKept }) => isKept)) {
    for (const core of hubCores(incidence, hub, signalOf, minBits)) joinCore(core, accounts.organization, join)
  }
  const all = accounts.ids.keys()
  const bigEnough = (members: Int32Array): boolean => members.length >= config.minNetworkSize
  return {
    groups: setsOf(hidden, all).filter(bigEnough),
    declared: setsOf(open, accounts.ids.keys())
      .filter(bigEnough)
      .map((members) => ({ members, organization: accounts.organization[members[0]!]! })),
    hubs,
    cellOf: Int32Array.from(accounts.ids, (_, account) => direct.find(account)),
  }
}

/** A core is a star around its first member; members of one organisation are tied among themselves as well. */
function joinCore(core: Int32Array, organization: readonly (string | null)[], join: (a: number, b: number) => void): void {
  const firstOf = new Map<string, number>()
  let first = -1
  for (const member of core) {
    const own = organization[member]!
    if (own !== null) {
      const colleague = firstOf.get(own)
      if (colleague === undefined) firstOf.set(own, member)
      else {
        join(colleague, member)
        continue // one per organisation stands in the star: the others hang on it
      }
    }
    if (first < 0) first = member
    else join(first, member)
  }
}
