import type { EventTable } from '../../src/evidence/tables.ts'
import { type GroupEvents, selectEvents } from '../../src/signals/group-events.ts'
import type { OrderInput } from '../../src/signals/order-signal.ts'
import { incidenceOf, range, setOf } from '../networks/tables.ts'

/** One request; what is left out is unknown. */
export interface Request {
  readonly account: number
  readonly atMs: number
  readonly template?: number
  readonly prompt?: number
  readonly session?: number
  readonly signature?: number
  readonly model?: number
  readonly status?: number
}

/** A Monday, midnight UTC. */
export const START_MS = Date.parse('2026-06-01T00:00:00Z')
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** The table an engine would give for these requests; all accounts below `accounts` are watched. */
export function eventTable(requests: readonly Request[], accounts: number): EventTable {
  const rows = [...requests].sort((a, b) => a.atMs - b.atMs || a.account - b.account)
  const column = (of: (row: Request) => number | undefined): Int32Array => Int32Array.from(rows, (row) => of(row) ?? -1)
  return {
    count: rows.length,
    accounts: Int32Array.from(range(0, accounts)),
    account: column((row) => row.account),
    atMs: Float64Array.from(rows, ({ atMs }) => atMs),
    template: column((row) => row.template),
    prompt: column((row) => row.prompt),
    session: column((row) => row.session),
    signature: column((row) => row.signature),
    model: column((row) => row.model),
    models: ['old', 'new'],
    status: Int16Array.from(rows, ({ status }) => status ?? 0),
    outputTokens: new Float64Array(rows.length).fill(Number.NaN),
  }
}

/** Events of accounts 0 to `accounts` - 1. */
export const eventsOf = (requests: readonly Request[], accounts: number): GroupEvents =>
  selectEvents(eventTable(requests, accounts), Int32Array.from(range(0, accounts)))

export interface InputOptions {
  /** Requests of strangers, numbered from `members` on. */
  readonly strangers?: readonly Request[]
  readonly strangerCount?: number
  readonly organization?: string
}

/** What a test of order is given: accounts 0 to `members` - 1 against strangers behind them. */
export function inputOf(requests: readonly Request[], members: number, options: InputOptions = {}): OrderInput {
  const { strangers = [], strangerCount = 0, organization } = options
  const all = members + strangerCount
  const table = eventTable([...requests, ...strangers], all)
  const outside = Int32Array.from(range(members, all))
  const given = range(0, all).map((account) => (account < members ? (organization ?? null) : null))
  const incidence = incidenceOf(all, {}, { accounts: { organization: given } })
  return {
    set: setOf(incidence, range(0, members)),
    events: selectEvents(table, Int32Array.from(range(0, members))),
    background: selectEvents(table, outside),
    strangers: outside,
  }
}
