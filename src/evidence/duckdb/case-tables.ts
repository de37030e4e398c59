import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import { INDICATORS } from '../indicators.ts'
import { SOLE_ADDRESS, slowFields } from './fields.ts'
import { identifier, literal } from './sql.ts'

/** Name under which a case file is attached. */
export const CASE = 'kept'

/** Increased when a case of an earlier version cannot be read by adding columns. */
export const CASE_VERSION = 1

interface Column {
  readonly name: string
  readonly type: 'VARCHAR' | 'BIGINT' | 'UBIGINT' | 'INTEGER' | 'BOOLEAN' | 'DOUBLE'
}

const columns = (type: Column['type'], ...names: readonly string[]): Column[] => names.map((name) => ({ name, type }))

const everyField: ReadonlySet<string> = new Set(CANONICAL_FIELDS.map(({ name }) => name))
const SIDE_ROLES: ReadonlySet<string> = new Set(['holding', 'fact', 'join'])
const sideFields = CANONICAL_FIELDS.filter(({ role }) => SIDE_ROLES.has(role)).map(({ name }) => name)

/**
 * The tables of a case file: the log steps of every night (`steps.ts`) in columns that do not depend on what a night's
 * export had, and what is needed to go on. Rows of evidence carry their UTC day, so that days can be forgotten.
 */
export const CASE_TABLES = {
  /** `version`, `engine`, `hash` (`case-engine.ts`), `scans`: one row each. */
  meta: columns('VARCHAR', 'name', 'value'),
  /** One row per file that was read. `night` is the number of the scan, from 1. */
  input: [
    ...columns('VARCHAR', 'sha256', 'path', 'role'),
    ...columns('BIGINT', 'bytes', 'records', 'first_ms', 'last_ms'),
    ...columns('INTEGER', 'night'),
  ],
  /** Fields that some night had, in `log` or `side`, and m where one value in m was kept. */
  field: [...columns('VARCHAR', 'place', 'name'), ...columns('INTEGER', 'keep_one_in')],
  base: [
    ...columns('VARCHAR', 'account_raw'),
    ...columns('BIGINT', 'day'),
    ...columns('VARCHAR', ...slowFields(everyField)),
    ...columns('BIGINT', 'requests', 'input_tokens', 'output_tokens', 'denied', 'throttled', 'failed'),
    ...columns('INTEGER', 'hour_mask'),
    ...columns('BIGINT', 'first_ms', 'last_ms'),
    ...columns('BOOLEAN', 'zoneless'),
    ...columns('BIGINT', ...INDICATORS.map((_, n) => `indicator_${n}`)),
  ],
  /** Distinct rows of side files, with the last day of the newest night that brought them. */
  side: [
    ...columns('UBIGINT', 'row_hash'),
    ...columns('BIGINT', 'day'),
    ...columns('VARCHAR', 'account_raw', ...sideFields),
  ],
  fast: [
    ...columns('VARCHAR', 'account_raw'),
    ...columns('BIGINT', 'day'),
    ...columns('VARCHAR', 'ip_block', 'prompt_hash', 'signature_hash', SOLE_ADDRESS),
    ...columns('BIGINT', 'requests', 'first_ms', 'last_ms'),
  ],
  /** Requests by account and hour since the epoch. */
  account_hour: [
    ...columns('VARCHAR', 'account_raw'),
    ...columns('INTEGER', 'hour'),
    ...columns('INTEGER', 'requests'),
  ],
  /** Hashes of the request ids of the newest two days; the only rows of single requests. */
  recent_id: [...columns('UBIGINT', 'hash'), ...columns('BIGINT', 'day')],
  /** The networks of the latest scan, as JSON. */
  network: [...columns('VARCHAR', 'id', 'document')],
  /** What the order of requests said of a network, by night. */
  order_finding: [
    ...columns('INTEGER', 'night'),
    ...columns('VARCHAR', 'network', 'signal'),
    ...columns('DOUBLE', 'p', 'bits'),
    ...columns('BOOLEAN', 'has_effect'),
    ...columns('INTEGER', 'accounts'),
  ],
} as const satisfies Record<string, readonly Column[]>

export type CaseTable = keyof typeof CASE_TABLES

/** Columns of a table, quoted. */
export const caseColumns = (table: CaseTable, without: readonly string[] = []): readonly string[] =>
  CASE_TABLES[table].filter(({ name }) => !without.includes(name)).map(({ name }) => identifier(name))

/** Makes every table and column that is missing: of a new file all, of an older one what has come since. */
export function caseSchemaSql(database: string): string[] {
  return Object.entries(CASE_TABLES).flatMap(([table, list]) => {
    const definition = list.map(({ name, type }) => `${identifier(name)} ${type}`)
    return [
      `CREATE TABLE IF NOT EXISTS ${database}.${table} (${definition.join(', ')})`,
      ...definition.map((column) => `ALTER TABLE ${database}.${table} ADD COLUMN IF NOT EXISTS ${column}`),
    ]
  })
}

/** An empty table of this shape, for a night without such rows. */
export const emptySql = (table: CaseTable): string =>
  `SELECT ${CASE_TABLES[table].map(({ name, type }) => `NULL::${type} AS ${identifier(name)}`).join(', ')} WHERE FALSE`

/** @returns SQL that reads one value of `meta`, `fallback` where there is none */
export const metaSql = (name: string, fallback: string): string =>
  `SELECT COALESCE((SELECT value FROM ${CASE}.meta WHERE name = ${literal(name)}), ${literal(fallback)})`
