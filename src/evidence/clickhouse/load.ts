import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import { instantMs, isZoneless, present } from '../duckdb/canonical.ts'
import { fetchedRows } from '../duckdb/relation.ts'
import { identifier, literal } from '../duckdb/sql.ts'
import type { Window } from './table.ts'

/** SQL of the local session over rows that were brought from the server, written down as one JSON object a line. */

export interface Fetched {
  readonly path: string
  /** Column → DuckDB's type. */
  readonly types: Readonly<Record<string, 'VARCHAR' | 'BIGINT' | 'BIGINT[][]'>>
}

/** The rows as they came. */
export const rowsOf = ({ path, types }: Fetched): string =>
  fetchedRows(
    path,
    Object.entries(types)
      .map(([name, type]) => `${identifier(name)}: '${type}'`)
      .join(', '),
  )

/**
 * The rows with `ms`, an instant of theirs, NULL if unreadable: one that only DuckDB can read is read here, and is then
 * the only one of its row. Such rows outside the window are left out, and with a window also those that cannot be read: they
 * are of no night, and would be told as unreadable in every one.
 *
 * @param known SQL of the instant of a row that the server could read; such a row has one of 0 or more
 */
export function placedRows(fetched: Fetched, known: string, { sinceMs, untilMs }: Window): string {
  const inside = [...(sinceMs === null ? [] : [`ms >= ${sinceMs}`]), ...(untilMs === null ? [] : [`ms < ${untilMs}`])]
  const isWanted = inside.length === 0 ? '' : ` WHERE ${known} >= 0 OR (${inside.join(' AND ')})`
  return `(SELECT * FROM (SELECT *, CASE WHEN ${known} >= 0 THEN ${known} ELSE ${instantMs('ds_odd')} END AS ms FROM ${rowsOf(fetched)})${isWanted})`
}

/** Why a row with an account is none of a request; NULL if it is one. */
export const rejectOf = `CASE WHEN ms IS NULL THEN CASE WHEN ${present('ds_odd')} IS NULL
    THEN ${literal(REJECT_REASONS.noTimestamp)} ELSE ${literal(REJECT_REASONS.badTimestamp)} END END`

/** How many rows hold a stamp that the server could not read. */
export const oddRowsSql = (path: string): string =>
  `SELECT count(*)::DOUBLE FROM ${rowsOf({ path, types: { ds_first_ms: 'BIGINT' } })} WHERE ds_first_ms < 0`

/** Whether a stamp that was read here had no zone; NULL for a number, and for a row that the server read. */
export const oddZoneless = isZoneless('ds_odd')
