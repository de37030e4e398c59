import { HOUR_MS } from '../steps.ts'
import { CASE } from './case-tables.ts'

/**
 * Requests by the hour: the base step has a column for each hour of the day, so that the log is not read again for the hours
 * of some accounts.
 */

export const HOURS_OF_DAY: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour)
/** Column of the base step with the requests of an hour of the day. */
export const hourColumn = (hour: number): string => `hour_${hour}`

/** Hour of the UTC day of an instant `ms`. */
export const HOUR_OF_DAY = `CAST((ms // ${HOUR_MS}) % 24 AS INTEGER)`

/** Columns `hour_0` to `hour_23` of the base step, over a column `hour_of_day`. */
export const hourColumns = HOURS_OF_DAY.map(
  (hour) => `CAST(count(*) FILTER (hour_of_day = ${hour}) AS UINTEGER) AS ${hourColumn(hour)}`,
).join(', ')

/** Rows of (key, hour since the epoch, requests): the columns of each key and day, added up. */
const counted = (
  from: string,
  key: string,
): string => `SELECT ${key}, CAST(day * 24 + hour AS INTEGER) AS hour, requests FROM (
    SELECT ${key}, day, unnest(range(24)) AS hour, unnest([${HOURS_OF_DAY.map(hourColumn).join(', ')}]) AS requests
    FROM (SELECT ${key}, day, ${HOURS_OF_DAY.map((hour) => `sum(${hourColumn(hour)}) AS ${hourColumn(hour)}`).join(', ')} FROM ${from} GROUP BY ALL))
  WHERE requests > 0`

/** Tonight's requests by account and hour, from its own base step. */
export const nightHourSql = `CREATE TEMP TABLE night_hour AS SELECT account_raw, hour, requests::INTEGER AS requests
  FROM (${counted('night_base WHERE reject IS NULL', 'account_raw')})`

const GROUP_OF = 'COALESCE(c.grp, 0)::INTEGER AS grp'

/** Requests by group and hour since the epoch; accounts that are no `candidate` are group 0. */
export const groupHoursSql = `SELECT grp, hour, requests::DOUBLE FROM (${counted(
  `(SELECT ${GROUP_OF}, b.* FROM base b LEFT JOIN candidate c USING (account_raw) WHERE reject IS NULL)`,
  'grp',
)})`

/** The same of all nights of a case. */
export const keptGroupHoursSql = `SELECT ${GROUP_OF}, hour, sum(requests)::DOUBLE
  FROM (SELECT account_raw, hour, requests FROM night_hour UNION ALL SELECT account_raw, hour, requests FROM ${CASE}.account_hour) r
  LEFT JOIN candidate c USING (account_raw) GROUP BY ALL`
