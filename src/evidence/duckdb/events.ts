import type { MappedSource } from '../engine.ts'
import type { EventTable } from '../tables.ts'
import { countOf, instantMs, present, templateHash } from './canonical.ts'
import { presentFields, TEXT_OF } from './fields.ts'
import { unionSql } from './relation.ts'
import type { Session } from './session.ts'
import { identifier } from './sql.ts'

/** Requests that are held at most: 42 bytes each in the table, some 84 MB. More accounts stay out, whole. */
export const MAX_EVENTS = 2_000_000

/** Requests of each account in the logs that are read; with a case, `account_day` has those of all nights. */
export const REQUESTS_OF = 'SELECT account, sum(requests)::DOUBLE FROM account_day GROUP BY account'
export const TONIGHT_OF = 'SELECT n, sum(requests)::DOUBLE FROM night_hour JOIN alias USING (account_raw) GROUP BY n'

/** Columns of the table that stand for a text, and the fields it is made of: the first that is present counts. */
const CODES = [
  { column: 'template', fields: ['system_prompt_hash', 'tools_hash'] },
  { column: 'prompt', fields: ['prompt_hash'] },
  { column: 'session', fields: ['session_id'] },
  { column: 'signature', fields: ['signature_hash'] },
  { column: 'model', fields: ['model'] },
] as const

/** Every request of the watched accounts; see `EvidenceEngine.readEvents`. */
export async function readEvents(
  session: Session,
  logs: readonly MappedSource[],
  watched: Int32Array,
  requestsOf: string = REQUESTS_OF,
  maxEvents: number = MAX_EVENTS,
): Promise<EventTable> {
  const accounts = await withinLimit(session, watched, requestsOf, maxEvents)
  await session.run('watched', 'CREATE OR REPLACE TEMP TABLE watched (n INTEGER)')
  await session.appendRows('watched', accounts.length, (appender, row) => appender.appendInteger(accounts[row]!))
  await session.run('watched', WATCHED_SPELLINGS_SQL)
  // The engine takes a log for small, since it cannot count its rows, and would build the join's hash table of it.
  await session.run('option', "SET disabled_optimizers = 'join_order,build_side_probe_side'")
  try {
    await session.run('second reading', eventSql(logs))
  } finally {
    await session.run('option', 'RESET disabled_optimizers')
  }
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
  const requests = new Map<number, number>()
  await session.each('count', requestsOf, (columns, rows) => {
    for (let row = 0; row < rows; row++) requests.set(columns[0]![row] as number, columns[1]![row] as number)
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

/**
 * Raw columns of the watched accounts' records. The accounts are picked before an instant is parsed or a text hashed:
 * that is most of the work, and most records are of others.
 */
function eventSql(logs: readonly MappedSource[]): string {
  const fields = presentFields(logs)
  const wanted = [...CODES.flatMap((code) => code.fields as readonly string[]), 'status', 'output_tokens']
  const isMapped = (field: string): boolean => logs.some(({ mapping }) => mapping.fields[field] !== undefined)
  const textOf = (field: string): string | undefined =>
    TEXT_OF[field] !== undefined && isMapped(TEXT_OF[field]) ? TEXT_OF[field] : undefined
  const columns = wanted.map((field) => {
    const text = textOf(field)
    if (!fields.has(field)) return `NULL::VARCHAR AS ${field}`
    return text === undefined ? `${field}` : `COALESCE(${field}, ${templateHash(text)}) AS ${field}`
  })
  const texts = wanted.map(textOf).filter((each) => each !== undefined)
  const raw = [...new Set(['account_id', 'timestamp', ...wanted.filter((each) => fields.has(each)), ...texts])]
  return `CREATE OR REPLACE TEMP TABLE event AS SELECT * FROM (
      SELECT n AS account, ${instantMs('timestamp')} AS ms, ${columns.join(', ')} FROM (
        SELECT r.*, w.n FROM (${unionSql(logs, raw)}) r
        JOIN watched_spelling w ON w.account_raw = r.account_id))
    WHERE ms IS NOT NULL`
}

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
