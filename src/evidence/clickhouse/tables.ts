import { createHash } from 'node:crypto'
import type { Source } from '../../sources/source.ts'
import { partsOf } from './client.ts'
import { type ColumnType, isDateTime, isDateTime64, parseType } from './column-type.ts'
import { identifier, literal, tableName } from './encode.ts'
import type { ClickHouseOptions } from './options.ts'
import type { Remote } from './remote.ts'
import { NO_WINDOW } from './table.ts'

/** A table that was looked at: what it is called among the inputs, and its columns. */
export interface OpenedTable {
  readonly source: Source
  /** Quoted, for FROM. */
  readonly from: string
  readonly columns: ReadonlyMap<string, ColumnType>
}

/** Rows that are looked at to find what is in columns of JSON; they are recognised by, and kept nowhere. */
const SAMPLE_ROWS = 100
/** Characters of a text that is no JSON: enough for a hash, an address or a stamp. */
const SAMPLE_CHARACTERS = 200

/**
 * Looks at the tables as at the beginning of a file. @throws ScanError for a table that is not there
 */
export async function openTables(remote: Remote, options: ClickHouseOptions): Promise<readonly OpenedTable[]> {
  const log = await openTable(remote, options, options.table, 'log')
  if (options.accountsTable === undefined) return [log]
  return [log, await openTable(remote, options, options.accountsTable, 'accounts')]
}

async function openTable(
  remote: Remote,
  options: ClickHouseOptions,
  name: string,
  role: 'log' | 'accounts',
): Promise<OpenedTable> {
  const from = tableName(name)
  const described = await remote.rows(`looking at the table '${name}'`, `DESCRIBE TABLE ${from}`)
  const columns = new Map(described.map((each) => [String(each.name), parseType(String(each.type))]))
  const sample = await sampleOf(remote, from, columns)
  const { sinceMs, untilMs } = role === 'log' ? (options.window ?? NO_WINDOW) : NO_WINDOW
  const whole = name.includes('.') ? name : `${partsOf(options).database}.${name}`
  const asked = JSON.stringify(['clickhouse', whole, role, sinceMs, untilMs])
  return { source: sourceOf(`clickhouse:${whole}`, role, asked, sample), from, columns }
}

type Row = Readonly<Record<string, unknown>>

async function sampleOf(remote: Remote, from: string, columns: ReadonlyMap<string, ColumnType>): Promise<Row[]> {
  const names = [...columns.keys()]
  const list = names.map((name, i) => `${sampleText(name, columns.get(name)!)} AS ds_${i}`)
  const rows = await remote.rows('looking at the table', `SELECT ${list.join(', ')} FROM ${from} LIMIT ${SAMPLE_ROWS}`)
  if (rows.length === 0) return [Object.fromEntries(names.map((name) => [name, null]))]
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, parsed(row[`ds_${i}`])])))
}

function sampleText(column: string, type: ColumnType): string {
  const name = identifier(column)
  if (isDateTime(type) || isDateTime64(type)) return `concat(toString(${name}, 'UTC'), 'Z')`
  if (type.type !== 'String') return name
  return `if(substring(${name}, 1, 1) = ${literal('{')}, ${name}, substringUTF8(${name}, 1, ${SAMPLE_CHARACTERS}))`
}

/** A text that holds an object is looked into, as a nested record is. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{')) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** What stands in the report for the bytes of a file is what was asked of the table. */
function sourceOf(name: string, role: 'log' | 'accounts', asked: string, sample: readonly Row[]): Source {
  const sha256 = Promise.resolve(createHash('sha256').update(asked).digest('hex'))
  const packing = { compression: 'none', layers: [], expansion: 1, encoding: 'utf-8', notInPlace: null } as const
  const form = { container: 'table', dialect: null, lineFormat: null, envelope: null } as const
  return { name, path: '', role, bytes: 0, sha256, ...packing, ...form, sample }
}

/** A table that nobody has looked at, with the columns of a file's first records: whole numbers, and texts. */
export function tableOfSample(name: string, { sample, role }: Source): OpenedTable {
  const names = new Set(sample.flatMap((record) => Object.keys(record)))
  const columns = new Map([...names].map((column) => [column, typeOf(sample.map((record) => record[column] ?? null))]))
  const source = sourceOf(`clickhouse:${name}`, role === 'accounts' ? role : 'log', name, sample)
  return { source, from: tableName(name), columns }
}

const typeOf = (values: readonly unknown[]): ColumnType => {
  const isWhole = values.every((value) => value === null || Number.isSafeInteger(value))
  return { type: isWhole ? 'Int64' : 'String', isNullable: true }
}
