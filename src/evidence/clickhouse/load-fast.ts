import { roughBlock } from '../duckdb/canonical.ts'
import { fastHolding, REQUEST_IDS, SOLE_ADDRESS } from '../duckdb/fields.ts'
import { identifier } from '../duckdb/sql.ts'
import { DAY_MS } from '../steps.ts'
import { placedRows } from './load.ts'
import type { Window } from './table.ts'

/** The rows of one field, and where they were written. */
export interface FetchedFast {
  readonly field: string
  readonly path: string
}

/** Makes `fast` of what the server gave: a row belongs to the one field whose column is not NULL. */
export function loadFastSql(table: string, fetched: readonly FetchedFast[], isByDay: boolean, window: Window): string {
  const names = fetched.map(({ field }) => nameOf(field))
  const hasAddress = fetched.some(({ field }) => field === 'ip')
  const selects = fetched.map((each) => fieldSql(each, { names, hasAddress, isByDay, window }))
  return `CREATE TEMP TABLE ${table} AS ${selects.join('\nUNION ALL ')}`
}

const nameOf = (field: string): string => (field === REQUEST_IDS ? field : fastHolding(field).name)

interface Shape {
  readonly names: readonly string[]
  readonly hasAddress: boolean
  readonly isByDay: boolean
  readonly window: Window
}

function fieldSql({ field, path }: FetchedFast, { names, hasAddress, isByDay, window }: Shape): string {
  const isAddress = field === 'ip'
  const texts = ['ds_account', 'ds_value', 'ds_odd', ...(isAddress ? ['ds_whole', 'ds_least_v4', 'ds_other_v4'] : [])]
  const numbers = ['ds_requests', 'ds_first_ms', 'ds_last_ms', ...(isByDay ? ['ds_day'] : [])]
  const types = Object.fromEntries([
    ...texts.map((name) => [name, 'VARCHAR'] as const),
    ...numbers.map((name) => [name, 'BIGINT'] as const),
  ])
  const value = isAddress ? `COALESCE(ds_value, ${roughBlock('ds_whole')})` : 'ds_value'
  const columns = names.map((name) => `${name === nameOf(field) ? 'value' : 'NULL::VARCHAR'} AS ${identifier(name)}`)
  const most = 'COALESCE(ds_other_v4, ds_least_v4)'
  const sole = isAddress ? `CASE WHEN min(ds_least_v4) = max(${most}) THEN min(ds_least_v4) END` : 'NULL::VARCHAR'
  const day = `CASE WHEN ds_first_ms >= 0 THEN ds_day ELSE ms // ${DAY_MS} END`
  return `SELECT ds_account AS account_raw, ${isByDay ? 'day, ' : ''}${columns.join(', ')}, sum(ds_requests)::BIGINT AS requests,
      min(ms) AS first_ms, max(CASE WHEN ds_first_ms >= 0 THEN ds_last_ms ELSE ms END) AS last_ms${hasAddress ? `, ${sole} AS ${SOLE_ADDRESS}` : ''}
    FROM (SELECT *, ${value} AS value${isByDay ? `, ${day} AS day` : ''} FROM ${placedRows({ path, types }, 'ds_first_ms', window)})
    WHERE ms IS NOT NULL GROUP BY ds_account, ${isByDay ? 'day, ' : ''}value`
}
