import { identifier } from '../duckdb/sql.ts'
import { rawName } from './base-step.ts'
import { EVENT_FIELDS } from './event-step.ts'
import { placedRows } from './load.ts'
import type { Window } from './table.ts'

/** Makes `event` of the requests that the server gave; `path` is `null` where nothing was asked for. */
export function loadEventsSql(path: string | null, fields: ReadonlySet<string>, window: Window): string {
  const wanted = EVENT_FIELDS.filter((field) => fields.has(field))
  const types = {
    ...Object.fromEntries(['ds_account', 'ds_odd', ...wanted.map(rawName)].map((name) => [name, 'VARCHAR'] as const)),
    ds_ms: 'BIGINT',
  } as const
  const columns = EVENT_FIELDS.map((field) => {
    const isThere = path !== null && fields.has(field)
    return `${isThere ? identifier(rawName(field)) : 'NULL::VARCHAR'} AS ${identifier(field)}`
  })
  if (path === null) {
    return `CREATE OR REPLACE TEMP TABLE event AS SELECT 0 AS account, 0::BIGINT AS ms, ${columns.join(', ')} WHERE FALSE`
  }
  return `CREATE OR REPLACE TEMP TABLE event AS SELECT n AS account, ms, ${columns.join(', ')}
    FROM ${placedRows({ path, types }, 'ds_ms', window)} JOIN watched_spelling ON account_raw = ds_account
    WHERE ms IS NOT NULL`
}
