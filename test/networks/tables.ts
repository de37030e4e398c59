import type { AccountTable, CardTable, EvidenceTables } from '../../src/evidence/tables.ts'
import { createSetViewer } from '../../src/networks/account-set.ts'
import { createIncidence, type Incidence } from '../../src/networks/incidence.ts'
import { signals } from '../../src/signals/registry.ts'
import type { AccountSet, Signal } from '../../src/signals/signal.ts'

/** Field → value → numbers of the accounts that hold it. */
export type Holdings = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>

export interface TableOptions {
  readonly accounts?: Partial<AccountTable>
  /** Fields of which every account that holds no value of `holdings` has one of its own. */
  readonly own?: readonly string[]
  readonly cards?: CardTable
}

/** Numbers from..to-1. */
export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** Evidence tables of `count` accounts, as an engine would give them: values held by one account are only counted. */
export function tablesOf(
  count: number,
  holdings: Holdings,
  { accounts = {}, own = [], cards }: TableOptions = {},
): EvidenceTables {
  const names = [...new Set([...Object.keys(holdings), ...own])].sort()
  const rows: { field: number; text: string; holders: readonly number[] }[] = []
  const fields = names.map((name, field) => {
    const valuesHeld = new Int32Array(count)
    const values = Object.entries(holdings[name] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [text, given] of values) {
      const holders = [...new Set(given)].sort((a, b) => a - b)
      for (const account of holders) valuesHeld[account]!++
      if (holders.length > 1) rows.push({ field, text, holders })
    }
    const lacking = own.includes(name) ? range(0, count).filter((account) => valuesHeld[account] === 0) : []
    for (const account of lacking) valuesHeld[account] = 1
    const holding = valuesHeld.reduce((sum, held) => sum + (held > 0 ? 1 : 0), 0)
    return { name, accounts: holding, values: values.length + lacking.length, sampledOneIn: 1, valuesHeld }
  })
  const pairs = rows.flatMap(({ holders }, value) => holders.map((account) => [value, account] as const))
  return {
    accounts: accountTable(count, accounts),
    fields,
    values: {
      count: rows.length,
      field: Uint8Array.from(rows, ({ field }) => field),
      text: rows.map(({ text }) => text),
      holders: Int32Array.from(rows, ({ holders }) => holders.length),
    },
    holdings: {
      count: pairs.length,
      value: Int32Array.from(pairs, ([value]) => value),
      account: Int32Array.from(pairs, ([, account]) => account),
      requests: new Float64Array(pairs.length).fill(1),
      firstAtMs: new Float64Array(pairs.length).fill(Number.NaN),
      lastAtMs: new Float64Array(pairs.length).fill(Number.NaN),
    },
    cards: cards ?? NO_CARDS,
  }
}

const NO_CARDS: CardTable = {
  count: 0,
  bins: [],
  expiries: [],
  account: new Int32Array(0),
  series: new Int32Array(0),
  last4: new Int16Array(0),
}

/** Accounts that differ in nothing but their ids. */
export function accountTable(count: number, over: Partial<AccountTable> = {}): AccountTable {
  const numbers = (value: number): Float64Array => new Float64Array(count).fill(value)
  const whole = (value: number): Int32Array => new Int32Array(count).fill(value)
  const nothing = new Array<null>(count).fill(null)
  return {
    count,
    ids: range(0, count).map((n) => `acct_${String(n).padStart(5, '0')}`),
    requests: numbers(10),
    inputTokens: numbers(0),
    outputTokens: numbers(0),
    deniedRequests: numbers(0),
    throttledRequests: numbers(0),
    failedRequests: numbers(0),
    firstAtMs: numbers(Date.parse('2026-06-01T00:00:00Z')),
    lastAtMs: numbers(Date.parse('2026-06-07T00:00:00Z')),
    activeDays: whole(3),
    activeHours: whole(5),
    hourMask: whole(1),
    maxDayRequests: numbers(5),
    firstDayRequests: numbers(2),
    createdAtMs: numbers(Number.NaN),
    bannedAtMs: numbers(Number.NaN),
    organization: nothing,
    plan: nothing,
    status: nothing,
    indicators: [],
    ...over,
  }
}

export const incidenceOf = (...given: Parameters<typeof tablesOf>): Incidence => createIncidence(tablesOf(...given))

/** A set of accounts as a signal sees it. */
export const setOf = (incidence: Incidence, members: readonly number[]): AccountSet =>
  createSetViewer(incidence)(Int32Array.from(members), true)

/** The signal of that id. */
export function signal(id: string): Signal {
  const found = signals.find((each) => each.id === id)
  if (!found) throw new Error(`no signal ${id}`)
  return found
}

/** Position of a value in the tables. */
export function valueNumber({ tables }: Incidence, field: string, text: string): number {
  const number = tables.values.text.findIndex(
    (each, i) => each === text && tables.fields[tables.values.field[i]!]!.name === field,
  )
  if (number < 0) throw new Error(`no value ${field}=${text}`)
  return number
}
