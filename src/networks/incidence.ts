import type { EvidenceTables } from '../evidence/tables.ts'

/**
 * Who holds what, both ways, in flat arrays (compressed sparse rows): memory is linear in incidences.
 * Row r of `holdings` is the pair (value[r], account[r]); rows are sorted by (value, account).
 */
export interface Incidence {
  readonly tables: EvidenceTables
  /** Rows of value v are [valueStart[v], valueStart[v + 1]). */
  readonly valueStart: Int32Array
  /** Values of account a are accountValue[accountStart[a] .. accountStart[a + 1]), ascending, hence grouped by field. */
  readonly accountStart: Int32Array
  readonly accountValue: Int32Array
}

export function createIncidence(tables: EvidenceTables): Incidence {
  const { accounts, values, holdings } = tables
  const valueStart = new Int32Array(values.count + 1)
  const accountStart = new Int32Array(accounts.count + 1)
  for (let row = 0; row < holdings.count; row++) {
    valueStart[holdings.value[row]! + 1]!++
    accountStart[holdings.account[row]! + 1]!++
  }
  for (let v = 0; v < values.count; v++) valueStart[v + 1]! += valueStart[v]!
  for (let a = 0; a < accounts.count; a++) accountStart[a + 1]! += accountStart[a]!
  const accountValue = new Int32Array(holdings.count)
  const next = accountStart.slice()
  for (let row = 0; row < holdings.count; row++) accountValue[next[holdings.account[row]!]!++] = holdings.value[row]!
  return { tables, valueStart, accountStart, accountValue }
}

/** Accounts that hold a value, ascending. */
export const holdersOf = ({ tables, valueStart }: Incidence, value: number): Int32Array =>
  tables.holdings.account.subarray(valueStart[value]!, valueStart[value + 1]!)

/** Shared values of an account, ascending. */
export const valuesOf = ({ accountStart, accountValue }: Incidence, account: number): Int32Array =>
  accountValue.subarray(accountStart[account]!, accountStart[account + 1]!)
