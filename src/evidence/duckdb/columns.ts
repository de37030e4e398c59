import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import { INDICATORS } from '../indicators.ts'
import type { AccountTable, FieldStats, HoldingTable, IndicatorColumn, ValueTable } from '../tables.ts'
import { accountRowsSql } from './derive.ts'
import { holdingRowsSql, valueRowsSql, valuesHeldSql } from './holding-sql.ts'
import { indicatorRowsSql, mappedTexts } from './indicator-sql.ts'
import type { Session } from './session.ts'

/** Reads the finished steps into typed columns. */

const factNames = CANONICAL_FIELDS.filter(({ role }) => role === 'fact').map(({ name }) => name)

/** Order of the columns that `accountRowsSql` gives, behind the id and the join key. */
const NUMBERS = [
  'requests',
  'inputTokens',
  'outputTokens',
  'deniedRequests',
  'throttledRequests',
  'failedRequests',
  'firstAtMs',
  'lastAtMs',
  'activeDays',
  'activeHours',
  'hourMask',
  'maxDayRequests',
  'firstDayRequests',
] as const
const INTEGERS: ReadonlySet<string> = new Set(['activeDays', 'activeHours', 'hourMask'])
const INSTANTS: ReadonlySet<string> = new Set(['firstAtMs', 'lastAtMs'])

type Numbers = { -readonly [K in (typeof NUMBERS)[number]]: AccountTable[K] }

export async function readAccounts(
  session: Session,
  count: number,
  logFields: ReadonlySet<string>,
  sideFields: ReadonlySet<string>,
): Promise<AccountTable> {
  const logFacts = factNames.filter((each) => logFields.has(each))
  const sideFacts = factNames.filter((each) => sideFields.has(each))
  const numbers = Object.fromEntries(
    NUMBERS.map((name) => [name, INTEGERS.has(name) ? new Int32Array(count) : new Float64Array(count)]),
  ) as Numbers
  const ids: string[] = []
  const facts = [[], [], []] as (string | null)[][]
  const created = new Float64Array(count)
  const banned = new Float64Array(count)
  await session.each('account rows', accountRowsSql(logFacts, sideFacts), (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const account = ids.length
      ids.push(columns[0]![row] as string)
      for (const [i, name] of NUMBERS.entries()) {
        numbers[name][account] = (columns[2 + i]![row] as number | null) ?? (INSTANTS.has(name) ? Number.NaN : 0)
      }
      for (const [i, fact] of facts.entries()) fact.push(columns[2 + NUMBERS.length + i]![row] as string | null)
      created[account] = (columns[5 + NUMBERS.length]![row] as number | null) ?? Number.NaN
      banned[account] = (columns[6 + NUMBERS.length]![row] as number | null) ?? Number.NaN
    }
  })
  const [organization, plan, status] = facts as [(string | null)[], (string | null)[], (string | null)[]]
  const indicators = mappedTexts(logFields).length > 0 ? await readIndicators(session, count) : []
  return { count, ids, ...numbers, createdAtMs: created, bannedAtMs: banned, organization, plan, status, indicators }
}

async function readIndicators(session: Session, count: number): Promise<IndicatorColumn[]> {
  const indicators = INDICATORS.map(({ id }) => ({ id, requests: new Float64Array(count) }))
  await session.each('indicators', indicatorRowsSql, (columns, rows) => {
    for (const [i, { requests }] of indicators.entries()) {
      for (let row = 0; row < rows; row++) requests[columns[0]![row] as number] = columns[1 + i]![row] as number
    }
  })
  return indicators
}

export async function readFields(
  session: Session,
  accounts: number,
  names: readonly string[],
  sampled: ReadonlyMap<string, number>,
): Promise<FieldStats[]> {
  const held = names.map(() => new Int32Array(accounts))
  await session.each('values held', valuesHeldSql, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      held[columns[0]![row] as number]![columns[1]![row] as number] = columns[2]![row] as number
    }
  })
  const distinct = new Float64Array(names.length)
  const sql = 'SELECT field::INTEGER, count(DISTINCT value)::DOUBLE FROM holding GROUP BY 1'
  await session.each('distinct values', sql, (columns, rows) => {
    for (let row = 0; row < rows; row++) distinct[columns[0]![row] as number] = columns[1]![row] as number
  })
  return names.map((name, number) => ({
    name,
    accounts: held[number]!.reduce((sum, values) => sum + (values > 0 ? 1 : 0), 0),
    values: distinct[number]!,
    sampledOneIn: sampled.get(name) ?? 1,
    valuesHeld: held[number]!,
  }))
}

export async function readValues(session: Session, count: number): Promise<ValueTable> {
  const field = new Uint8Array(count)
  const holders = new Int32Array(count)
  const text: string[] = []
  await session.each('value rows', valueRowsSql, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      field[text.length] = columns[0]![row] as number
      holders[text.length] = columns[2]![row] as number
      text.push(columns[1]![row] as string)
    }
  })
  return { count, field, text, holders }
}

export async function readHoldings(
  session: Session,
  capacity: number,
  keepOneIn: number,
  fastNumbers: readonly number[],
): Promise<HoldingTable> {
  const value = new Int32Array(capacity)
  const account = new Int32Array(capacity)
  const requests = new Float64Array(capacity)
  const firstAtMs = new Float64Array(capacity)
  const lastAtMs = new Float64Array(capacity)
  let count = 0
  await session.each('holding rows', holdingRowsSql(keepOneIn, fastNumbers), (columns, rows) => {
    for (let row = 0; row < rows; row++, count++) {
      value[count] = columns[0]![row] as number
      account[count] = columns[1]![row] as number
      requests[count] = columns[2]![row] as number
      firstAtMs[count] = (columns[3]![row] as number | null) ?? Number.NaN
      lastAtMs[count] = (columns[4]![row] as number | null) ?? Number.NaN
    }
  })
  const cut = <T extends Int32Array | Float64Array>(column: T): T => column.subarray(0, count) as T
  return {
    count,
    value: cut(value),
    account: cut(account),
    requests: cut(requests),
    firstAtMs: cut(firstAtMs),
    lastAtMs: cut(lastAtMs),
  }
}
