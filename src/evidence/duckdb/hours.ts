import { HOUR_MS } from '../steps.ts'
import { CASE } from './case-tables.ts'

/**
 * Requests by the hour. The base step has a letter for each request of a row, A for the first hour of the UTC day to X for
 * the last: one byte each, and most rows have so few that none fills memory of its own. So the log is not read again for the
 * hours of some accounts.
 */

const FIRST = 'A'.charCodeAt(0)

/** Hour of the UTC day of an instant `ms`. */
export const HOUR_OF_DAY = `CAST((ms // ${HOUR_MS}) % 24 AS INTEGER)`

/** Column `hours` of the base step, over a column `hour_of_day`. */
export const hoursColumn = `string_agg(chr(${FIRST} + hour_of_day), '') AS hours`

/** Rows of (key, hour since the epoch, requests); the letters of `from` are taken apart. */
const counted = (
  from: string,
  key: string,
): string => `SELECT ${key}, CAST(day * 24 + ascii(letter) - ${FIRST} AS INTEGER) AS hour,
    count(*) AS requests
  FROM (SELECT ${key}, day, unnest(string_split(hours, '')) AS letter FROM ${from}) GROUP BY ALL`

/** Tonight's requests by account and hour, from its own base step. */
export const nightHourSql = `CREATE TEMP TABLE night_hour AS SELECT account_raw, hour, requests::INTEGER AS requests
  FROM (${counted('night_base WHERE reject IS NULL', 'account_raw')})`

const GROUP_OF = 'COALESCE(c.grp, 0)::INTEGER AS grp'

/** Requests by group and hour since the epoch; accounts that are no `candidate` are group 0. */
export const groupHoursSql = `SELECT grp, hour, requests::DOUBLE FROM (${counted(
  `(SELECT ${GROUP_OF}, day, hours FROM base LEFT JOIN candidate c USING (account_raw) WHERE reject IS NULL)`,
  'grp',
)})`

/** The same of all nights of a case. */
export const keptGroupHoursSql = `SELECT ${GROUP_OF}, hour, sum(requests)::DOUBLE FROM (
    SELECT account_raw, hour, requests FROM night_hour UNION ALL SELECT account_raw, hour, requests FROM ${CASE}.account_hour)
  LEFT JOIN candidate c USING (account_raw) GROUP BY ALL`
