import { ScanError } from '../errors.ts'
import { printable } from '../sources/printable.ts'
import type { Source } from '../sources/source.ts'
import { type Column, foldName, listColumns } from './columns.ts'
import { CANONICAL_FIELDS } from './fields.ts'
import type { FieldMapping, FieldPath } from './format.ts'
import { assertFieldName } from './map-flags.ts'
import { type Matches, matchColumns } from './match-columns.ts'
import { proposeColumns } from './propose.ts'

/** Columns that a message names, and characters of each. */
const SHOWN_COLUMNS = 20
const SHOWN_NAME = 40

/** What is known of a file before its records are read. */
export type DetectSource = Pick<Source, 'name' | 'role' | 'dialect' | 'sample'> & Partial<Pick<Source, 'container'>>

/** Fields that each role cannot do without; of a list within it, one is enough. */
const REQUIRED: Readonly<Record<Source['role'], readonly (readonly string[])[]>> = {
  log: [['account_id'], ['timestamp']],
  edge: [['request_id', 'trace_id', 'account_id']],
  accounts: [['account_id']],
}

/**
 * Finds the canonical fields among the columns of one file: by their own names, then by the aliases of `fields.ts`. All
 * columns that match a field are kept, best first; each column serves one field.
 *
 * Without `account_id`, `account_fingerprint` stands in for it, and `notes` says so.
 *
 * @param overrides column by canonical field (`--map`): a column's exact name, a dotted path, or either as folded
 * @throws ScanError USAGE for an unknown field; INPUT_UNMAPPED for a column that the sample does not have, and for a
 *   file without `account_id` or a log without `timestamp`
 */
export function detectMapping(source: DetectSource, overrides: Readonly<Record<string, string>> = {}): FieldMapping {
  const columns = listColumns(source)
  const mapped = new Map<string, Column>()
  for (const [field, wanted] of Object.entries(overrides)) {
    assertFieldName(field)
    const column = findColumn(columns, wanted)
    if (column === undefined) throw noColumn([source], field, wanted)
    mapped.set(field, column)
  }
  return buildMapping(source, columns, mapped)
}

/**
 * `detectMapping` for all files of a scan. A `--map` column has to be in one file at least; a file without it is mapped
 * as if the flag were not there, since logs and accounts files share the flag.
 *
 * @returns mappings in the order of `sources`
 * @throws as `detectMapping`
 */
export function detectMappings(
  sources: readonly DetectSource[],
  overrides: Readonly<Record<string, string>> = {},
): FieldMapping[] {
  const mappedOf = resolveOverrides(sources, overrides)
  return sources.map((source, i) => mapFile(source, mappedOf[i]))
}

/**
 * The columns that `--map` names, by file and field.
 *
 * @throws ScanError USAGE for an unknown field; INPUT_UNMAPPED for a column that no file has
 */
export function resolveOverrides(
  sources: readonly DetectSource[],
  overrides: Readonly<Record<string, string>>,
): ReadonlyMap<string, Column>[] {
  const columnsOf = sources.map(listColumns)
  const mappedOf = sources.map(() => new Map<string, Column>())
  for (const [field, wanted] of Object.entries(overrides)) {
    assertFieldName(field)
    const found = columnsOf.map((columns) => findColumn(columns, wanted))
    if (found.every((column) => column === undefined)) throw noColumn(sources, field, wanted)
    for (const [i, column] of found.entries()) if (column !== undefined) mappedOf[i]?.set(field, column)
  }
  return mappedOf
}

/** The mapping of one file by the names of its columns. @throws ScanError INPUT_UNMAPPED */
export const mapFile = (source: DetectSource, mapped: ReadonlyMap<string, Column> = new Map()): FieldMapping =>
  buildMapping(source, listColumns(source), mapped)

function findColumn(columns: readonly Column[], wanted: string): Column | undefined {
  const folded = foldName(wanted)
  return (
    columns.find(({ column, path }) => path.length === 0 && column === wanted) ??
    columns.find(({ name }) => name === wanted) ??
    columns.find((column) => column.folded === folded)
  )
}

