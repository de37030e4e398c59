import type { Family } from '../model.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { AccountSet, Signal } from '../signals/signal.ts'
import { median } from './facts.ts'
import { countValues, signalByField } from './hubs.ts'
import { holdersOf, type Incidence } from './incidence.ts'
import { explainsTogether } from './innocent.ts'
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
    const recruits = recruitsOf(incidence, members, signalOf, least, (account) => groupOf[account]! >= 0)
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

/**
 * Accounts outside the group that carry its profile: values worth `least` bits in two families or more, which no
 * innocent cause accounts for by itself, unless a template is among them that hardly any stranger has. Two operators who rent the same exits and buy cards of the same issuer stay two.
 */
function recruitsOf(
  incidence: Incidence,
  members: Int32Array,
  signalOf: readonly (Signal | undefined)[],
  least: number,
  isGrouped: (account: number) => boolean,
): number[] {
  const { values, fields } = incidence.tables
  const isMember = new Set(members)
  const insideField = fields.map(({ valuesHeld }) => members.reduce((n, m) => n + (valuesHeld[m]! > 0 ? 1 : 0), 0))
  const best = new Map<number, Map<Signal, number>>()
  const hasPrivate = new Set<number>()
  for (const [value, inside] of countValues(incidence, members)) {
    const field = values.field[value]!
    const signal = signalOf[field]
    if (inside < MIN_INSIDE || !signal || values.holders[value] === inside) continue
    const share = strangerShare(
      fields[field]!,
      values.holders[value]!,
      inside,
      insideField[field]!,
      signal.isIdentifier,
    )
    const shareInside = inside / Math.max(1, insideField[field]!)
    if (shareInside / share < MIN_LIFT) continue
    const bits = agreementBits(signal.isIdentifier ? signal.agreement : shareInside, share)
    const holders = holdersOf(incidence, value)
    const isPrivate = signal.family === 'content' && isPrivateValue(holders, isGrouped)
    for (const holder of holders) {
      if (isMember.has(holder)) continue
      if (isPrivate) hasPrivate.add(holder)
      const own = best.get(holder) ?? new Map<Signal, number>()
      own.set(signal, Math.max(own.get(signal) ?? 0, bits))
      best.set(holder, own)
    }
  }
  return [...best]
    .filter(([account, own]) => carriesProfile(own, least, members.length, hasPrivate.has(account)))
    .map(([account]) => account)
    .sort((a, b) => a - b)
}

/** Share of a template's holders that may be in no group at all if it is to count as private to those who have it. */
const MAX_STRANGERS = 0.2

/** Whether hardly anybody but linked accounts holds the value: a popular framework has strangers among its users. */
function isPrivateValue(holders: Int32Array, isGrouped: (account: number) => boolean): boolean {
  const strangers = holders.reduce((count, holder) => count + (isGrouped(holder) ? 0 : 1), 0)
  return strangers <= MAX_STRANGERS * holders.length
}

function carriesProfile(
  bitsOf: ReadonlyMap<Signal, number>,
  least: number,
  size: number,
  hasPrivateTemplate: boolean,
): boolean {
  const byFamily = new Map<Family, number>()
  for (const [{ family }, bits] of bitsOf) {
    byFamily.set(family, Math.min(FAMILY_CAP_BITS[family], Math.max(byFamily.get(family) ?? 0, bits)))
  }
  const total = [...byFamily.values()].reduce((sum, bits) => sum + bits, 0)
  const ids = [...bitsOf.keys()].map(({ id }) => id)
  return byFamily.size >= 2 && total >= least && (hasPrivateTemplate || !explainsTogether(ids, size))
}
