import { type Random, shuffled } from '../../random.ts'
import type { GroupEvents } from '../group-events.ts'
import { lowerBound } from '../lower-bound.ts'

const HOUR_MS = 3_600_000

/** What a token is made of beside the hour: the template or model asked for, or nothing. */
export type TokenObject = 'template' | 'model' | 'none'

/** (object, hour) tokens of each member: `hour * objects + object`, ascending. */
export interface Tokens {
  readonly of: readonly Float64Array[]
  readonly objects: number
}

/** The template where most requests have one, else the model, else the hour alone. */
export function tokenObject(events: GroupEvents): TokenObject {
  const has = (column: Int32Array): boolean => 2 * column.reduce((n, each) => n + (each >= 0 ? 1 : 0), 0) > events.count
  if (has(events.template)) return 'template'
  return has(events.model) ? 'model' : 'none'
}

export function tokensOf(events: GroupEvents, object: TokenObject, masked: ReadonlySet<number>): Tokens {
  const column = object === 'none' ? null : events[object]
  const objects = (column === null ? 0 : column.reduce((most, each) => Math.max(most, each), -1)) + 2
  const sets = Array.from(events.accounts, () => new Set<number>())
  for (let i = 0; i < events.count; i++) {
    const hour = Math.floor(events.atMs[i]! / HOUR_MS)
    if (!masked.has(hour)) sets[events.member[i]!]!.add(hour * objects + (column === null ? 0 : column[i]! + 1))
  }
  return { of: sets.map((set) => Float64Array.from(set).sort()), objects }
}

/** Shifts of the null, days: they keep the time of day, and the week's among them the weekday. */
const SHIFTS = [-7, -3, -2, -1, 1, 2, 3, 7]

/** Tokens two accounts must have together in their common time, and each alone. */
const MIN_UNION = 8
const MIN_TOKENS = 4

/**
 * J* of two accounts: the Jaccard index of their tokens less its mean when one is moved by whole days, which takes out
 * office hours and services that never rest. `null` with too little to compare.
 *
 * Only the time in which both are there is looked at, also when one is moved, or two accounts that are always on would
 * differ by their ends. Shifts that leave less than half of it are not used, or whoever was there for two days would
 * seem in step with everybody of these days.
 *
 * Source: Cao, Yang, Yu, Palow, "Uncovering Large Groups of Active Malicious Accounts in Online Social Networks"
 * (SynchroTrap), CCS 2014, section 3; the shifts are our own.
 */
export function inStep({ of, objects }: Tokens, a: number, b: number): number | null {
  const left = of[a]!
  const right = of[b]!
  if (left.length < MIN_TOKENS || right.length < MIN_TOKENS) return null
  const day = 24 * objects
  const common = overlap(left, right, 0)
  const shifts = SHIFTS.filter((days) => overlap(left, right, days * day) >= common / 2)
  if (common < day || shifts.length < 2) return null
  const observed = compare(left, right, 0)
  if (observed.union < MIN_UNION) return null
  const chance = shifts.reduce((sum, days) => sum + compare(left, right, days * day).jaccard, 0) / shifts.length
  return observed.jaccard - chance
}

/** Time that both are there, the second moved by `shift`. */
const overlap = (left: Float64Array, right: Float64Array, shift: number): number =>
  Math.min(left.at(-1)!, right.at(-1)! + shift) - Math.max(left[0]!, right[0]! + shift)

/** Jaccard index over the common time, the second moved by `shift`; 0 without a token. */
function compare(
  left: Float64Array,
  right: Float64Array,
  shift: number,
): { readonly jaccard: number; readonly union: number } {
  const from = Math.max(left[0]!, right[0]! + shift)
  const to = Math.min(left.at(-1)!, right.at(-1)! + shift)
  let i = lowerBound(left, from)
  let j = lowerBound(right, from - shift)
  let both = 0
  let union = 0
  while (true) {
    const one = i < left.length && left[i]! <= to ? left[i]! : Number.POSITIVE_INFINITY
    const other = j < right.length && right[j]! + shift <= to ? right[j]! + shift : Number.POSITIVE_INFINITY
    if (one === Number.POSITIVE_INFINITY && other === one) break
    union++
    if (one === other) both++
    if (one <= other) i++
    if (other <= one) j++
  }
  return { jaccard: union === 0 ? 0 : both / union, union }
}

/** Partners of each account on either side of it in a drawn order: a sample of pairs in which all take part alike. */
const PARTNERS = 8

/** Pairs of members, each with up to sixteen others. */
export function samplePairs(members: number, random: Random): readonly (readonly [number, number])[] {
  const order = shuffled(members, random)
  const pairs: [number, number][] = []
  for (let i = 0; i < members; i++) {
    for (let step = 1; step <= PARTNERS; step++) {
      const j = (i + step) % members
      // In a small circle the way to a partner on the one side is also a way on the other.
      if (2 * step > members || (2 * step === members && i >= j)) continue
      pairs.push([order[i]!, order[j]!])
    }
  }
  return pairs
}
