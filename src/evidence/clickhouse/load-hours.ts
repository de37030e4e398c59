import { HOUR_MS } from '../steps.ts'
import { placedRows } from './load.ts'
import type { Window } from './table.ts'

/**
 * Requests by hour as they came, and by account.
 *
 * @param path `null` where nothing was asked for
 */
export function loadHoursSql(name: string, path: string | null, isByAccount: boolean, window: Window): string {
  const account = isByAccount ? 'account_raw, ' : ''
  if (path === null) {
    return `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT NULL::VARCHAR AS account_raw, 0 AS hour, 0::BIGINT AS requests WHERE FALSE`
  }
  return `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT ${account}hour, sum(requests)::BIGINT AS requests
    FROM ${hourRows(path, isByAccount, window)} GROUP BY ${account}hour`
}

/** With a case: `night_hour`. */
export const nightHoursSql = (path: string, window: Window): string =>
  `CREATE TEMP TABLE night_hour AS SELECT account_raw, hour, sum(requests)::INTEGER AS requests
    FROM ${hourRows(path, true, window)} GROUP BY account_raw, hour`

function hourRows(path: string, isByAccount: boolean, window: Window): string {
  const account = isByAccount ? ({ ds_account: 'VARCHAR' } as const) : {}
  const types = { ...account, ds_hour: 'BIGINT', ds_odd: 'VARCHAR', ds_requests: 'BIGINT' } as const
  return `(SELECT ${isByAccount ? 'ds_account AS account_raw, ' : ''}(CASE WHEN ds_hour >= 0 THEN ds_hour ELSE ms // ${HOUR_MS} END)::INTEGER AS hour,
      ds_requests AS requests FROM ${placedRows({ path, types }, 'ds_hour', window)} WHERE ms IS NOT NULL)`
}

/** The candidates' hours by account, and everybody else's together. */
export const RESTING_HOURS = `(SELECT account_raw, hour, requests FROM candidate_hour
    UNION ALL SELECT NULL, t.hour, t.requests - COALESCE(c.requests, 0)
    FROM hour_total t LEFT JOIN (SELECT hour, sum(requests) AS requests FROM candidate_hour GROUP BY hour) c USING (hour)
    WHERE t.requests > COALESCE(c.requests, 0))`
