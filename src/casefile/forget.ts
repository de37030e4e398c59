import type { DuckDBConnection } from '@duckdb/node-api'
import type { EarlierNetwork } from '../change/history.ts'
import { CASE } from '../evidence/duckdb/case-tables.ts'
import { literal } from '../evidence/duckdb/sql.ts'
import { withoutForgotten } from './forgotten-networks.ts'
import { type HeldAccounts, readHeldAccounts } from './held-accounts.ts'
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
    const before = await count(connection)
    const accounts = await readHeldAccounts(connection)
    await connection.run('BEGIN TRANSACTION')
    for (const table of ['base', 'side', 'fast', 'recent_id'])
      await connection.run(`DELETE FROM ${CASE}.${table} WHERE day < ${day}`)
    await connection.run(`DELETE FROM ${CASE}.account_hour WHERE hour < ${day * 24}`)
    await connection.run(`DELETE FROM ${CASE}.input WHERE COALESCE(last_ms, 0) < ${day * DAY_MS}`)
    // Of a night that is forgotten a stamp of the future may be left.
    for (const table of ['base', 'side', 'fast', 'recent_id', 'account_hour'])
      await connection.run(`DELETE FROM ${CASE}.${table} WHERE NOT EXISTS (SELECT 1 FROM ${CASE}.input)`)
    await connection.run(`DELETE FROM ${CASE}.order_finding WHERE night NOT IN (SELECT night FROM ${CASE}.input)`)
    await forgetInNetworks(connection, accounts)
    await connection.run('COMMIT')
    const after = await count(connection)
    return {
      requests: before.requests - after.requests,
      accounts: before.accounts - after.accounts,
      inputs: before.inputs - after.inputs,
    }
  })
}

async function count(connection: DuckDBConnection): Promise<Forgotten> {
  const [row] = await rowsOf(
    connection,
    `SELECT COALESCE(sum(requests), 0)::BIGINT AS requests, count(DISTINCT account_raw) AS accounts,
      (SELECT count(*) FROM ${CASE}.input) AS inputs FROM ${CASE}.base`,
  )
  return { requests: Number(row!.requests), accounts: Number(row!.accounts), inputs: Number(row!.inputs) }
}

async function forgetInNetworks(connection: DuckDBConnection, before: HeldAccounts): Promise<void> {
  const after = await readHeldAccounts(connection)
  for (const { id, document } of await rowsOf(connection, `SELECT id, document FROM ${CASE}.network`)) {
    const left = withoutForgotten(JSON.parse(String(document)) as EarlierNetwork, before, after)
    const own = `WHERE id = ${literal(String(id))}`
    await connection.run(
      left === null
        ? `DELETE FROM ${CASE}.network ${own}`
        : `UPDATE ${CASE}.network SET document = ${literal(JSON.stringify(left))} ${own}`,
    )
  }
}
