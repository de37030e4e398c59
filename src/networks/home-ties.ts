import { fieldNumbers } from '../signals/signal.ts'
import { holdersOf, type Incidence, valuesOf } from './incidence.ts'
import type { LinkWeights } from './link-weights.ts'
import type { Link } from './links.ts'
import { allItems, createUnionFind, setsOf } from './union-find.ts'

/** Share of an account's requests that must come from an address block for it to be the account's home. */
const HOME_SHARE = 0.5

/**
 * Joins accounts and thin groups through homes: an address, or a block of them, that two accounts and nobody else have, and from which
 * both send most of their requests. A chain (a and b share a card, b and c a device, c and d a home) would fall apart
 * without; a home alone is a household and makes no network, since everybody has one home at most.
 *
 * Only thin groups are joined, in which no three members share any value that links: an operator's accounts that leave
 * through a stranger's line would draw that stranger in.
 *
 * @param groups disjoint sets of account numbers, three or more each
 * @param links all direct links
 * @returns disjoint ascending sets in the order of their first member, pairs included
 */
export function joinHomes(
  incidence: Incidence,
  groups: readonly Int32Array[],
  links: readonly Link[],
  weights: LinkWeights,
): Int32Array[] {
  const { accounts } = incidence.tables
  const thick = groups.filter((members) => !isThin(incidence, members, weights))
  const isClosed = new Uint8Array(accounts.count)
  for (const members of thick) for (const member of members) isClosed[member] = 1
  const sets = createUnionFind(accounts.count)
  for (const members of groups) for (const member of members) sets.union(members[0]!, member)
  const isOpen = (a: number, b: number): boolean => isClosed[a] === 0 && isClosed[b] === 0
  const homes = homePairs(incidence).filter(([a, b]) => isOpen(a, b))
  for (const [a, b] of homes) sets.union(a, b)
  const isHome = new Uint8Array(accounts.count)
  for (const member of homes.flat()) isHome[member] = 1
  // Two linked accounts are no group yet; they are part of a chain if one of them shares its home with a third.
  for (const { a, b } of links) if (isOpen(a, b) && (isHome[a] === 1 || isHome[b] === 1)) sets.union(a, b)
  return setsOf(sets, allItems(accounts.count))
}

/** Whether no value that may link two accounts is held by three members. */
function isThin(incidence: Incidence, members: Int32Array, { bits }: LinkWeights): boolean {
  const inside = new Map<number, number>()
  for (const member of members) {
    for (const value of valuesOf(incidence, member)) {
      if (bits[value] === 0) continue
      const count = (inside.get(value) ?? 0) + 1
      if (count >= 3) return false
      inside.set(value, count)
    }
  }
  return true
}

/** Pairs of accounts that have one home in common and share it with nobody. */
function homePairs(incidence: Incidence): (readonly [number, number])[] {
  const { values, holdings, accounts } = incidence.tables
  const fields = new Set(fieldNumbers(incidence.tables, ['ip_block', 'ip_address']))
  const pairs: (readonly [number, number])[] = []
  for (let value = 0; value < values.count; value++) {
    if (!fields.has(values.field[value]!) || values.holders[value] !== 2) continue
    const holders = holdersOf(incidence, value)
    const from = incidence.valueStart[value]!
    const isHome = (account: number, i: number): boolean =>
      holdings.requests[from + i]! >= HOME_SHARE * accounts.requests[account]!
    if (holders.length === 2 && holders.every(isHome)) pairs.push([holders[0]!, holders[1]!])
  }
  return pairs
}
