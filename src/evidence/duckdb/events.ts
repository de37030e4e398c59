import type { MappedSource } from '../engine.ts'
import type { EventTable } from '../tables.ts'
import { countOf, present } from './canonical.ts'
import { CODES } from './events-sql.ts'
import type { LogSteps } from './log-steps.ts'
import type { Session } from './session.ts'
import { identifier } from './sql.ts'

/** Requests that are held at most: 42 bytes each in the table, some 84 MB. More accounts stay out, whole. */
export const MAX_EVENTS = 2_000_000

/** Requests of each account in the logs that are read; with a case, `account_day` has those of all nights. */
export const REQUESTS_OF = 'SELECT account, sum(requests)::DOUBLE FROM account_day GROUP BY account'
export const TONIGHT_OF = 'SELECT n, sum(requests)::DOUBLE FROM night_hour JOIN alias USING (account_raw) GROUP BY n'

export interface EventReading {
  readonly steps: LogSteps
  /** SQL of accounts with their requests. */
  readonly requestsOf?: string
  readonly maxEvents?: number
  readonly onBegun?: (() => void) | undefined
}

/** Every request of the watched accounts; see `EvidenceEngine.readEvents`. */
export async function readEvents(
  session: Session,
  logs: readonly MappedSource[],
  watched: Int32Array,
  { steps, requestsOf = REQUESTS_OF, maxEvents = MAX_EVENTS, onBegun = () => {} }: EventReading,
): Promise<EventTable> {
  const accounts = await withinLimit(session, watched, requestsOf, maxEvents)
  await session.run('watched', 'CREATE OR REPLACE TEMP TABLE watched (n INTEGER)')
  await session.appendRows('watched', accounts.length, (appender, row) => appender.appendInteger(accounts[row]!))
  await session.run('watched', WATCHED_SPELLINGS_SQL)
  await steps.runEvents(session, logs, onBegun)
  for (const { column, fields } of CODES) await session.run('numbering', codeSql(column, fields))
  const table = await readTable(session, accounts)
  await session.run('drop', 'DROP TABLE event')
  for (const { column } of CODES) await session.run('drop', `DROP TABLE code_${column}`)
  return table
}

/** Every spelling of the watched accounts' ids. */
const WATCHED_SPELLINGS_SQL =
  'CREATE OR REPLACE TEMP TABLE watched_spelling AS SELECT account_raw, n FROM alias JOIN watched USING (n)'

/** As many of the accounts as hold at most `maxEvents` requests together, tried in an order that means nothing. */
async function withinLimit(
  session: Session,
  watched: Int32Array,
  requestsOf: string,
  maxEvents: number,
): Promise<Int32Array> {
  const requests = new Map<number, number>([...watched].map((account) => [account, 0]))
  await session.each('count', requestsOf, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      const account = columns[0]![row] as number
      if (requests.has(account)) requests.set(account, columns[1]![row] as number)
    }
  })
  let room = maxEvents
  const taken = [...watched]
    .sort((a, b) => scatter(a) - scatter(b) || a - b)
    .filter((account) => {
      const needs = requests.get(account) ?? 0
      if (needs > room) return false
      room -= needs
      return true
    })
  return Int32Array.from(taken).sort()
}

/** A place for an account that says nothing of its neighbours: Fibonacci hashing (Knuth, TAOCP 3, section 6.4). */
const scatter = (account: number): number => Math.imul(account + 1, 0x9e3779b1) >>> 0

/** Texts are made canonical and numbered once per distinct text. */
function codeSql(column: string, fields: readonly string[]): string {
  const raw = fields.map(identifier).join(', ')
  const text = fields.length === 1 ? present(fields[0]!) : `COALESCE(${fields.map(present).join(', ')})`
  return `CREATE OR REPLACE TEMP TABLE code_${column} AS
    SELECT ${raw}, text, CAST(dense_rank() OVER (ORDER BY text) - 1 AS INTEGER) AS n
    FROM (SELECT ${raw}, ${text} AS text FROM (SELECT DISTINCT ${raw} FROM event)) WHERE text IS NOT NULL`
}

const joinSql = CODES.map(({ column, fields }) => {
  const on = fields.map((field) => `e.${field} IS NOT DISTINCT FROM ${column}_.${field}`)
  return `LEFT JOIN code_${column} ${column}_ ON ${on.join(' AND ')}`
}).join(' ')

const ROWS_SQL = `SELECT ms::DOUBLE AS ms, account, ${CODES.map(({ column }) => `COALESCE(${column}_.n, -1) AS ${column}`).join(', ')},
    CASE WHEN ${countOf('status')} < 1000 THEN ${countOf('status')} ELSE 0 END::INTEGER AS status,
    ${countOf('output_tokens')}::DOUBLE AS output_tokens
  FROM event e ${joinSql} ORDER BY ALL`

async function readTable(session: Session, accounts: Int32Array): Promise<EventTable> {
  const count = await session.scalar('count', 'SELECT count(*)::DOUBLE FROM event')
  const models: string[] = []
  await session.each('models', 'SELECT DISTINCT n, text FROM code_model ORDER BY n', (columns) => {
    for (const text of columns[1]!) models.push(text as string)
  })
  const whole = (): Int32Array => new Int32Array(count)
  const codes = { template: whole(), prompt: whole(), session: whole(), signature: whole(), model: whole() }
  const atMs = new Float64Array(count)
  const account = whole()
  const status = new Int16Array(count)
  const outputTokens = new Float64Array(count)
  let next = 0
  await session.each('requests', ROWS_SQL, (columns, rows) => {
    for (let row = 0; row < rows; row++, next++) {
      atMs[next] = columns[0]![row] as number
      account[next] = columns[1]![row] as number
      for (const [i, { column }] of CODES.entries()) codes[column][next] = columns[2 + i]![row] as number
      status[next] = columns[7]![row] as number
      outputTokens[next] = (columns[8]![row] as number | null) ?? Number.NaN
    }
  })
  return { count, accounts, account, atMs, ...codes, models, status, outputTokens }
}

const none = new Int32Array(0)

/** A night beside a case that brought no log. */
export const NO_EVENTS: EventTable = {
  count: 0,
  accounts: none,
  account: none,
  atMs: new Float64Array(0),
  template: none,
  prompt: none,
  session: none,
  signature: none,
  model: none,
  models: [],
  status: new Int16Array(0),
  outputTokens: new Float64Array(0),
}
