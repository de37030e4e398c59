import { createHash } from 'node:crypto'
import { printable } from '../../sources/printable.ts'
import type { Source } from '../../sources/source.ts'
import { partsOf } from './client.ts'
import { type ColumnType, parseType } from './column-type.ts'
import { tableName } from './encode.ts'
import type { ClickHouseOptions } from './options.ts'
import type { Remote } from './remote.ts'
import { sampleOf } from './sample.ts'
import { NO_WINDOW } from './table.ts'

/** A table that was looked at: what it is called among the inputs, and its columns. */
export interface OpenedTable {
  readonly source: Source
  /** Quoted, for FROM. */
  readonly from: string
  readonly columns: ReadonlyMap<string, ColumnType>
}

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
  const step = `looking at '${printable(name, 60)}'`
  const described = await remote.rows(step, `DESCRIBE TABLE ${from}`)
  const columns = new Map(
    described.filter(isReadable).map((each) => [String(each.name), parseType(String(each.type))] as const),
  )
  const window = options.window ?? NO_WINDOW
  const sample = await sampleOf(remote, { step, from, role, columns, window: role === 'log' ? window : NO_WINDOW })
  const { address, database } = partsOf(options)
  const { host } = new URL(address)
  const whole = name.includes('.') ? name : `${database}.${name}`
  // With the window also of accounts: what is said of them is read anew each night.
  const asked = JSON.stringify(['clickhouse', host, whole, role, window.sinceMs, window.untilMs])
  return { source: sourceOf(`clickhouse:${host}/${whole}`, role, asked, sample), from, columns }
}

type Row = Readonly<Record<string, unknown>>

/** A column of the kind EPHEMERAL is taken with an INSERT and never kept; a state of an aggregate is no value. */
const isReadable = ({ default_type: kind, type }: Row): boolean =>
  kind !== 'EPHEMERAL' && !/^AggregateFunction\b/u.test(String(type))

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
