import { FAMILIES } from '../model.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { AccountSet, Signal } from '../signals/signal.ts'
import { median } from './facts.ts'
import { countValues, signalByField } from './hubs.ts'
import { holdersOf, type Incidence } from './incidence.ts'
import { MIN_FIT, memberBits } from './trim.ts'
import { createUnionFind, setsOf } from './union-find.ts'

/** Times more common inside a group than outside before a value recruits anybody. */
const MIN_LIFT = 5

/** Members that must hold a value before it is the group's own and not one member's. */
const MIN_INSIDE = 3

/**
 * Joins groups, and accounts in no group, to a group whose own profile they carry: values that are common inside it and
 * rare outside, in two families or more, worth as much as a link and as what ties the group's members. A pair of
 * accounts of one operator may share too little to be linked; with the whole group they share what no stranger has.
 * A group joins another when at least half of its members would.
 *
 * @param groups disjoint sets, ascending members
 * @returns disjoint sets in the order of their first member
 */
export function recruitAccounts(
  incidence: Incidence,
  groups: readonly Int32Array[],
  signals: readonly Signal[],
  view: (members: Int32Array, all: boolean) => AccountSet,
  minBits: number,
): Int32Array[] {
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
  for (const [group, members] of groups.entries()) {
    const least = Math.max(minBits, MIN_FIT * median(memberBits(view(members, true), signals)))
    const recruits = recruitsOf(incidence, members, signalOf, least)
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
  return setsOf(sets, accounts.ids.keys())
}

/** Accounts outside the group that carry its profile with at least `least` bits in two families. */
function recruitsOf(
  incidence: Incidence,
  members: Int32Array,
  signalOf: readonly (Signal | undefined)[],
  least: number,
): number[] {
  const { values, fields } = incidence.tables
  const isMember = new Set(members)
  const insideField = fields.map(({ valuesHeld }) => members.reduce((n, m) => n + (valuesHeld[m]! > 0 ? 1 : 0), 0))
  const best = new Map<number, Float64Array>()
  for (const [value, inside] of countValues(incidence, members)) {
    const field = values.field[value]!
    const signal = signalOf[field]
    if (inside < MIN_INSIDE || !signal || values.holders[value] === inside) continue
    const share = strangerShare(fields[field]!, values.holders[value]!, inside, insideField[field]!)
    const shareInside = inside / Math.max(1, insideField[field]!)
    if (shareInside / share < MIN_LIFT) continue
    const bits = agreementBits(signal.isIdentifier ? signal.agreement : shareInside, share)
    const family = FAMILIES.indexOf(signal.family)
    for (const holder of holdersOf(incidence, value)) {
      if (isMember.has(holder)) continue
      const own = best.get(holder) ?? new Float64Array(FAMILIES.length)
      own[family] = Math.min(FAMILY_CAP_BITS[signal.family], Math.max(own[family]!, bits))
      best.set(holder, own)
    }
  }
  return [...best]
    .filter(
      ([, own]) => own.filter((bits) => bits > 0).length >= 2 && own.reduce((sum, bits) => sum + bits, 0) >= least,
    )
    .map(([account]) => account)
    .sort((a, b) => a - b)
}
