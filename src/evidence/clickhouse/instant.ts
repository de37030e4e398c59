import { isDateTime, isDateTime64, isWhole } from './column-type.ts'
import { identifier, literal } from './encode.ts'
import { rawText } from './raw-text.ts'
import type { Definition } from './select.ts'
import { requireFeature } from './server.ts'
import type { Table } from './table.ts'

/**
 * Instants on the server. What it reads, it reads as `duckdb/canonical-instant.ts` does; every other stamp travels as
 * text (`ds_odd`) and is read here by that very SQL, so that both engines agree on all.
 */

/** Epoch milliseconds between which an instant is plausible: 1973-03-03 to 2100-01-01. */
const MIN_MS = '100000000000'
const MAX_MS = '4102444800000'

/** Characters of a stamp that is brought back as it is; no form is longer. */
const ODD_CHARACTERS = 100

/**
 * `ds_ms`: epoch milliseconds, or -1 where the server cannot tell; `ds_odd`: then the stamp as it is; `ds_zoneless`: 1
 * for a text without a zone.
 */
export function instantDefinitions(table: Table): readonly Definition[] {
  const paths = table.mapping.fields.timestamp ?? []
  const only = paths.length === 1 && paths[0]!.path.length === 0 ? table.columns.get(paths[0]!.column) : undefined
  const name = only === undefined ? '' : identifier(paths[0]!.column)
  const raw: Definition = ['ds_stamp', rawText(table, 'timestamp')]
  const odd: Definition = ['ds_odd', `if(ds_ms >= 0, NULL, substring(ds_stamp, 1, ${ODD_CHARACTERS}))`]
  const whole = (sql: string): readonly Definition[] => [raw, ['ds_ms', plausible(sql)], odd, ['ds_zoneless', '0']]
  if (only !== undefined && isDateTime(only)) return whole(`toInt64(ifNull(toUnixTimestamp(${name}), 0)) * 1000`)
  if (only !== undefined && isDateTime64(only)) {
    requireFeature(table.server, 'dateTime64', 'a column of type DateTime64')
    return whole(`ifNull(toUnixTimestamp64Milli(${name}), 0)`)
  }
  if (only !== undefined && isWhole(only)) {
    return [
      raw,
      ['ds_number', `toInt64(ifNull(${name}, 0))`],
      ['ds_ms', plausible(ofNumber('ds_number'))],
      odd,
      ['ds_zoneless', '0'],
    ]
  }
  return [raw, ...ofText(table), odd]
}

const plausible = (ms: string): string => `if((${ms}) BETWEEN ${MIN_MS} AND ${MAX_MS}, ${ms}, -1)`

/** Seconds, milliseconds, microseconds, FILETIME, .NET ticks and nanoseconds, told apart by size. */
const ofNumber = (n: string): string => `multiIf(${n} < 100000000, -1, ${n} < 100000000000, ${n} * 1000,
    ${n} < 100000000000000, ${n}, ${n} < 100000000000000000, intDiv(${n}, 1000),
    ${n} BETWEEN 122000000000000000 AND 143000000000000000, intDiv(${n}, 10000) - 11644473600000,
    ${n} BETWEEN 627000000000000000 AND 647000000000000000, intDiv(${n}, 10000) - 62135596800000,
    ${n} < 9200000000000000000, intDiv(${n}, 1000000), -1)`

const DIGITS = '^[0-9]{9,19}$'
/** Seconds with a fraction, 2004-11 to 2033. */
const FRACTION = '^(1[1-9]|20)[0-9]{8}[.][0-9]{1,9}$'
/** The usual forms of ISO 8601, to the second; a leap second is none of them. */
const ISO =
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?'
const ZONE = '([zZ]|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)'

function ofText({ isUtc }: Table): readonly Definition[] {
  const part = (from: number, length: number): string => `toInt64OrZero(substring(ds_t, ${from}, ${length}))`
  const [y, mo, d] = ['ds_y', 'ds_mo', 'ds_d']
  return [
    ['ds_t', `ifNull(ds_stamp, '')`],
    ['ds_number', 'toInt64OrZero(ds_t)'],
    [y!, part(1, 4)],
    [mo!, part(6, 2)],
    [d!, part(9, 2)],
    ['ds_offset_text', `extract(ds_t, ':[0-9]{2}(?:[.][0-9]+)?([+-][0-9]{2}:?[0-9]{0,2})$')`],
    ['ds_offset', offsetOf('ds_offset_text')],
    ['ds_is_iso', `match(ds_t, ${literal(`${ISO}${ZONE}${isUtc ? '?' : ''}$`)}) AND ds_d <= ${lastDay}`],
    [
      'ds_iso',
      `((${daysSql} * 24 + ${part(12, 2)}) * 60 + ${part(15, 2)} - ds_offset) * 60000 + ${part(18, 2)} * 1000 + toInt64OrZero(substring(concat(extract(ds_t, '[.]([0-9]+)'), '000'), 1, 3))`,
    ],
    [
      'ds_read',
      `multiIf(match(ds_t, ${literal(DIGITS)}), ${ofNumber('ds_number')}, match(ds_t, ${literal(FRACTION)}), ${fractionSql}, ds_is_iso, ds_iso, -1)`,
    ],
    ['ds_ms', plausible('ds_read')],
    ['ds_zoneless', `if(ds_ms >= 0 AND ds_is_iso AND ds_offset_text = '' AND NOT match(ds_t, '[zZ]$'), 1, 0)`],
  ]
}

/** Minutes east of Greenwich. */
const offsetOf = (text: string): string => `if(${text} = '', 0, if(substring(${text}, 1, 1) = '-', -1, 1)
    * (toInt64OrZero(substring(${text}, 2, 2)) * 60 + toInt64OrZero(replaceAll(substring(${text}, 4, 3), ':', ''))))`

const lastDay = `multiIf(ds_mo = 2, if(ds_y % 4 = 0 AND (ds_y % 100 <> 0 OR ds_y % 400 = 0), 29, 28), ds_mo IN (4, 6, 9, 11), 30, 31)`

/**
 * Days since the epoch of a date, by whole numbers alone, since functions for dates differ by release. Howard Hinnant,
 * chrono-Compatible Low-Level Date Algorithms (2013), days_from_civil.
 */
const year = '(ds_y - if(ds_mo <= 2, 1, 0))'
const daysSql = `(${year} * 365 + intDiv(${year}, 4) - intDiv(${year}, 100) + intDiv(${year}, 400)
    + intDiv(153 * (ds_mo + if(ds_mo > 2, -3, 9)) + 2, 5) + ds_d - 719469)`

/**
 * `floor(n * 1000)` of the nearest double of the text, which is what DuckDB reckons: for n in [2^30, 2^31) a double is a
 * multiple of 2^-22, for the product in [2^40, 2^41) one of 2^-12. Whole numbers reckon that exactly on any server.
 */
const fraction = `extract(ds_t, '[.]([0-9]+)')`
const scale = `multiIf(${Array.from({ length: 8 }, (_, i) => `length(${fraction}) = ${i + 1}, ${10 ** (i + 1)}`).join(', ')}, 1000000000)`
const multiple = `(toInt64OrZero(substring(ds_t, 1, 10)) * 4194304 + intDiv(toInt64OrZero(${fraction}) * 4194304 + intDiv(toInt64(${scale}), 2), toInt64(${scale})))`
const fractionSql = `intDiv(intDiv(${multiple} * 1000 + 512, 1024), 4096)`
