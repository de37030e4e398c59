import { CASE } from '../evidence/duckdb/case-tables.ts'
import { rowsOf } from './open-case.ts'
import { rewriteCase } from './rewrite.ts'

const DAY_MS = 86_400_000

/** What a case no longer has. */
export interface Forgotten {
  readonly requests: number
  readonly accounts: number
  readonly inputs: number
}

/**
 * Drops every UTC day before `date` from a case, and rewrites the file. Rows of side files go with the last day of the night that
 * brought them; networks are forgotten but for the accounts that are still held.
 *
 * @param date `YYYY-MM-DD`, the first day that stays
 * @throws ScanError CASE_BUSY, CASE_UNREADABLE
 */
export async function forgetBefore(path: string, date: string): Promise<Forgotten> {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS
  return await rewriteCase(path, async (connection) => {
    const count = async (): Promise<{ requests: number; accounts: number; inputs: number }> => {
      const [row] = await rowsOf(
        connection,
        `SELECT COALESCE(sum(requests), 0)::BIGINT AS requests, count(DISTINCT account_raw) AS accounts,
          (SELECT count(*) FROM ${CASE}.input) AS inputs FROM ${CASE}.base`,
      )
      return { requests: Number(row!.requests), accounts: Number(row!.accounts), inputs: Number(row!.inputs) }
    }
    const before = await count()
    await connection.run('BEGIN TRANSACTION')
    for (const table of ['base', 'side', 'fast', 'recent_id'])
      await connection.run(`DELETE FROM ${CASE}.${table} WHERE day < ${day}`)
    await connection.run(`DELETE FROM ${CASE}.account_hour WHERE hour < ${day * 24}`)
    await connection.run(`DELETE FROM ${CASE}.input WHERE COALESCE(last_ms, 0) < ${day * DAY_MS}`)
    await connection.run(`DELETE FROM ${CASE}.order_finding WHERE night NOT IN (SELECT night FROM ${CASE}.input)`)
    await connection.run(`UPDATE ${CASE}.network SET document = ${WITHOUT_FORGOTTEN}`)
    await connection.run(
      `DELETE FROM ${CASE}.network WHERE json_array_length(json_extract(document, '$.accounts')) = 0`,
    )
    await connection.run('COMMIT')
    const after = await count()
    return {
      requests: before.requests - after.requests,
      accounts: before.accounts - after.accounts,
      inputs: before.inputs - after.inputs,
    }
  })
}

/** The document of a network with the accounts that rows still name; its values go, since only some of them are still held. */
const WITHOUT_FORGOTTEN = `json_merge_patch(document, json_object(
    'accounts', (SELECT COALESCE(list(account ORDER BY account), []) FROM (SELECT unnest(json_extract_string(document, '$.accounts[*]')) AS account)
      WHERE account IN (SELECT account_raw FROM ${CASE}.base UNION ALL SELECT account_raw FROM ${CASE}.side)),
    'values', []::JSON[]))`
