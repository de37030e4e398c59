import type { FieldPath } from '../../formats/format.ts'
import { STAND_IN } from '../../formats/reject-reasons.ts'
import { type ColumnType, isDateTime, isDateTime64 } from './column-type.ts'
import { identifier, literal } from './encode.ts'
import { requireFeature } from './server.ts'
import type { Table } from './table.ts'

/**
 * The text of a canonical field as a file of the same rows would hold it: a Nullable(String). An empty text in a column
 * that cannot be NULL is no value, as in a table in text; where NULL is possible, it is an empty text, as in JSON.
 */
export function rawText(table: Table, field: string): string {
  const { standsIn } = table.mapping
  return field === 'account_id' && standsIn === true ? standingIn(table) : ownText(table, field)
}

/** The account by its own id, else by another that the row has. */
function standingIn(table: Table): string {
  const { fields } = table.mapping
  const others = (['customer_id', 'api_key_id'] as const).filter((each) => fields[each] !== undefined)
  const names = others.map((each) => `concat(${literal(STAND_IN[each])}, ${ownText(table, each)})`)
  return `coalesce(${[ownText(table, 'account_id'), ...names, NOTHING].join(', ')})`
}

const NOTHING = 'CAST(NULL AS Nullable(String))'

/** The text at a path, such as those that rows are chosen by. */
export const textOf = (table: Table, path: FieldPath): string => textAt(table, path)

function ownText(table: Table, field: string): string {
  const paths = table.mapping.fields[field] ?? []
  if (paths.length === 0) return NOTHING
  // To the reader of a known product's files an empty text is no value, and the next column is tried.
  const isProduct = table.mapping.standsIn === true
  const texts = paths.map((path) => (isProduct ? `nullIf(${textAt(table, path)}, '')` : textAt(table, path)))
  const value = texts.length === 1 ? texts[0]! : `coalesce(${texts.join(', ')})`
  const { accountFrom } = table.mapping
  return field === 'account_id' && accountFrom !== undefined
    ? `concat(${literal(STAND_IN[accountFrom])}, ${value})`
    : value
}

function textAt(table: Table, { column, path }: FieldPath): string {
  const type = table.columns.get(column) ?? { type: 'String', isNullable: false }
  return path.length === 0 ? columnText(column, type) : partText(table, column, type, path)
}

function columnText(column: string, type: ColumnType): string {
  const name = identifier(column)
  if (type.type === 'String') return type.isNullable ? `toNullable(${name})` : `nullIf(${name}, '')`
  if (type.type.startsWith('FixedString')) return `nullIf(toStringCutToZero(${name}), '')`
  if (isDateTime(type) || isDateTime64(type))
    return `toNullable(concat(replaceOne(toString(${name}, 'UTC'), ' ', 'T'), 'Z'))`
  if (/^(?:Map|Tuple|Nested|JSON|Object)\b/u.test(type.type)) return `toNullable(toJSONString(${name}))`
  return `toNullable(toString(${name}))`
}

/** A part of a column that is JSON in a text, or a type with parts. */
function partText(table: Table, column: string, type: ColumnType, path: readonly string[]): string {
  const name = identifier(column)
  requireFeature(table.server, 'jsonPaths', `'${[column, ...path].join('.')}', a part of a column,`)
  if (type.type.startsWith('Tuple')) {
    const part = path.reduce((inner, key) => `tupleElement(${inner}, ${literal(key)})`, name)
    return `toNullable(toString(${part}))`
  }
  if (type.type.startsWith('Map')) return `nullIf(toString(${name}[${literal(path[0]!)}]), '')`
  if (/^(?:JSON|Object)\b/u.test(type.type)) {
    return `CAST(${[column, ...path].map(identifier).join('.')} AS Nullable(String))`
  }
  const text = type.isNullable ? `ifNull(${name}, '')` : name
  const keys = path.map(literal).join(', ')
  const raw = `JSONExtractRaw(${text}, ${keys})`
  return `multiIf(${raw} IN ('', 'null'), NULL, startsWith(${raw}, '"'), JSONExtractString(${text}, ${keys}), ${raw})`
}
