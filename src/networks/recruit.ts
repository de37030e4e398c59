import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts'
import type { AccountSet, Signal } from '../signals/signal.ts'
import { median } from './facts.ts'
import { signalByField } from './hubs.ts'
import type { Incidence } from './incidence.ts'
import type { Link } from './links.ts'
import { countLinked, recruitsOf } from './profile.ts'
import { MIN_FIT, memberBits } from './trim.ts'
import { allItems, createUnionFind, setsOf } from './union-find.ts'

/**
 * Joins groups, and accounts in no group, to a group whose own profile they carry: values that are common inside it and
 * rare outside, in two families or more, worth as much as a link and as what ties the group's members. A pair of
 * accounts of one operator may share too little to be linked; with the whole group they share what no stranger has.
 * A group joins another when at least half of its members would.
 *
 * @param groups disjoint sets, ascending members
 * @param links direct links: a linked pair is no group yet, but not two strangers either
 * @returns disjoint sets in the order of their first member
 */
export async function recruitAccounts(
  incidence: Incidence,
  groups: readonly Int32Array[],
  links: readonly Pick<Link, 'a' | 'b'>[],
  signals: readonly Signal[],
  view: (members: Int32Array, all: boolean) => AccountSet,
  minBits: number,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<Int32Array[]> {
  const { accounts } = incidence.tables
  const sets = createUnionFind(accounts.count)
  const groupOf = new Int32Array(accounts.count).fill(-1)
  for (const [group, members] of groups.entries()) {
    for (const member of members) {
      groupOf[member] = group
      sets.union(members[0]!, member)
    }
  }
  const signalOf = signalByField(incidence, signals)
  const isLinked = Uint8Array.from(groupOf, (group) => (group >= 0 ? 1 : 0))
  for (const { a, b } of links) isLinked[a] = isLinked[b] = 1
  const linked = countLinked(incidence, isLinked)
  for (const [group, members] of groups.entries()) {
    await checkpoint('recruits', group / groups.length)
    const fit = MIN_FIT * median(memberBits(view(members, true), signals))
    // A wave under a new payer has less in common than the members of one wave: a group needs the bits of a link alone.
    const leastOf = (account: number): number => (groupOf[account]! >= 0 ? minBits : Math.max(minBits, fit))
    const recruits = recruitsOf(incidence, members, signalOf, leastOf, linked, minBits)
    const from = new Map<number, number>()
    for (const recruit of recruits) {
      const own = groupOf[recruit]!
      if (own < 0) sets.union(members[0]!, recruit)
      else if (own !== group) from.set(own, (from.get(own) ?? 0) + 1)
    }
    for (const [other, count] of from) {
      if (count * 2 >= groups[other]!.length) sets.union(members[0]!, groups[other]![0]!)
    }
  }
  return setsOf(sets, allItems(accounts.count))
}
