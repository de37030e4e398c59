import type { HubCore } from '../../src/networks/hubs.ts'
import type { Link } from '../../src/networks/links.ts'
import type { NetworkDraft } from '../../src/networks/report-network.ts'
import type { Review } from '../../src/networks/review.ts'
import { NO_REVIEW } from '../../src/networks/review.ts'
import type { Decision, Verdict } from '../../src/review/decision.ts'
import type { Declaration } from '../../src/review/declaration.ts'
import { aNetwork } from '../helpers/results.ts'

/** What is worth a link of two families in these tests, bits. */
export const MIN_BITS = 12

/** Ids that sort as their numbers. */
export const idOf = (account: number): string => `a${String(account).padStart(3, '0')}`

export const aDeclaration = (over: Partial<Declaration> = {}): Declaration => ({
  path: 'known.csv',
  line: 2,
  by: 'account_id',
  id: 'a000',
  owner: 'Harbour Desk',
  reason: 'reseller',
  expires: '2026-12-31',
  group: '',
  ...over,
})

/** Account → its line, numbered from 2. */
export const declaredBy = (accounts: readonly number[], over: Partial<Declaration> = {}): Map<number, Declaration> =>
  new Map(accounts.map((account, i) => [account, aDeclaration({ id: idOf(account), line: i + 2, ...over })]))

export const decided = (
  confirmed: readonly number[],
  cleared: readonly number[] = [],
  date: string | null = null,
): Map<number, Decision> => {
  const entry = (verdict: Verdict) => (account: number) =>
    [account, { accountId: idOf(account), verdict, date }] as const
  return new Map([...confirmed.map(entry('confirmed')), ...cleared.map(entry('cleared'))])
}

export const aReview = (over: Partial<Review>): Review => ({ ...NO_REVIEW, ...over })

/** A network of those accounts, at its position among the proposed groups. */
export function aDraft(group: number, members: readonly number[], over: Partial<NetworkDraft> = {}): NetworkDraft {
  const { rank: _, activity: __, models: ___, capabilities: ____, ...rest } = aNetwork({ accounts: members.map(idOf) })
  return { ...rest, group, id: `network${group}aa`, ...over }
}

/** A proposal of these groups, each a chain of links. */
export function proposalOf(
  groups: readonly (readonly number[])[],
  { bits = 14, links, cores = [] }: { bits?: number; links?: readonly Link[]; cores?: readonly HubCore[] } = {},
) {
  const chain = (members: readonly number[]): Link[] => members.slice(1).map((b, i) => ({ a: members[i]!, b, bits }))
  return {
    groups: groups.map((members) => Int32Array.from(members)),
    seeds: { groups: [] as Int32Array[], outside: new Map<number, readonly number[]>() },
    links: links ?? groups.flatMap(chain),
    cores,
    minBits: MIN_BITS,
  }
}
