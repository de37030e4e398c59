import type { Family } from '../model.ts'
import { agreementBits, strangerShare } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import { isThing, type Signal } from '../signals/signal.ts'
import { countValues } from './hubs.ts'
import { holdersOf, type Incidence, valuesOf } from './incidence.ts'
import { explainsTogether } from './innocent.ts'

/** Times more common inside a group than outside before a value recruits anybody. */
const MIN_LIFT = 5

/** Members that must hold a value before it is the group's own and not one member's. */
const MIN_INSIDE = 3

/** The same for a private template, which nobody but linked accounts sends: two members of a small cell will do. */
const MIN_OWN_INSIDE = 2

/**
 * Accounts outside the group that carry its profile: values worth `least` bits in two families or more, which no
 * innocent cause accounts for by itself, unless a template is among them that hardly any stranger has. Two operators who rent the same exits and buy cards of the same issuer stay two.
 */
export function recruitsOf(
  incidence: Incidence,
  members: Int32Array,
  signalOf: readonly (Signal | undefined)[],
  leastOf: (account: number) => number,
  linked: Linked,
  minBits: number,
): number[] {
  const { values, fields } = incidence.tables
  const isMember = new Set(members)
  const insideField = fields.map(({ valuesHeld }) => members.reduce((n, m) => n + (valuesHeld[m]! > 0 ? 1 : 0), 0))
  const profile: ProfileValue[] = []
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
    profile.push({
      value,
      signal,
      isPrivate,
      bits: agreementBits(signal.isIdentifier ? signal.agreement : shareInside, share),
    })
  }
  const recruits: number[] = []
  eachCarrier(incidence, profile, isMember, minBits, (account, bitsOf, hasPrivate) => {
    if (carriesProfile(bitsOf, leastOf(account), members.length, hasPrivate)) recruits.push(account)
  })
  return recruits.sort((a, b) => a - b)
}

/** A value that is common inside a group and rare outside. */
interface ProfileValue {
  readonly value: number
  readonly signal: Signal
  readonly isPrivate: boolean
  readonly bits: number
}

/** @param bitsOf best bits by signal; valid until the next account */
type VisitCarrier = (account: number, bitsOf: ReadonlyMap<Signal, number>, hasPrivate: boolean) => void

/** The family whose values most accounts hold. Who has nothing of the others cannot carry the profile: it takes two. */
function mostPopular(incidence: Incidence, profile: readonly ProfileValue[]): Family {
  const holders = new Map<Family, number>()
  for (const { value, signal } of profile) {
    holders.set(signal.family, (holders.get(signal.family) ?? 0) + incidence.tables.values.holders[value]!)
  }
  return [...holders].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]![0]
}

/** Goes through the accounts outside that carry some of the values; through none where all values together would not do. */
function eachCarrier(
  incidence: Incidence,
  profile: readonly ProfileValue[],
  isMember: ReadonlySet<number>,
  minBits: number,
  visit: VisitCarrier,
): void {
  const bitsOf = new Map<Signal, number>()
  const add = ({ signal, bits }: ProfileValue): void => void bitsOf.set(signal, Math.max(bitsOf.get(signal) ?? 0, bits))
  for (const each of profile) add(each)
  const { families, total } = byFamilyOf(bitsOf)
  if (families < 2 || total < minBits) return
  const popular = mostPopular(incidence, profile)
  const carriers = new Set<number>()
  for (const { value, signal } of profile) {
    if (signal.family === popular) continue
    for (const holder of holdersOf(incidence, value)) if (!isMember.has(holder)) carriers.add(holder)
  }
  const byValue = new Map(profile.map((each) => [each.value, each]))
  for (const account of carriers) {
    bitsOf.clear() // one for all: in a large log a group of thousands has half a million carriers of something
    let hasPrivate = false
    for (const value of valuesOf(incidence, account)) {
      const each = byValue.get(value)
      if (each === undefined) continue
      add(each)
      hasPrivate ||= each.isPrivate
    }
    visit(account, bitsOf, hasPrivate)
  }
}

/** Share of the members that must send a template for it to be the group's program, and not a tool that some of them use. */
const MIN_OWN = 0.25

/** Accounts in any group or linked to any other: they are no measure of what strangers have. */
export interface Linked {
  /** By value: those that hold it. */
  readonly holders: Int32Array
  /** By field: those that hold any value of it. */
  readonly accounts: readonly number[]
}

/** @param isLinked 1 for every account in a group or with a link */
export function countLinked(incidence: Incidence, isLinked: Uint8Array): Linked {
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
  const { families, total } = byFamilyOf(bitsOf)
  const ids = [...bitsOf.keys()].map(({ id }) => id)
  return families >= 2 && total >= least && (hasPrivateTemplate || !explainsTogether(ids, size))
}

/** Families that speak, and the sum of the best bits of each, at most its cap. */
function byFamilyOf(bitsOf: ReadonlyMap<Signal, number>): { readonly families: number; readonly total: number } {
  const byFamily = new Map<Family, number>()
  for (const [{ family }, bits] of bitsOf) {
    byFamily.set(family, Math.min(FAMILY_CAP_BITS[family], Math.max(byFamily.get(family) ?? 0, bits)))
  }
  return { families: byFamily.size, total: [...byFamily.values()].reduce((sum, bits) => sum + bits, 0) }
}
