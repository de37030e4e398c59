/**
 * From when to when a night's logs are, whatever a wrong clock stamped on a few of the requests. One request of the year 2099
 * would otherwise age every kept request id, overlap with all later nights, and keep a silent network from being quiet.
 *
 * Days that follow each other by at most {@link MAX_PAUSE_DAYS} belong together. What stands apart at either end is left out if it is
 * a small share of the night's requests and of its accounts ({@link MAX_STRAY_SHARE}). All three are needed: by the share alone the end of a
 * month's export would be cut off, by the pause alone an export of two days a month apart, and without the accounts a day behind an outage.
 */

/** Days; a long weekend is no pause. With more, a clock that is wrong by days passes; with less, nights of an office look torn. */
const MAX_PAUSE_DAYS = 3
/** In [0, 1]. A clock that is wrong is one of many: what a twentieth of the requests or of the accounts say is taken as it is. */
const MAX_STRAY_SHARE = 0.05

/**
 * One row with `first_day`, `last_day` (UTC days since the epoch) and `first_ms`, `last_ms` (epoch milliseconds); NULLs without a
 * request.
 *
 * @param base SQL of a table like the step `base`
 * @param account its column that tells accounts apart
 */
export function windowSql(base: string, account = 'account_raw'): string {
  const days = `SELECT *, sum(CASE WHEN pause > ${MAX_PAUSE_DAYS} THEN 1 ELSE 0 END) OVER (ORDER BY day) AS run,
      upto > ${MAX_STRAY_SHARE} * total AND upto - requests < ${1 - MAX_STRAY_SHARE} * total AS is_core
    FROM (SELECT *, sum(requests) OVER (ORDER BY day) AS upto, sum(requests) OVER () AS total,
        day - lag(day) OVER (ORDER BY day) AS pause
      FROM (SELECT day, sum(requests) AS requests, min(first_ms) AS first_ms, max(last_ms) AS last_ms
        FROM ${base} WHERE reject IS NULL GROUP BY day))`
  const accounts = `SELECT run, count(DISTINCT b.${account}) AS accounts FROM days JOIN ${base} b USING (day) WHERE b.reject IS NULL GROUP BY run`
  const most = `${MAX_STRAY_SHARE} * (SELECT count(DISTINCT ${account}) FROM ${base} WHERE reject IS NULL)`
  return `WITH days AS MATERIALIZED (${days}), of_many AS (SELECT run FROM (${accounts}) WHERE accounts > ${most})
    SELECT min(day) AS first_day, max(day) AS last_day, min(first_ms) AS first_ms, max(last_ms) AS last_ms
    FROM (SELECT *, min(run) FILTER (is_kept) OVER () AS first_run, max(run) FILTER (is_kept) OVER () AS last_run
      FROM (SELECT *, is_core OR run IN (SELECT run FROM of_many) AS is_kept FROM days))
    WHERE run BETWEEN first_run AND last_run`
}

/** Tonight's window, to be made once `night_base` is there. */
export const nightWindowSql = `CREATE TEMP TABLE night_window AS ${windowSql('night_base')}`
