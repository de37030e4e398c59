import type { FieldMapping, FieldPath } from '../../formats/format.ts'
import { STAND_IN } from '../../formats/reject-reasons.ts'
import type { CsvDialect, Source } from '../../sources/source.ts'
import type { MappedSource } from '../engine.ts'
import { identifier, literal } from './sql.ts'

/** What DuckDB's readers call the compressions. */
const COMPRESSION = { none: "'uncompressed'", gzip: "'gzip'", zstd: "'zstd'" } as const

/** Bytes; a longer JSON record is a reject. DuckDB's own default, written down because it bounds memory. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024

/**
 * The engine's type of each field that may be read as a number (`numbers.ts`). A DOUBLE is exact for whole seconds and
 * milliseconds up to the year 2100.
 */
export const NUMBER_TYPES: Readonly<Record<string, string>> = {
  timestamp: 'DOUBLE',
  input_tokens: 'UINTEGER',
  output_tokens: 'UINTEGER',
  status: 'UINTEGER',
}

/**
 * A SELECT over one file that gives `source` and the wanted canonical fields as raw text, or those of `mapped.numbers` as
 * numbers, one row per record. A record that cannot be parsed is a row of NULLs, so that nothing is lost before it is counted.
 */
export function relationSql(mapped: MappedSource, number: number, fields: readonly string[]): string {
  const { source, mapping } = mapped
  if (source.container === 'parquet') return composedSql(mapped, fields)
  if (source.container === 'table') return fetchedSql(mapped, number, fields)
  if (source.container === 'ndjson' && needsCare(mapped)) return carefulSql(mapped, number, fields)
  const columns = fields.map((field) => {
    const paths = mapping.fields[field] ?? []
    const value = paths.length === 0 ? 'NULL::VARCHAR' : expression(source, paths, mapping)
    return `${named(field, value, mapping)} AS ${identifier(field)}`
  })
  const used = fields.flatMap((field) => mapping.fields[field] ?? [])
  const reader = source.container === 'ndjson' ? ndjsonReader(mapped, used) : csvReader(source, source.dialect!)
  return `SELECT ${number} AS source, ${columns.join(', ')} FROM ${reader}`
}

/** What was composed of several sources knows of each row which one it is of. */
const composedSql = ({ source, mapping }: MappedSource, fields: readonly string[]): string =>
  `SELECT source, ${fields.map((field) => `${mapping.fields[field] === undefined ? 'NULL::VARCHAR' : identifier(field)} AS ${identifier(field)}`).join(', ')}
    FROM read_parquet([${literal(source.path)}], hive_partitioning=false)`

/** Columns of a copy of a table's rows: raw text of a canonical field, and how many rows are alike. */
export const fetchedColumn = (field: string): string => `ds_raw_${field}`
export const ALIKE = 'ds_records'

/** Rows of a table elsewhere that were brought here, rows that are alike once. */
const fetchedSql = ({ source, mapping }: MappedSource, number: number, fields: readonly string[]): string => {
  const read = [
    ...Object.keys(mapping.fields).map((field) => `${identifier(fetchedColumn(field))}: 'VARCHAR'`),
    `${ALIKE}: 'BIGINT'`,
  ]
  const columns = fields.map((field) => {
    const value = mapping.fields[field] === undefined ? 'NULL::VARCHAR' : identifier(fetchedColumn(field))
    return `${value} AS ${identifier(field)}`
  })
  return `SELECT ${number} AS source, ${columns.join(', ')} FROM ${fetchedRows(source.path, read.join(', '))}, range(${ALIKE})`
}

/** @param columns names and types as `read_json` takes them */
export const fetchedRows = (path: string, columns: string): string =>
  `read_json(${literal(path)}, format='newline_delimited', columns={${columns}}, compression='uncompressed',
    maximum_object_size=${MAX_RECORD_BYTES}, hive_partitioning=false)`

/** An account that is only known by another id is called so, until another file says whose that is. */
const named = (field: string, value: string, { accountFrom }: FieldMapping): string =>
  field === 'account_id' && accountFrom !== undefined ? `${literal(STAND_IN[accountFrom])} || ${value}` : value

/** DuckDB's column names do not differ by case, so keys that do cannot be columns of one reader. */
export function needsCare({ source, mapping }: MappedSource): boolean {
  const names = new Set(Object.values(mapping.fields).flatMap((paths) => paths.map(({ column }) => column)))
  return source.isCareful === true || new Set([...names].map((name) => name.toLowerCase())).size < names.size
}

/**
 * The same, each line by itself. The quick reader reads on behind the end of a broken line: what was cut behind a colon
 * takes the good record below it along. This one costs 1.7 times as much and gives NULL for exactly the broken lines.
 */
