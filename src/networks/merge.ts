import { holdersOf, type Incidence } from './incidence.ts'
import type { LinkScales } from './link-scales.ts'
import { createUnionFind } from './union-find.ts'

/** Different cards or devices that two groups must have in common: one or two are a coincidence between operators. */
const MIN_VALUES = 4

/** Links' worth of bits that they must carry together. */
const MIN_LINKS = 2

/**
 * Joins groups that many weak ties hold together: cards and devices that both have, each too weak to link the two
 * accounts that share it. A hub card, an address or a template joins nobody here, since strangers meet there.
 *
 * @param groups disjoint sets of account numbers
 * @returns disjoint ascending sets in the order of their first member
 */
export function mergeGroups(
  incidence: Incidence,
  groups: readonly Int32Array[],
  { weights, onsets, meetings, minBits }: Omit<LinkScales, 'minInstrumentBits'>,
): Int32Array[] {
  const groupOf = new Int32Array(incidence.tables.accounts.count).fill(-1)
  for (const [group, members] of groups.entries()) for (const member of members) groupOf[member] = group
  const ties = new Map<number, { values: number; bits: number }>()
  for (let value = 0; value < incidence.tables.values.count; value++) {
    if (weights.isThing[value] === 0 || weights.bits[value] === 0) continue
    for (const [pair, bits] of tiesOfValue(incidence, value, groupOf, groups.length, { weights, onsets, meetings })) {
      const known = ties.get(pair) ?? { values: 0, bits: 0 }
      ties.set(pair, { values: known.values + 1, bits: known.bits + bits })
    }
  }
  const sets = createUnionFind(groups.length)
  for (const [pair, { values, bits }] of ties) {
    if (values >= MIN_VALUES && bits >= MIN_LINKS * minBits)
      sets.union(Math.floor(pair / groups.length), pair % groups.length)
  }
  return united(groups, (group) => sets.find(group))
}

/** Pair of groups (first × count + second, first < second) → bits of the value between their best two accounts. */
function tiesOfValue(
  incidence: Incidence,
  value: number,
  groupOf: Int32Array,
  count: number,
  { weights, onsets, meetings }: Pick<LinkScales, 'weights' | 'onsets' | 'meetings'>,
): ReadonlyMap<number, number> {
  const best = new Map<number, number>()
  const holders = holdersOf(incidence, value).filter((account) => groupOf[account]! >= 0)
  for (const [i, a] of holders.entries()) {
    for (const b of holders.subarray(i + 1)) {
      const [first, second] = [Math.min(groupOf[a]!, groupOf[b]!), Math.max(groupOf[a]!, groupOf[b]!)]
      if (first === second) continue
      const bits = weights.bits[value]! - meetings.discount(value, a, b)
      const pair = first * count + second
      if (bits > 0) best.set(pair, Math.max(best.get(pair) ?? 0, bits + Math.max(0, onsets.bitsOf(a, b))))
    }
  }
  return best
}

function united(groups: readonly Int32Array[], rootOf: (group: number) => number): Int32Array[] {
  const members = new Map<number, number[]>()
  for (const [group, accounts] of groups.entries()) {
    const root = rootOf(group)
    members.set(root, [...(members.get(root) ?? []), ...accounts])
  }
  return [...members.values()].map((accounts) => Int32Array.from(accounts).sort()).sort((a, b) => a[0]! - b[0]!)
}
