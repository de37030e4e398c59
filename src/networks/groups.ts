import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts'
import type { Config } from '../config.ts'
import { issuedRuns } from '../signals/payment/issued-runs.ts'
import type { Signal } from '../signals/signal.ts'
import { type HubCore, type HubVerdict, hubCores, signalByField, testHubs } from './hubs.ts'
import type { Incidence } from './incidence.ts'
import type { LinkScales } from './link-scales.ts'
import { findLinks, type Link } from './links.ts'
import { allItems, createUnionFind, setsOf } from './union-find.ts'

/** Accounts that hang together, before anything is confirmed. */
export interface Grouping {
  /** Ascending account numbers; sorted by first member. */
  readonly groups: readonly Int32Array[]
  /** Groups of one declared organisation: explained, not suspected. */
  readonly declared: readonly { readonly members: Int32Array; readonly organization: string }[]
  readonly hubs: readonly HubVerdict[]
  /** What ties them: direct links, the cores of kept hubs, and cards issued in a row. */
  readonly links: readonly Link[]
  readonly cores: readonly HubCore[]
}

/** Accounts linked directly or through a kept hub; links inside one declared organisation conceal nothing and are set apart. */
export async function groupAccounts(
  incidence: Incidence,
  signals: readonly Signal[],
  scales: LinkScales,
  config: Config,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<Grouping> {
  const { accounts } = incidence.tables
  const declaredBy = declaredOrganizations(accounts.organization)
  const hidden = createUnionFind(accounts.count)
  const open = createUnionFind(accounts.count)
  const isOpen = ({ a, b }: Pick<Link, 'a' | 'b'>): boolean =>
    declaredBy[a]! !== null && declaredBy[a] === declaredBy[b]
  const join = (a: number, b: number): void => (isOpen({ a, b }) ? open : hidden).union(a, b)
  const links = await findLinks(incidence, scales, checkpoint)
  for (const { a, b } of links) join(a, b)
  const hubs = await testHubs(incidence, signals, config, checkpoint)
  const signalOf = signalByField(incidence, signals)
  const cores = hubs.filter(({ isKept }) => isKept).flatMap((hub) => hubCores(incidence, hub, signalOf, scales.minBits))
  const runs = issuedRuns(incidence.tables).map(({ members, bits }) => ({ members, bits }))
  for (const { members } of [...cores, ...runs]) joinCore(members, declaredBy, join)
  const all = allItems(accounts.count)
  const bigEnough = (members: Int32Array): boolean => members.length >= config.minNetworkSize
  return {
    groups: setsOf(hidden, all).filter(bigEnough),
    declared: colleagues(setsOf(open, all).filter(bigEnough), declaredBy),
    hubs,
    links,
    cores: [...cores, ...runs],
  }
}

/** Share of all accounts above which an organisation id is the exporter's own, and declares nothing. */
const EXPORTER_SHARE = 0.5

/** The organisation each account declares; `null` also for an id that more than half of all accounts carry. */
export function declaredOrganizations(organization: readonly (string | null)[]): readonly (string | null)[] {
  const sizes = new Map<string, number>()
  for (const each of organization) if (each !== null) sizes.set(each, (sizes.get(each) ?? 0) + 1)
  return organization.map((each) =>
    each !== null && sizes.get(each)! > EXPORTER_SHARE * organization.length ? null : each,
  )
}

/** All accounts of every organisation that has a linked set: the declaration covers its other accounts as well. */
function colleagues(
  linked: readonly Int32Array[],
  declaredBy: readonly (string | null)[],
): { readonly members: Int32Array; readonly organization: string }[] {
  const members = new Map<string, number[]>(linked.map((set) => [declaredBy[set[0]!]!, []]))
  for (const [account, organization] of declaredBy.entries())
    if (organization !== null) members.get(organization)?.push(account)
  return [...members].map(([organization, accounts]) => ({ members: Int32Array.from(accounts), organization }))
}

/** A core is a star around its first member; members of one organisation are tied among themselves as well. */
function joinCore(
  core: Int32Array,
  organization: readonly (string | null)[],
  join: (a: number, b: number) => void,
): void {
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