function carefulSql({ source, mapping }: MappedSource, number: number, fields: readonly string[]): string {
  const pointers: string[] = []
  const columns = fields.map((field) => {
    const parts = (mapping.fields[field] ?? []).map(
      ({ column, path }) => `v[${pointers.push(jsonPointer([column, ...path]))}]`,
    )
    const value = parts.length > 1 ? `COALESCE(${parts.join(', ')})` : (parts[0] ?? 'NULL::VARCHAR')
    return `${named(field, value, mapping)} AS ${identifier(field)}`
  })
  return `SELECT ${number} AS source, ${columns.join(', ')}
    FROM (SELECT json_extract_string(json, [${pointers.map(literal).join(', ')}]) AS v
      FROM read_ndjson_objects(${pathLiteral(source.path)}, ignore_errors=true,
        compression=${COMPRESSION[source.compression]}, maximum_object_size=${MAX_RECORD_BYTES}, hive_partitioning=false))`
}

/** The one column that fills a field as it is, not by a part of it; `null` where there are several, or none. */
export function flatColumn(mapping: FieldMapping, field: string): string | null {
  const [path, ...others] = mapping.fields[field] ?? []
  return path === undefined || others.length > 0 || path.path.length > 0 ? null : path.column
}

/** All sources as one relation, in the order given. */
export const unionSql = (sources: readonly MappedSource[], fields: readonly string[]): string =>
  sources.map((each, number) => relationSql(each, number, fields)).join('\nUNION ALL\n')

function expression(source: Source, paths: readonly FieldPath[], mapping: FieldMapping): string {
  const json = source.container === 'ndjson' ? nestedColumns(Object.values(mapping.fields).flat()) : new Set<string>()
  const parts = paths.map((path) => {
    if (source.container === 'csv') return `NULLIF(${identifier(csvColumn(path.index))}, '')`
    if (!json.has(path.column)) return identifier(path.column)
    return `json_extract_string(${identifier(path.column)}, ${literal(jsonPointer(path.path))})`
  })
  return parts.length === 1 ? parts[0]! : `COALESCE(${parts.join(', ')})`
}

/** RFC 6901, in which a star is a key like any other. */
const jsonPointer = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** DuckDB takes a path for a pattern: each of its special characters is put into a class of its own. */
export const plainPath = (path: string): string => path.replace(/[*?[]/g, (special) => `[${special}]`)
const pathLiteral = (path: string): string => literal(plainPath(path))

/** Top-level keys of which a part is wanted: read as JSON, so that a nested value is parsed once. */
const nestedColumns = (paths: readonly FieldPath[]): ReadonlySet<string> =>
  new Set(paths.filter((path) => path.path.length > 0).map((path) => path.column))

function ndjsonReader({ source, mapping, numbers, parts }: MappedSource, used: readonly FieldPath[]): string {
  const nested = nestedColumns(used)
  const numeric = new Map(
    [...(numbers ?? [])].map((field) => [mapping.fields[field]![0]!.column, NUMBER_TYPES[field]!]),
  )
  const names = [...new Set(used.map((path) => path.column))]
  const columns = names.map(
    (name) => `${identifier(name)}: ${nested.has(name) ? "'JSON'" : literal(numeric.get(name) ?? 'VARCHAR')}`,
  )
  const files = (parts ?? [source.path]).map(pathLiteral).join(', ')
  return `read_json([${files}], format='newline_delimited', columns={${columns.join(', ')}},
    ignore_errors=true, compression=${COMPRESSION[source.compression]}, maximum_object_size=${MAX_RECORD_BYTES},
    hive_partitioning=false)`
}

/** Columns are named by position: headers may repeat, be empty, or hold anything. */
const csvColumn = (index: number): string => `c${index}`

/** DuckDB's own choice is sixteen times the longest line, 256 MiB for each buffer; below twice the line it loses records. */
const CSV_BUFFER_BYTES = 2 * MAX_RECORD_BYTES

/**
 * Strict on purpose: the lenient modes of the reader drop records without a word (an open quote, an extra field).
 * Every irregular record lands in `reject_errors`, and a file with any is read again by the careful reader.
 */
function csvReader(source: Source, dialect: CsvDialect): string {
  const columns = dialect.header.map((_, index) => `${identifier(csvColumn(index))}: 'VARCHAR'`)
  return `read_csv(${pathLiteral(source.path)}, auto_detect=false, header=false, skip=${dialect.headerLines},
    columns={${columns.join(', ')}}, delim=${literal(dialect.delimiter)}, quote=${literal(dialect.quote)},
    escape=${literal(dialect.quote)}, compression=${COMPRESSION[source.compression]}, store_rejects=true, rejects_limit=0,
    max_line_size=${MAX_RECORD_BYTES}, buffer_size=${CSV_BUFFER_BYTES}, hive_partitioning=false)`
}
