import type { AccountTable } from '../evidence/tables.ts'

/** Members whose requests are read again, per group: enough for every test on pairs or order, and bounded. */
export const MAX_WATCHED_MEMBERS = 500

/** Below it a group is not watched: three or four accounts have no order to speak of, and households are many. */
export const MIN_WATCHED_MEMBERS = 5

/** Accounts in no group that are watched for comparison, and the requests each must have. */
export const MAX_STRANGERS = 400
const MIN_STRANGER_REQUESTS = 20

/** Whose requests are read again one by one. All lists are account numbers, ascending. */
export interface Watch {
  /** Everybody below: what the engine is asked for. */
  readonly accounts: Int32Array
  /** Members under watch, by position of the group; none of a small one. */
  readonly groups: readonly Int32Array[]
  /** Accounts in no group. */
  readonly strangers: Int32Array
}

/**
 * Up to 500 members of each group of five or more and 400 accounts in no group, evenly spaced over the sorted numbers: no draw, and no
 * dependence on the order of records.
 *
 * @param groups members of each group, ascending
 */
export function chooseWatched(groups: readonly Int32Array[], accounts: AccountTable): Watch {
  const chosen = groups.map((members) =>
    members.length < MIN_WATCHED_MEMBERS ? new Int32Array() : evenlySpaced(members, MAX_WATCHED_MEMBERS),
  )
  const isGrouped = new Uint8Array(accounts.count)
  for (const members of groups) for (const member of members) isGrouped[member] = 1
  const others: number[] = []
  for (let account = 0; account < accounts.count; account++) {
    if (isGrouped[account] === 0 && accounts.requests[account]! >= MIN_STRANGER_REQUESTS) others.push(account)
  }
  const strangers = evenlySpaced(Int32Array.from(others), MAX_STRANGERS)
  const all = new Set([...strangers, ...chosen.flatMap((members) => [...members])])
  return { accounts: Int32Array.from(all).sort(), groups: chosen, strangers }
}

/** `most` of them, or all. */
export function evenlySpaced(numbers: Int32Array, most: number): Int32Array {
  if (numbers.length <= most) return numbers
  return Int32Array.from({ length: most }, (_, i) => numbers[Math.floor((i * numbers.length) / most)]!)
}
