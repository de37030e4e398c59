import type { FastField } from '../duckdb/carried.ts'
import { DAY_MS } from '../steps.ts'
import { accountDefinition, rawDefinition, rawName } from './base-step.ts'
import { instantDefinitions } from './instant.ts'
import { rowConditions } from './row-conditions.ts'
import { type Definition, selectSql } from './select.ts'
import type { Table } from './table.ts'

/**
 * Step `fast` for one field: pairs of account and value. Each field is a query of its own, for a store of columns reads
 * only those that it names. A sample is drawn by a hash: a kept value keeps all of its holders.
 */
export function fastStepSql(table: Table, { field, keepOneIn }: FastField, isByDay: boolean): string {
  const definitions = [
    accountDefinition(table),
    ...instantDefinitions(table),
    ['ds_day', `if(ds_ms < 0, -1, intDiv(ds_ms, ${DAY_MS}))`] as const,
    ...valueDefinitions(table, field),
  ]
  const keys = [
    'ds_account',
    ...(isByDay ? ['ds_day'] : []),
    'ds_value',
    ...(field === 'ip' ? ['ds_whole'] : []),
    'ds_odd',
  ]
  return selectSql({
    definitions,
    columns: [
      ...keys,
      'count() AS ds_requests',
      'min(ds_ms) AS ds_first_ms',
      'max(ds_ms) AS ds_last_ms',
      ...(field === 'ip'
        ? ['min(ds_v4) AS ds_least_v4', 'if(min(ds_v4) = max(ds_v4), NULL, max(ds_v4)) AS ds_other_v4']
        : []),
    ],
    from: table.from,
    where: [
      'isNotNull(ds_account)',
      '(ds_ms >= 0 OR isNotNull(ds_odd))', // what has no stamp at all must not hide among those that have one
      field === 'ip' ? `isNotNull(${rawName('ip')})` : 'isNotNull(ds_value)',
      ...(keepOneIn > 1 ? [sampled(keepOneIn)] : []),
      ...rowConditions(table),
    ],
    groupBy: keys,
  })
}

/** One value in m, by the lower half of its MD5: what `md5_number_lower` of DuckDB is. */
const sampled = (m: number): string => `reinterpretAsUInt64(substring(MD5(assumeNotNull(ds_value)), 9, 8)) % ${m} = 0`

/**
 * `ds_value`: what is grouped by. Of an address that is no ASCII, `ds_whole` is the text as it is: how many characters it
 * has is for DuckDB to say.
 */
function valueDefinitions(table: Table, field: string): readonly Definition[] {
  const raw = rawDefinition(table, field)
  const name = rawName(field)
  if (field !== 'ip') return [raw, ['ds_value', name]]
  const text = `ifNull(${name}, '')`
  return [
    raw,
    ['ds_is_ascii', `NOT match(${text}, '[^\\\\x00-\\\\x7F]')`],
    [
      'ds_rough',
      `if(position(${text}, ':') > 0 OR position(${text}, ',') > 0, ${text}, replaceRegexpOne(${text}, '[.][^.]*$', ''))`,
    ],
    ['ds_value', 'if(ds_is_ascii, ds_rough, NULL)'],
    ['ds_whole', `if(ds_is_ascii, NULL, ${text})`],
    ['ds_v4', `if(position(${text}, ':') = 0, ${name}, NULL)`],
  ]
}

/** Request ids of the sample: requests that have one, and pairs of account and id. */
export function idCountSql(table: Table, keepOneIn: number): string {
  const inner = selectSql({
    definitions: [accountDefinition(table), ...instantDefinitions(table), ...valueDefinitions(table, 'request_id')],
    columns: ['ds_account', 'ds_value', 'count() AS ds_requests'],
    from: table.from,
    where: [
      'isNotNull(ds_account)',
      'isNotNull(ds_value)',
      'ds_ms >= 0',
      ...(keepOneIn > 1 ? [sampled(keepOneIn)] : []),
      ...rowConditions(table),
    ],
    groupBy: ['ds_account', 'ds_value'],
  })
  return `SELECT sum(ds_requests) AS ds_requests, count() AS ds_distinct FROM (${inner})`
}
