import { TEXT_OF } from '../duckdb/fields.ts'
import { mappedTexts } from '../duckdb/indicator-sql.ts'
import { fetchedColumn } from '../duckdb/relation.ts'
import { DAY_MS, HOUR_MS } from '../steps.ts'
import { countDefinitions } from './count.ts'
import { indicatorColumns, wordsDefinition } from './indicators.ts'
import { instantDefinitions } from './instant.ts'
import { rawText } from './raw-text.ts'
import { rowConditions } from './row-conditions.ts'
import { type Definition, selectSql } from './select.ts'
import { hasWindow, type Table } from './table.ts'
import { templateHash } from './text-hash.ts'

export const MEASURES = ['input_tokens', 'output_tokens', 'status'] as const

/** Name under which the raw text of a field is known in a query. */
export const rawName = fetchedColumn

/** The raw text of a field; a hash that is not exported is made of its text. */
export function rawDefinition(table: Table, field: string): Definition {
  const text = TEXT_OF[field]
  const raw = rawText(table, field)
  if (text === undefined || table.mapping.fields[text] === undefined) return [rawName(field), raw]
  const hash = templateHash(rawText(table, text), table)
  return [rawName(field), table.mapping.fields[field] === undefined ? hash : `coalesce(${raw}, ${hash})`]
}

export const accountDefinition = (table: Table): Definition => ['ds_account', rawText(table, 'account_id')]

/**
 * Step `base`: groups of account, day and slow values, with requests by hour of the day; of stamps and counts that only
 * DuckDB can tell, the texts.
 */
export function baseStepSql(table: Table, slow: readonly string[], fields: ReadonlySet<string>): string {
  const measures = MEASURES.filter((each) => fields.has(each))
  const texts = mappedTexts(fields)
  const definitions = [
    accountDefinition(table),
    ...instantDefinitions(table),
    ['ds_day', `if(ds_ms < 0, -1, intDiv(ds_ms, ${DAY_MS}))`] as const,
    ['ds_hour', `toUInt8(intDiv(ds_ms, ${HOUR_MS}) % 24)`] as const,
    ...slow.map((field) => rawDefinition(table, field)),
    ...measures.flatMap((field) => countDefinitions(table, field)),
    ...oddTokens(fields),
    ...(texts.length > 0 ? textDefinitions(table, texts) : []),
  ]
  const keys = ['ds_account', 'ds_day', 'ds_odd', ...slow.map(rawName), ...oddKeys(fields)]
  return selectSql({
    definitions,
    columns: [
      ...keys,
      'count() AS ds_requests',
      ...(['input_tokens', 'output_tokens'] as const)
        .filter((each) => fields.has(each))
        .map((each) => `sum(if(ds_${each} < 0, 0, ds_${each})) AS ds_sum_${each}`),
      ...(fields.has('status') ? STATUS_COLUMNS : []),
      'sumMap([ds_hour], [toUInt64(1)]) AS ds_hours', // two lists: hours that have any, and their requests
      'min(ds_ms) AS ds_first_ms',
      'max(ds_ms) AS ds_last_ms',
      'max(ds_zoneless) AS ds_any_zoneless',
      ...(texts.length > 0 ? indicatorColumns(fields) : []),
    ],
    from: table.from,
    where: ['isNotNull(ds_account)', ...rowConditions(table)],
    groupBy: keys,
  })
}

const textDefinitions = (table: Table, texts: readonly string[]): Definition[] => {
  const raw = texts.map((text): Definition => [`ds_text_${text}`, rawText(table, text)])
  return [
    ...raw,
    wordsDefinition(
      table,
      raw.map(([name]) => name),
    ),
  ]
}

/** Two counts of one request are told apart from others together, for a wording may ask for their ratio. */
function oddTokens(fields: ReadonlySet<string>): Definition[] {
  const tokens = ['input_tokens', 'output_tokens'].filter((each) => fields.has(each))
  const isOdd = tokens.map((each) => `isNotNull(ds_${each}_odd)`).join(' OR ')
  return tokens.map((each) => [`ds_key_${each}`, `if(${isOdd}, ds_${each}_raw, NULL)`] as const)
}

/** Keys by which odd counts are kept apart: texts, NULL for all that the server could read. */
export const oddKeys = (fields: ReadonlySet<string>): string[] => [
  ...['input_tokens', 'output_tokens'].filter((each) => fields.has(each)).map((each) => `ds_key_${each}`),
  ...(fields.has('status') ? ['ds_status_odd'] : []),
]

const STATUS_COLUMNS = [
  'countIf(ds_status IN (401, 403)) AS ds_denied',
  'countIf(ds_status = 429) AS ds_throttled',
  'countIf(ds_status BETWEEN 500 AND 599) AS ds_failed',
]

/** Records without an account, and those of them in which nothing is; of a window, by stamps that are to be read here. */
export function nobodyStepSql(table: Table, fields: readonly string[]): string {
  const raw = fields.filter((field) => table.mapping.fields[field] !== undefined)
  const isEmpty = raw.map((field) => `isNull(${rawText(table, field)})`).join(' AND ')
  const keys = hasWindow(table.window) ? ['ds_odd'] : []
  return selectSql({
    definitions: [accountDefinition(table), ...instantDefinitions(table)],
    columns: [
      `if(${isEmpty === '' ? '1' : isEmpty}, 1, 0) AS ds_is_empty`,
      ...keys,
      'min(ds_ms) AS ds_first_ms',
      'count() AS ds_requests',
    ],
    from: table.from,
    where: ['isNull(ds_account)', ...rowConditions(table)],
    groupBy: ['ds_is_empty', ...keys],
  })
}
