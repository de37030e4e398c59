import type { DuckDBConnection } from '@duckdb/node-api'
import type { Place } from '../addresses.ts'
import type { Simulation } from '../build.ts'
import { CLIENTS } from '../catalog.ts'
import type { QueuedSession } from '../dispatch.ts'
import type { Behaviour, Payment } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { ACCOUNT, type Cell, DEVICE, PAYMENT, PLACE, PROFILE, QUEUED, type Table, TEMPLATE } from './schema.ts'

/** Past every window: the end of what has none. */
export const FOREVER_MS = 9e15

const LISTS = ['places', 'devices', 'templates', 'models', 'capabilities'] as const

/** A list written as text, as the engine's list. */
const listOf = (name: string): string => `string_split(${name}, ',')::INTEGER[] AS ${name}`

/** Writes the plan into the engine's tables, lists as typed arrays. */
export async function fillTables(connection: DuckDBConnection, simulation: Simulation): Promise<void> {
  const { places, templates, profiles } = simulation.world
  await fill(connection, ACCOUNT, accountRows(simulation))
  await fill(
    connection,
    PLACE,
    places.map((each, id) => [id, ...placeCells(each)]),
  )
  await fill(connection, DEVICE, deviceRows(simulation))
  await fill(
    connection,
    TEMPLATE,
    templates.map((each, id) => [id, each.system, each.tools, each.periodDays, each.purpose ?? 0]),
  )
  await fill(
    connection,
    PROFILE,
    profiles.map((slots, id) => [id, slots.join(',')]),
  )
  await fill(
    connection,
    PAYMENT,
    simulation.accounts.flatMap((each) => paymentRows(each.number, each.payments)),
  )
  await connection.run(`CREATE TABLE account AS SELECT * REPLACE (${LISTS.map(listOf).join(', ')}) FROM plan_account`)
  await connection.run(`CREATE TABLE profile AS SELECT id, ${listOf('slots')} FROM plan_profile`)
  await connection.run('DROP TABLE plan_account; DROP TABLE plan_profile')
}

const placeCells = (each: Place): Cell[] => [
  each.family,
  each.base,
  each.span,
  each.asn,
  each.country,
  each.isPerAccount,
  each.churn,
]

const deviceRows = ({ world }: Simulation): Cell[][] =>
  world.devices.map((each, id) => {
    const client = CLIENTS[each.client] as (typeof CLIENTS)[number]
    const { prefix, suffix, release, cadenceDays } = client
    return [id, prefix, suffix, release, cadenceDays, each.lagDays, each.isPinned, each.tls, each.fingerprint]
  })

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
      each.signatureKey,
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
  accounts.map((each) => [
    each.number,
    each.accountId,
    each.registration.organizationId,
    each.isDispatched,
    ...whenCells(each.behaviour),
    ...whatCells(each.behaviour),
    each.endUsers ?? 0,
    ...[each.places, each.devices, each.templates, each.models, each.capabilities].map((slots) => slots.join(',')),
  ])

const whenCells = (b: Behaviour): Cell[] => [
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
]

const whatCells = (b: Behaviour): Cell[] => [
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
]

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
  const columns = table.columns.map(([name, type]) => `${name} ${type}`).join(', ')
  const temporary = table.isTemporary ? 'TEMP ' : ''
  await connection.run(`CREATE OR REPLACE ${temporary}TABLE ${table.name} (${columns})`)
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
