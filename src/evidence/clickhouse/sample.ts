import { type Column, listColumns } from '../../formats/columns.ts'
import { canonicalField } from '../../formats/fields.ts'
import type { FieldMapping } from '../../formats/format.ts'
import { matchColumns } from '../../formats/match-columns.ts'
import { isSecretName } from '../../formats/values/secrets.ts'
import type { Source } from '../../sources/source.ts'
import { type ColumnType, isDateTime, isDateTime64 } from './column-type.ts'
import { identifier, literal } from './encode.ts'
import { isComposite } from './part-type.ts'
import type { Remote } from './remote.ts'
import { windowConditions } from './row-conditions.ts'
import type { Window } from './table.ts'

/** Rows that are looked at to find what is in columns of JSON; they are recognised by, and kept nowhere. */
const SAMPLE_ROWS = 100
/** Characters of a text, also of one in JSON: enough for a hash, an address or a stamp. */
const SAMPLE_CHARACTERS = 200
/** Bytes of JSON whose texts are cut; what is longer is cut as a text, and not looked into. */
const SAMPLE_JSON_BYTES = 65_536

type Row = Readonly<Record<string, unknown>>

export interface Sampled {
  /** What is said of the query. */
  readonly step: string
  /** Quoted, for FROM. */
  readonly from: string
  readonly role: 'log' | 'accounts'
  readonly columns: ReadonlyMap<string, ColumnType>
  readonly window: Window
}

/**
 * Looks at some rows as at the beginning of a file: those of the window, so that old parts stay closed, or any where it has
 * none. Columns named like secrets are not read, and are empty; of prompts only the keys are, where they are JSON.
 */
export async function sampleOf(remote: Remote, sampled: Sampled): Promise<readonly Row[]> {
  const { columns, from, step } = sampled
  const names = [...columns.keys()]
  const fieldOf = fieldsByName(sampled)
  const read = names.filter((name) => !isSecretName(name))
  const isPrompt = (name: string): boolean => canonicalField(fieldOf.get(name) ?? '')?.role === 'text'
  const empty = Object.fromEntries(names.map((name) => [name, null]))
  if (read.length === 0) return [empty]
  const list = read.map(
    (name, i) => `${sampleText(identifier(name), columns.get(name)!, isPrompt(name), remote)} AS ds_${i}`,
  )
  const sql = (where: readonly string[]): string =>
    `SELECT ${list.join(', ')} FROM ${from}${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''} LIMIT ${SAMPLE_ROWS}`
  const ask = (where: readonly string[]) => remote.rows(step, sql(where))
  const inside = windowOf(sampled, fieldOf)
  let rows = await ask(inside)
  if (rows.length === 0 && inside.length > 0) rows = await ask([])
  if (rows.length === 0) return [empty]
  const texts = rows.map((row) => ({ ...empty, ...Object.fromEntries(read.map((name, i) => [name, row[`ds_${i}`]])) }))
  const records = texts.map((row) => mapped(row, (name, value) => parsed(value, columns.get(name)!)))
  return withWholeTexts(
    records,
    texts,
    read.filter((name) => columns.get(name)!.type === 'String' && fieldOf.has(name)),
  )
}

/**
 * A text with a known name is a value of its own, as in a file, also where all that are seen hold JSON: another record has
 * such texts as they are.
 */
function withWholeTexts(records: readonly Row[], texts: readonly Row[], names: readonly string[]): readonly Row[] {
  const isLost = (name: string): boolean =>
    records.some((record) => typeof record[name] === 'object' && record[name] !== null) &&
    records.every((record) => typeof record[name] !== 'string')
  const lost = names.filter(isLost)
  if (lost.length === 0) return records
  const textOf = (name: string): unknown => texts.map((row) => row[name]).find((value) => typeof value === 'string')
  return [...records, mapped(records[0]!, (name, value) => (lost.includes(name) ? textOf(name) : value))]
}

const mapped = (row: Row, to: (name: string, value: unknown) => unknown): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, to(name, value)]))

/** What the columns are by their names alone. */
function fieldsByName({ role, columns }: Sampled): ReadonlyMap<string, string> {
  const source: Pick<Source, 'role' | 'dialect' | 'sample'> = {
    role,
    dialect: null,
    sample: [Object.fromEntries([...columns.keys()].map((name) => [name, null]))],
  }
  const matches = [...matchColumns(source, listColumns(source))]
  return new Map(matches.flatMap(([field, found]) => found.map(({ column }: Column) => [column, field] as const)))
}

function windowOf({ columns, window }: Sampled, fieldOf: ReadonlyMap<string, string>): readonly string[] {
  const paths = [...fieldOf].flatMap(([column, field]) =>
    field === 'timestamp' ? [{ column, index: -1, path: [] }] : [],
  )
  const mapping: FieldMapping = { preset: 'generic', fields: { timestamp: paths }, columnsSeen: [], notes: [] }
  return windowConditions({ mapping, columns, window })
}

function sampleText(name: string, type: ColumnType, isPrompt: boolean, { server }: Remote): string {
  const json = (text: string): string => shortJson(isPrompt ? withoutTexts(text) : text)
  if (isDateTime(type) || isDateTime64(type)) return `concat(toString(${name}, 'UTC'), 'Z')`
  if (isComposite(type)) return server.has('jsonTexts') ? json(`toJSONString(${name})`) : name
  if (type.type !== 'String') return name
  const other = isPrompt ? 'NULL' : `substringUTF8(${name}, 1, ${SAMPLE_CHARACTERS})`
  return `if(substring(${name}, 1, 1) = ${literal('{')}, ${json(name)}, ${other})`
}

const TEXT = '"(?:\\\\.|[^"\\\\])*"'

/** JSON with its keys, and with its texts empty. */
const withoutTexts = (json: string): string =>
  [
    [`(:\\s*)${TEXT}`, '\\1""'],
    [`\\[\\s*${TEXT}(?:\\s*,\\s*${TEXT})*\\s*\\]`, '[]'],
  ].reduce((sql, [from, to]) => `replaceRegexpAll(${sql}, ${literal(from!)}, ${literal(to!)})`, json)

/** A long text in JSON, of which the beginning is kept; an escape stays whole. */
const LONG_TEXT = `"((?:\\\\u[0-9a-fA-F]{4}|\\\\[^u]|[^"\\\\]){${SAMPLE_CHARACTERS}})(?:\\\\.|[^"\\\\])*"`

function shortJson(text: string): string {
  const short = `replaceRegexpAll(${text}, ${literal(LONG_TEXT)}, ${literal('"\\1"')})`
  const isShort = `length(${short}) <= ${SAMPLE_JSON_BYTES}`
  return `if(${isShort}, ${short}, substringUTF8(${short}, 1, ${SAMPLE_CHARACTERS}))`
}

/** A text that holds an object is looked into, as a nested record is. */
function parsed(value: unknown, type: ColumnType): unknown {
  if (typeof value !== 'string' || !(value.startsWith('{') || (value.startsWith('[') && isComposite(type))))
    return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
