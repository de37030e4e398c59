import type { DuckDBConnection } from '@duckdb/node-api'
import type { Simulation } from '../build.ts'
import { CLIENTS } from '../catalog.ts'
import type { QueuedSession } from '../dispatch.ts'
import { DAY_MS, type Payment } from '../plan.ts'

type Cell = string | number | boolean | null

interface Table {
  readonly name: string
  /** Private to a connection, so that connections work side by side. */
  readonly isTemporary?: boolean
  /** Column name and type; one of INTEGER, BIGINT, DOUBLE, VARCHAR, BOOLEAN. */
  readonly columns: readonly (readonly [string, 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN'])[]
}

const int = (name: string) => [name, 'INTEGER'] as const
const big = (name: string) => [name, 'BIGINT'] as const
const real = (name: string) => [name, 'DOUBLE'] as const
const text = (name: string) => [name, 'VARCHAR'] as const
const flag = (name: string) => [name, 'BOOLEAN'] as const

const ACCOUNT: Table = {
  name: 'plan_account',
  columns: [
    int('num'),
    text('account_id'),
    text('organization_id'),
    flag('is_dispatched'),
    real('requests_per_day'),
    real('active_share'),
    real('session_requests'),
    real('gap_ms'),
    real('regularity'),
    real('day_sigma'),
    real('weekend'),
    int('profile'),
    int('period_s'),
    int('phase_s'),
    big('from_ms'),
    big('to_ms'),
    real('in_mu'),
    real('out_mu'),
    real('token_sigma'),
    real('error_rate'),
    flag('sends_session'),
    big('prompt_pool'),
    int('prompt_pool_size'),
    real('prompt_share'),
    big('pivot_ms'),
    real('pivot_share'),
    big('banned_ms'),
    text('places'),
    text('devices'),
    text('templates'),
    text('models'),
    text('capabilities'),
  ],
}
const PLACE: Table = {
  name: 'place',
  columns: [
    int('id'),
    int('ip_family'),
    big('base'),
    big('span'),
    big('asn'),
    text('country'),
    flag('is_per_account'),
    int('churn'),
  ],
}
const DEVICE: Table = {
  name: 'device',
  columns: [
    int('id'),
    text('prefix'),
    text('suffix'),
    int('release'),
    int('cadence_days'),
    int('lag_days'),
    flag('is_pinned'),
    text('tls'),
    text('fingerprint'),
  ],
}
const TEMPLATE: Table = { name: 'template', columns: [int('id'), big('sys_key'), big('tools_key'), int('period_days')] }
const PROFILE: Table = { name: 'plan_profile', columns: [int('id'), text('slots')] }
const PAYMENT: Table = {
  name: 'payment',
  columns: [
    int('num'),
    big('from_ms'),
    big('to_ms'),
    text('card_fingerprint'),
    text('card_bin'),
    text('card_last4'),
    text('card_expiry'),
    text('billing_name_hash'),
    text('billing_address_hash'),
  ],
}
const QUEUED: Table = {
  name: 'queued',
  isTemporary: true,
  columns: [
    int('num'),
    big('start_ms'),
    int('requests'),
    real('gap_ms'),
    big('key'),
    big('prompt_key'),
    int('template'),
    int('capability'),
    real('in_mu'),
    real('out_mu'),
    int('forced_status'),
    big('prompt_pool'),
    int('prompt_pool_size'),
    real('prompt_share'),
  ],
}

/** Past every window: the end of what has none. */
export const FOREVER_MS = 9e15

/** Writes the plan into the engine's tables, lists as typed arrays. */
export async function fillTables(connection: DuckDBConnection, simulation: Simulation): Promise<void> {
  await fill(connection, ACCOUNT, accountRows(simulation))
  await fill(
    connection,
    PLACE,
    simulation.world.places.map((each, id) => [
      id,
      each.family,
      each.base,
      each.span,
      each.asn,
      each.country,
      each.isPerAccount,
      each.churn,
    ]),
  )
  await fill(
    connection,
    DEVICE,
    simulation.world.devices.map((each, id) => {
      const client = CLIENTS[each.client] as (typeof CLIENTS)[number]
      return [
        id,
        client.prefix,
        client.suffix,
        client.release,
        client.cadenceDays,
        each.lagDays,
        each.isPinned,
        each.tls,
        each.fingerprint,
      ]
    }),
  )
  await fill(
    connection,
    TEMPLATE,
    simulation.world.templates.map((each, id) => [id, each.system, each.tools, each.periodDays]),
  )
  await fill(
    connection,
    PROFILE,
    simulation.world.profiles.map((slots, id) => [id, slots.join(',')]),
  )
  await fill(
    connection,
    PAYMENT,
    simulation.accounts.flatMap((each) => paymentRows(each.number, each.payments)),
  )
  await connection.run(
    `CREATE TABLE account AS SELECT * REPLACE (${['places', 'devices', 'templates', 'models', 'capabilities'].map((list) => `string_split(${list}, ',')::INTEGER[] AS ${list}`).join(', ')}) FROM plan_account`,
  )
  await connection.run(
    "CREATE TABLE profile AS SELECT id, string_split(slots, ',')::INTEGER[] AS slots FROM plan_profile",
  )
  await connection.run('DROP TABLE plan_account; DROP TABLE plan_profile')
}

/** Replaces the queue by the sessions of one day. */
export const fillQueue = (connection: DuckDBConnection, sessions: readonly QueuedSession[]): Promise<void> =>
  fill(
    connection,
    QUEUED,
    sessions.map((each) => [
      each.account,
      each.startMs,
      each.requests,
      each.gapMs,
      each.key,
      each.promptKey,
      each.template,
      each.capability,
      Math.log(each.inputMedian),
      Math.log(each.outputMedian),
      each.status,
      each.promptPool,
      each.promptPoolSize,
      each.promptShare,
    ]),
  )

const accountRows = ({ accounts }: Simulation): Cell[][] =>
  accounts.map(({ behaviour: b, ...each }) => [
    each.number,
    each.accountId,
    each.registration.organizationId,
    each.isDispatched,
    b.requestsPerDay,
    b.activeShare,
    b.periodSeconds > 0 ? (b.requestsPerDay * b.periodSeconds) / (DAY_MS / 1000) : Math.max(1, b.sessionRequests),
    b.gapSeconds * 1000,
    b.regularity,
    b.daySigma,
    b.weekend,
    b.profile,
    b.periodSeconds,
    b.phaseSeconds,
    b.fromMs,
    b.toMs,
    Math.log(b.inputMedian),
    Math.log(b.outputMedian),
    b.tokenSigma,
    b.errorRate,
    b.sendsSession,
    b.promptPool,
    Math.max(1, Math.round(b.promptPoolSize)),
    b.promptShare,
    b.pivotMs ?? FOREVER_MS,
    b.pivotShare,
    b.bannedMs ?? FOREVER_MS,
    each.places.join(','),
    each.devices.join(','),
    each.templates.join(','),
    each.models.join(','),
    each.capabilities.join(','),
  ])

/** Each card from its first day to the next card's; the first also covers what came before. */
const paymentRows = (number: number, payments: readonly Payment[]): Cell[][] =>
  payments.map((each, i) => [
    number,
    i === 0 ? 0 : each.fromMs,
    payments[i + 1]?.fromMs ?? FOREVER_MS,
    each.fingerprint,
    each.bin,
    each.last4,
    each.expiry,
    each.nameHash,
    each.addressHash,
  ])

async function fill(connection: DuckDBConnection, table: Table, rows: readonly (readonly Cell[])[]): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE ${table.isTemporary ? 'TEMP ' : ''}TABLE ${table.name} (${table.columns.map(([name, type]) => `${name} ${type}`).join(', ')})`,
  )
  const appender = await connection.createAppender(table.name, null, table.isTemporary ? 'temp' : null)
  const kinds = table.columns.map(([, type]) => type)
  for (const row of rows) {
    for (const [i, value] of row.entries()) {
      const kind = kinds[i]
      if (value === null) appender.appendNull()
      else if (kind === 'INTEGER') appender.appendInteger(Math.round(value as number))
      else if (kind === 'BIGINT') appender.appendBigInt(BigInt(Math.round(value as number)))
      else if (kind === 'DOUBLE') appender.appendDouble(value as number)
      else if (kind === 'BOOLEAN') appender.appendBoolean(value as boolean)
      else appender.appendVarchar(value as string)
    }
    appender.endRow()
  }
  appender.closeSync()
}
