import { fastHolding, SOLE_ADDRESS } from './fields.ts'
import { identifier } from './sql.ts'

/**
 * Fast fields that the base step carries along, so that the log is not read once more for them: blocks of addresses as a
 * key, where accounts stay in their blocks, and of other fields the values that a sample keeps, each with its instant, in
 * one text for a row. A list of values would take several times the memory, and none of it can be spilled.
 */

/** A fast field and m, where one value in m is kept, by hash; a kept value keeps all of its holders. 1 keeps all. */
export interface FastField {
  readonly field: string
  readonly keepOneIn: number
}

export interface Carried {
  /** Whether `ip_block` is among the keys of the base step. */
  readonly hasBlocks: boolean
  /** Fields of which values are carried; thinned further once the records are counted. */
  readonly values: readonly FastField[]
}

export const NOTHING_CARRIED: Carried = { hasBlocks: false, values: [] }

/** An IPv6 address is not carried along: its block is a home already. */
export const V4_ONLY = "CASE WHEN NOT contains(ip, ':') THEN ip END"

/** What `roughBlock` cuts off of an address: so short that it fills no memory of its own. */
const LAST_NUMBER = `CASE WHEN contains(ip, ':') THEN NULL WHEN contains(ip, ',') THEN '' ELSE right(ip, strpos(reverse(ip), '.')) END`

/** What is given up where memory does not carry it: the values, which cannot be spilled, then the blocks; `null` if nothing is left. */
export function lessThan({ hasBlocks, values }: Carried): Carried | null {
  if (values.length > 0) return { hasBlocks, values: [] }
  return hasBlocks ? NOTHING_CARRIED : null
}

const textOf = (field: string): string => identifier(`kept_${field}`)

/** Canonical fields that the records must have for it. */
export const carriedFields = ({ hasBlocks, values }: Carried): readonly string[] => [
  ...(hasBlocks ? ['ip'] : []),
  ...values.map(({ field }) => field),
]

/** The same as `roughBlock`, from what it cuts off. */
const REST = "CASE WHEN last_number <> '' THEN left(ip, length(ip) - length(last_number)) ELSE ip END"

interface CarriedSql {
  readonly columns: string
  /** The keys among them. */
  readonly keys: string
  /** Columns of the records that `columns` is made of. */
  readonly parts: string
}

/** Columns of the base step for what is carried, `, … AS …` each. */
export function carriedSql({ hasBlocks, values }: Carried): CarriedSql {
  const blocks = hasBlocks ? `, ${REST} AS ip_block, min(last_number) AS v4_low, max(last_number) AS v4_high` : ''
  const texts = values.map(
    ({ field, keepOneIn }) =>
      `, string_agg(CASE WHEN ${field} IS NOT NULL AND ${isKept(field, keepOneIn)} THEN ${written(field)} END, ${BETWEEN}) AS ${textOf(field)}`,
  )
  const of = hasBlocks ? { keys: ', ip_block', parts: `, ${LAST_NUMBER} AS last_number` } : { keys: '', parts: '' }
  return { columns: blocks + texts.join(''), ...of }
}

/** What stands between two values: the separator of records (ASCII), which is written otherwise inside of one. */
const BETWEEN = 'chr(30)'
/** Digits of an instant in epoch milliseconds, which is positive and before the year 2286. */
const DIGITS = 13

/** An instant and a value. */
const written = (value: string): string => `lpad(ms::VARCHAR, ${DIGITS}, '0') || CASE
    WHEN contains(${value}, ${BETWEEN}) OR contains(${value}, '%') THEN replace(replace(${value}, '%', '%25'), ${BETWEEN}, '%1e')
    ELSE ${value} END`

/** The value in a text like that. */
const readValue = (text: string): string =>
  `replace(replace(substr(${text}, ${DIGITS + 1}), '%1e', ${BETWEEN}), '%25', '%')`

const isKept = (value: string, keepOneIn: number): string =>
  keepOneIn > 1 ? `hash(${value}) % ${keepOneIn} = 0` : 'TRUE'

/** Whether all that is wanted was carried: no value is missing that the sample keeps. */
export const isCarried = ({ hasBlocks, values }: Carried, { field, keepOneIn }: FastField): boolean =>
  field === 'ip' ? hasBlocks : values.some((each) => each.field === field && each.keepOneIn <= keepOneIn)

const columnOf = (field: string): string => (field === 'request_id' ? field : fastHolding(field).name)

/** Columns of the step `fast` for what was carried, quoted. */
export const carriedColumns = (wanted: readonly FastField[]): readonly string[] =>
  wanted.flatMap(({ field }) => [columnOf(field), ...(field === 'ip' ? [SOLE_ADDRESS] : [])]).map(identifier)

/** What the step `fast` has of the wanted fields, from what the base step carried; see `fastSql`. */
export function carriedRowsSql(wanted: readonly FastField[], isByDay: boolean): string[] {
  const base = isByDay ? 'night_base' : 'base'
  const key = isByDay ? 'account_raw, day' : 'account_raw'
  return wanted.map(({ field, keepOneIn }) => {
    if (field === 'ip') {
      return `SELECT ${key}, ip_block, sum(requests)::BIGINT AS requests, min(first_ms) AS first_ms, max(last_ms) AS last_ms,
          CASE WHEN min(v4_low) = max(v4_high) THEN ip_block || min(v4_low) END AS ${SOLE_ADDRESS}
        FROM ${base} WHERE reject IS NULL AND ip_block IS NOT NULL GROUP BY ${key}, ip_block`
    }
    const name = identifier(columnOf(field))
    return `SELECT ${key}, ${name}, count(*) AS requests, min(ms) AS first_ms, max(ms) AS last_ms
      FROM (SELECT ${key}, ${readValue('text')} AS ${name}, left(text, ${DIGITS})::BIGINT AS ms
        FROM (SELECT ${key}, unnest(string_split(${textOf(field)}, ${BETWEEN})) AS text FROM ${base} WHERE reject IS NULL))
      WHERE ${isKept(name, keepOneIn)} GROUP BY ${key}, ${name}`
  })
}

/** Takes the values out of the base step again, once `fast` is made of them. */
export const dropCarriedSql = ({ values }: Carried): string[] =>
  values.map(({ field }) => `ALTER TABLE base DROP COLUMN ${textOf(field)}`)