function buildMapping(
  source: DetectSource,
  columns: readonly Column[],
  mapped: ReadonlyMap<string, Column>,
): FieldMapping {
  const taken = new Set(mapped.values())
  const free = columns.filter((column) => !taken.has(column))
  const matches = matchColumns(source, free)
  for (const [field, column] of mapped) matches.set(field, [column])
  const accountFrom = customerStandsIn(matches)
  const notes = standIn(source, matches)
  const lacking = REQUIRED[source.role].filter((fields) => !fields.some((field) => matches.has(field)))
  const missing = lacking.map((fields) => fields[0]!)
  if (missing.length > 0) throw unmapped(source, columns, { missing, isStrange: matches.size === 0 })
  const fields: Record<string, readonly FieldPath[]> = {}
  for (const { name } of CANONICAL_FIELDS) {
    const found = matches.get(name)
    if (found !== undefined) fields[name] = found.map(({ column, index, path }) => ({ column, index, path }))
  }
  const isCustom = mapped.has('account_id') || mapped.has('timestamp')
  return {
    preset: isCustom ? 'custom' : 'generic',
    fields,
    ...(accountFrom ? { accountFrom: 'customer_id' as const } : {}),
    columnsSeen: columns.map(({ name }) => name),
    notes,
  }
}

/** A payment system's own id of a customer is the account where there is none; another file may say whose it is. */
function customerStandsIn(matches: Matches): boolean {
  const customers = matches.get('customer_id')
  if (matches.has('account_id') || customers === undefined) return false
  matches.set('account_id', customers)
  matches.delete('customer_id')
  return true
}

/** Lets the owner's fingerprint be the account where there is none. Gives the note that says so. */
function standIn({ name }: DetectSource, matches: Matches): string[] {
  const fingerprint = matches.get('account_fingerprint')
  if (matches.has('account_id') || fingerprint === undefined) return []
  matches.set('account_id', fingerprint)
  matches.delete('account_fingerprint')
  return [`'${printable(name)}' has no account_id: account_fingerprint stands in for it`]
}

interface Lack {
  readonly missing: readonly string[]
  /** Not one column has a name that is known. */
  readonly isStrange: boolean
}

function unmapped(source: DetectSource, columns: readonly Column[], { missing, isStrange }: Lack): ScanError {
  const name = printable(source.name)
  if (columns.length === 0) {
    return new ScanError(
      'INPUT_UNMAPPED',
      `'${name}' has no readable record at its beginning, so its columns are not known`,
      'Check that it holds one JSON object a line.',
    )
  }
  const proposals = new Map(proposeColumns(source, missing).map(({ field, column }) => [field, column]))
  const flags = missing.map((field) => `--map ${field}=${flagText(proposals.get(field))}`).join(' ')
  const message = `'${name}' has no column for ${missing.join(' and ')}; ${describeColumns(columns)}`
  const hint = isStrange && proposals.size === 0 ? listHint(source) : null
  const guess = proposals.size > 0 ? ' (a guess from the values)' : ''
  return new ScanError('INPUT_UNMAPPED', message, hint ?? `Say which column it is: ${flags}${guess}`)
}

/** A column's name as it is typed behind `--map`, quoted where a shell would cut it. */
function flagText(column: string | undefined): string {
  if (column === undefined) return 'COLUMN'
  const name = printable(column, SHOWN_NAME)
  return /^[\w.@-]+$/u.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}

function noColumn(sources: readonly DetectSource[], field: string, wanted: string): ScanError {
  const seen = sources.map((source) => `'${printable(source.name)}': ${describeColumns(listColumns(source))}`)
  const message = `--map ${field}: no column '${printable(wanted, SHOWN_NAME)}' in ${seen.slice(0, 3).join('; ')}`
  return new ScanError('INPUT_UNMAPPED', message, 'Name one of the columns, a dotted path for a nested one.')
}

function describeColumns(columns: readonly Column[]): string {
  const names = columns.filter(({ name }) => name !== '').map(({ name }) => printable(name, SHOWN_NAME))
  const more = names.length > SHOWN_COLUMNS ? ` and ${names.length - SHOWN_COLUMNS} more` : ''
  return `columns seen: ${names.slice(0, SHOWN_COLUMNS).join(', ') || 'none'}${more}`
}

/** For a document that holds its records in a list: how to take them out. */
function listHint({ dialect, sample }: DetectSource): string | null {
  if (dialect !== null || sample.length !== 1) return null
  const lists = Object.entries(sample[0] ?? {}).filter(
    ([key, value]) => /^\w{1,40}$/.test(key) && isListOfObjects(value),
  )
  return lists.length === 1
    ? `If the records are in the list, take them out: jq -c '.${lists[0]?.[0]}[]' FILE | distill-scan -`
    : null
}

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null
