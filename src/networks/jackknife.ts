import type { AccountSet, Signal } from '../signals/signal.ts'
import { meanBits } from '../signals/signal.ts'
import { MIN_EXCESS_BITS, type SignalTest } from './confirm.ts'

/** What a finding would lose without one value or without some of its accounts. */
export type Dependence =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'accounts'; readonly accounts: Int32Array }

/** Blocks into which the members are cut: each holds a tenth of them, or one account of a small group. */
const BLOCKS = 10

/** Values that are left out in turn: those that cover the most members, over all signals. */
const MAX_VALUES = 12

/**
 * Leaves out each strong value, then each tenth of the members, and asks whether the finding still stands (the delete-d
 * jackknife, Shao & Wu 1989, as a test of robustness and not as an estimate of variance).
 *
 * @param view views members; valid until the next call
 * @param stands whether the finding holds with these tests
 * @returns the first thing without which it falls, values before accounts; `null` if it stands without any
 */
export function jackknife(
  members: Int32Array,
  tests: readonly SignalTest[],
  view: (members: Int32Array, all?: boolean) => AccountSet,
  stands: (tests: readonly SignalTest[]) => boolean,
): Dependence | null {
  const confirmed = tests.flatMap(({ signal, isConfirmed }) => (isConfirmed && 'memberBits' in signal ? [signal] : []))
  const set = view(members, true)
  for (const value of strongValues(set, confirmed)) {
    if (!stands(measuredOn(without(set, value), tests))) return { kind: 'value', value }
  }
  const size = Math.max(1, Math.floor(members.length / BLOCKS))
  const leaveOut = createLeaver(set)
  for (let from = 0; from < members.length; from += size) {
    const block = members.slice(from, from + size)
    const rest = members.filter((_, i) => i < from || i >= from + size)
    if (rest.length < 2) break
    if (!leaveOut(block, view, rest, (left) => stands(measuredOn(left, tests))))
      return { kind: 'accounts', accounts: block }
  }
  return null
}

const scratches = new WeakMap<Int32Array, Int32Array>()

/** One copy for all groups: it is as it was after every question. */
function scratchOf(holders: Int32Array): Int32Array {
  const known = scratches.get(holders) ?? holders.slice()
  scratches.set(holders, known)
  return known
}

type Ask = (left: AccountSet) => boolean

/**
 * Views a group as if some of its members were not in the log at all: they are no members, and no strangers either, or
 * the twenty who are left out of two hundred with one card would make the card look common.
 */
function createLeaver({ tables, valuesOf }: AccountSet) {
  const holders = scratchOf(tables.values.holders)
  const smaller = { ...tables, values: { ...tables.values, holders } }
  const add = (block: Int32Array, count: number): void => {
    for (const account of block) for (const value of valuesOf(account)) holders[value]! += count
  }
  return (block: Int32Array, view: (members: Int32Array) => AccountSet, rest: Int32Array, ask: Ask): boolean => {
    add(block, -1)
    const answer = ask({ ...view(rest), tables: smaller })
    add(block, 1)
    return answer
  }
}

/** The tests as they would be on another set: what is measured changes, what chance gives stays. */
const measuredOn = (set: AccountSet, tests: readonly SignalTest[]): SignalTest[] =>
  tests.map((test) => {
    if (!test.isConfirmed || !('memberBits' in test.signal)) return test // an order is not measured again
    const observed = meanBits(test.signal, set)
    return { ...test, observed, isConfirmed: observed - test.expected >= MIN_EXCESS_BITS }
  })

/** The set as if nobody held the value. */
const without = (set: AccountSet, value: number): AccountSet => ({
  ...set,
  inside: (each) => (each === value ? 0 : set.inside(each)),
})

/** The values that speak for most members, most first. */
function strongValues(set: AccountSet, signals: readonly Signal[]): number[] {
  const inside = new Map<number, number>()
  for (const signal of signals) for (const each of signal.explain(set).values) inside.set(each.value, each.inside)
  return [...inside]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, MAX_VALUES)
    .map(([value]) => value)
}
