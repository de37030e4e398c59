import type { EvidenceTables, FieldStats } from '../evidence/tables.ts'
import type { Family } from '../model.ts'

/**
 * A set of accounts as a signal sees it: a network under test, or a random set of the same size for the null.
 * Signals never see country, and never see SQL.
 */
export interface AccountSet {
  readonly tables: EvidenceTables
  /** Account numbers, ascending. */
  readonly members: Int32Array
  /** The members over which a mean is taken: all, or an even sample of a large set. */
  readonly evaluated: Int32Array
  /** Shared values of an account, ascending, hence grouped by field. */
  valuesOf(account: number): Int32Array
  /** Members that hold the value. */
  inside(value: number): number
  /** Members that hold any value of the field (position in `tables.fields`). */
  insideField(field: number): number
  /** False only if no value of the field is held by two members: most fields of a random set. */
  mayShare(field: number): boolean
}

/** A value that speaks for a set. */
export interface SpeakingValue {
  /** Position in `tables.values`. */
  readonly value: number
  readonly inside: number
  readonly bits: number
}

/** What a signal says of a set in words. */
export interface Account {
  readonly summary: string
  /** Strongest first. */
  readonly values: readonly SpeakingValue[]
  /** Members it covers. */
  readonly accounts: number
}

/** One detector. A signal is one file and one entry in the registry. */
export interface Signal {
  /** Permanent noun phrase: it appears in JSON, in suppressions and in docs anchors. */
  readonly id: string
  readonly family: Family
  readonly title: string
  /** Why it says "one hand", in one sentence. */
  readonly why: string
  /** What is measured, for people. */
  readonly statistic: string
  /** Harmless situations in which it fires, printed beside it. */
  readonly innocentCauses: readonly string[]
  /**
   * `link`: may tie two accounts and confirm a network. `pattern`: confirms, never ties two accounts alone.
   * `corroborator`: is reported and never confirms (volume, round-the-clock use: honest services do the same).
   */
  readonly role: 'link' | 'pattern' | 'corroborator'
  /** Holding fields it reads; empty for signals on account columns. */
  readonly fields: readonly string[]
  /** Chance in (0, 1] that two accounts of one operator agree on a field of this signal (m). */
  readonly agreement: number
  /** Whether agreement on a value is agreement on one thing (a card, a device), not on a kind (a browser, a domain). */
  readonly isIdentifier: boolean
  /** Columns of the account table or fields without which it cannot be tested. */
  readonly needs: readonly string[]
  /** Bits of each evaluated member, >= 0, uncapped. Pure; called for the set and for every draw of its null. */
  memberBits(set: AccountSet): Float64Array
  /** The same in words, for a set that is reported. */
  explain(set: AccountSet): Account
}

/** What a signal says of a set: the mean over its members, those without a match counting 0. */
export const meanBits = (signal: Signal, set: AccountSet): number => mean(signal.memberBits(set))

/** 0 for none. */
export function mean(bits: Float64Array): number {
  let sum = 0
  for (const each of bits) sum += each
  return bits.length === 0 ? 0 : sum / bits.length
}

/** What {@link fieldNumbers} found: it is asked for every draw of every null. */
const numbersOf = new WeakMap<readonly FieldStats[], WeakMap<readonly string[], readonly number[]>>()

/** Numbers of the fields of that name that this scan has. */
export const fieldNumbers = ({ fields }: EvidenceTables, names: readonly string[]): readonly number[] =>
  numbersOf.get(fields)?.get(names) ?? findNumbers(fields, names)

function findNumbers(fields: readonly FieldStats[], names: readonly string[]): readonly number[] {
  const ofScan = numbersOf.get(fields) ?? new WeakMap<readonly string[], readonly number[]>()
  numbersOf.set(fields, ofScan)
  const numbers = names.map((name) => fields.findIndex((field) => field.name === name)).filter((number) => number >= 0)
  ofScan.set(names, numbers)
  return numbers
}

export const fieldOf = (tables: EvidenceTables, value: number): FieldStats =>
  tables.fields[tables.values.field[value]!]!

/** A card or a device, which one hand holds; the same prompt on two accounts is one text, but anybody may send it. */
export const isThing = ({ isIdentifier, family }: Pick<Signal, 'isIdentifier' | 'family'>): boolean =>
  isIdentifier && family !== 'content'
