import type { FieldPath } from '../../formats/format.ts'
import { STAND_IN } from '../../formats/reject-reasons.ts'
import { type ColumnType, isDateTime, isDateTime64 } from './column-type.ts'
import { identifier, literal } from './encode.ts'
import { jsonPartText } from './json-part.ts'
import { isComposite, isJson, isMap, isTuple, mapTypes, partType } from './part-type.ts'
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
  const whole: Part = { sql: identifier(column), type, name: [column, ...path].join('.') }
  if (path.length === 0) return valueText(table, whole)
  requireFeature(table.server, 'jsonPaths', `'${whole.name}', a part of a column,`)
  return partText(table, whole, path)
}

/** A column, or a part of one. */
interface Part {
  readonly sql: string
  readonly type: ColumnType
  /** As a person writes it. */
  readonly name: string
}

/** The text of a whole value. */
function valueText({ server }: Table, { sql, type }: Part): string {
  if (type.type === 'String') return type.isNullable ? `toNullable(${sql})` : `nullIf(${sql}, '')`
  if (type.type.startsWith('FixedString')) return `nullIf(toStringCutToZero(${sql}), '')`
  if (isDateTime(type) || isDateTime64(type))
    return `toNullable(concat(replaceOne(toString(${sql}, 'UTC'), ' ', 'T'), 'Z'))`
  return isComposite(type) && server.has('jsonTexts')
    ? `toNullable(toJSONString(${sql}))`
    : `toNullable(toString(${sql}))`
}

/** A part of a value that is JSON in a text, or of a type with parts. */
function partText(table: Table, { sql, type, name }: Part, path: readonly string[]): string {
  const [key, ...below] = path
  // Inside a value, as in JSON, an empty text is one.
  const down = (inner: string, its: ColumnType | null): string => {
    const part: Part = { sql: inner, type: asInside(its ?? { type: 'Dynamic', isNullable: true }), name }
    return below.length === 0 ? valueText(table, part) : partText(table, part, below)
  }
  if (key === undefined) return valueText(table, { sql, type, name })
  if (isTuple(type)) return down(`tupleElement(${sql}, ${literal(key)})`, partType(type, [key]))
  if (isMap(type)) {
    const { key: keys, value } = mapTypes(type)
    const wanted = /String/u.test(keys.type) ? literal(key) : `CAST(${literal(key)} AS ${keys.type})`
    return `if(mapContains(${sql}, ${wanted}), ${down(`${sql}[${wanted}]`, value)}, NULL)`
  }
  if (isJson(type)) {
    const at = `${sql}.${path.map(identifier).join('.')}`
    const declared = partType(type, path)
    return declared === null
      ? `CAST(${at} AS Nullable(String))`
      : valueText(table, { sql: at, type: asInside(declared), name })
  }
  return jsonPartText(type.isNullable ? `ifNull(${sql}, '')` : sql, path)
}

const asInside = (type: ColumnType): ColumnType => (type.type === 'String' ? { ...type, isNullable: true } : type)
