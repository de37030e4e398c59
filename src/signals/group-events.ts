import type { EventTable } from '../evidence/tables.ts'

/**
 * Requests of some watched accounts by (instant, account); a copy, so that the table may go. `accounts` are those asked for
 * that the table holds, also without a request.
 */
export interface GroupEvents extends Omit<EventTable, 'account'> {
  /** Position in `accounts`. */
  readonly member: Int32Array
}

/** The requests of these accounts (ascending numbers); the cost is that of their own requests, once a table is indexed. */
export function selectEvents(table: EventTable, accounts: Int32Array): GroupEvents {
  const { from, row, placeOf } = indexOf(table)
  const found = accounts.filter((account) => placeOf.has(account))
  const places = Array.from(found, (account) => placeOf.get(account)!)
  const count = places.reduce((sum, place) => sum + from[place + 1]! - from[place]!, 0)
  const rows = new Int32Array(count)
  let next = 0
  for (const place of places) {
    const own = row.subarray(from[place]!, from[place + 1]!)
    rows.set(own, next)
    next += own.length
  }
  rows.sort() // rows of the table are in order of time
  const memberOf = new Map([...found].map((account, member) => [account, member]))
  const whole = (column: Int32Array): Int32Array => Int32Array.from(rows, (each) => column[each]!)
  return {
    accounts: found,
    count,
    member: Int32Array.from(rows, (each) => memberOf.get(table.account[each]!)!),
    atMs: Float64Array.from(rows, (each) => table.atMs[each]!),
    template: whole(table.template),
    prompt: whole(table.prompt),
    session: whole(table.session),
    signature: whole(table.signature),
    model: whole(table.model),
    models: table.models,
    status: Int16Array.from(rows, (each) => table.status[each]!),
    outputTokens: Float64Array.from(rows, (each) => table.outputTokens[each]!),
  }
}

/** Rows by account: those of `EventTable.accounts[i]` are `row[from[i]]` to `row[from[i + 1] - 1]`, by time. */
interface RowIndex {
  readonly from: Int32Array
  readonly row: Int32Array
}

interface TableIndex extends RowIndex {
  /** Account → position in `EventTable.accounts`. */
  readonly placeOf: ReadonlyMap<number, number>
}

const indices = new WeakMap<EventTable, TableIndex>()

function indexOf(table: EventTable): TableIndex {
  const known = indices.get(table)
  if (known) return known
  const placeOf = new Map([...table.accounts].map((account, i) => [account, i]))
  const places = Int32Array.from(table.account, (account) => placeOf.get(account)!)
  const from = new Int32Array(table.accounts.length + 1)
  for (const place of places) from[place + 1]!++
  for (let i = 0; i < table.accounts.length; i++) from[i + 1]! += from[i]!
  const next = from.slice()
  const row = new Int32Array(table.count)
  for (let i = 0; i < table.count; i++) row[next[places[i]!]!++] = i
  const index = { from, row, placeOf }
  indices.set(table, index)
  return index
}

/** Requests of one member after the other: those of member m are `row[from[m]]` to `row[from[m + 1] - 1]`, by time. */
export function rowsByMember({ accounts, count, member }: GroupEvents): RowIndex {
  const from = new Int32Array(accounts.length + 1)
  for (const each of member) from[each + 1]!++
  for (let i = 0; i < accounts.length; i++) from[i + 1]! += from[i]!
  const next = from.slice()
  const row = new Int32Array(count)
  for (let i = 0; i < count; i++) row[next[member[i]!]!++] = i
  return { from, row }
}

/**
 * Coarsest unit, ms, that every instant is a whole number of: 1, 1000, 60,000, 3,600,000 or 86,400,000. A log whose
 * clock ticks in minutes says nothing of seconds.
 */
export function clockResolutionMs({ atMs }: Pick<GroupEvents, 'atMs'>): number {
  let unit = UNITS_MS.length - 1
  for (const at of atMs) while (unit > 0 && at % UNITS_MS[unit]! !== 0) unit--
  return UNITS_MS[unit]!
}

const UNITS_MS = [1, 1000, 60_000, 3_600_000, 86_400_000]
