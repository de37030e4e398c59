import type { Family } from '../model.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import { type AccountSet, isThing, type Signal } from '../signals/signal.ts'
import { median } from './facts.ts'
import { countValues, signalByField } from './hubs.ts'
import { holdersOf, type Incidence } from './incidence.ts'
import { explainsTogether } from './innocent.ts'
import type { Link } from './links.ts'
import { MIN_FIT, memberBits } from './trim.ts'
import { createUnionFind, setsOf } from './union-find.ts'

/** Times more common inside a group than outside before a value recruits anybody. */
const MIN_LIFT = 5

/** Members that must hold a value before it is the group's own and not one member's. */
const MIN_INSIDE = 3

/** The same for a private template, which nobody but linked accounts sends: two members of a small cell will do. */
const MIN_OWN_INSIDE = 2

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
export function recruitAccounts(
  incidence: Incidence,
  groups: readonly Int32Array[],
  links: readonly Pick<Link, 'a' | 'b'>[],
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
  const isLinked = Uint8Array.from(groupOf, (group) => (group >= 0 ? 1 : 0))
  for (const { a, b } of links) isLinked[a] = isLinked[b] = 1
  const linked = countLinked(incidence, isLinked)
  for (const [group, members] of groups.entries()) {
    const fit = MIN_FIT * median(memberBits(view(members, true), signals))
    // A wave under a new payer has less in common than the members of one wave: a group needs the bits of a link alone.
    const leastOf = (account: number): number => (groupOf[account]! >= 0 ? minBits : Math.max(minBits, fit))
    const recruits = recruitsOf(incidence, members, signalOf, leastOf, linked)
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
  leastOf: (account: number) => number,
  linked: Linked,
): number[] {
  const { values, fields } = incidence.tables
  const isMember = new Set(members)
  const insideField = fields.map(({ valuesHeld }) => members.reduce((n, m) => n + (valuesHeld[m]! > 0 ? 1 : 0), 0))
  const best = new Map<number, Map<Signal, number>>()
  const hasPrivate = new Set<number>()
  for (const [value, inside] of countValues(incidence, members)) {
    const field = values.field[value]!
    const signal = signalOf[field]
    if (inside < MIN_OWN_INSIDE || !signal || values.holders[value] === inside) continue
    const shareInside = inside / Math.max(1, insideField[field]!)
    const isTemplate = signal.family === 'content' && !signal.isIdentifier
    const strangers = values.holders[value]! - linked.holders[value]!
    const isPrivate = isTemplate && shareInside >= MIN_OWN && strangers <= MAX_STRANGERS * values.holders[value]!
    if (inside < MIN_INSIDE && !isPrivate) continue
    const share = strangerShare(
      fields[field]!,
      values.holders[value]!,
      linked.holders[value]!,
      linked.accounts[field]!,
      isThing(signal),
    )
    if (shareInside / share < MIN_LIFT) continue
    const bits = agreementBits(signal.isIdentifier ? signal.agreement : shareInside, share)
    for (const holder of holdersOf(incidence, value)) {
      if (isMember.has(holder)) continue
      if (isPrivate) hasPrivate.add(holder)
      const own = best.get(holder) ?? new Map<Signal, number>()
      own.set(signal, Math.max(own.get(signal) ?? 0, bits))
      best.set(holder, own)
    }
  }
  return [...best]
    .filter(([account, own]) => carriesProfile(own, leastOf(account), members.length, hasPrivate.has(account)))
    .map(([account]) => account)
    .sort((a, b) => a - b)
}

/** Share of the members that must send a template for it to be the group's program, and not a tool that some of them use. */
const MIN_OWN = 0.25

/** Accounts in any group or linked to any other: they are no measure of what strangers have. */
interface Linked {
  /** By value: those that hold it. */
  readonly holders: Int32Array
  /** By field: those that hold any value of it. */
  readonly accounts: readonly number[]
}

function countLinked(incidence: Incidence, isLinked: Uint8Array): Linked {
  const { values, fields } = incidence.tables
  const holders = Int32Array.from({ length: values.count }, (_, value) =>
    holdersOf(incidence, value).reduce((count, account) => count + isLinked[account]!, 0),
  )
  const accounts = fields.map(({ valuesHeld }) =>
    isLinked.reduce((count, one, account) => count + (valuesHeld[account]! > 0 ? one : 0), 0),
  )
  return { holders, accounts }
}

/** Share of a template's holders that may be in no group at all if it is to count as private to those who have it: a popular framework has strangers among its users. */
const MAX_STRANGERS = 0.2

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
