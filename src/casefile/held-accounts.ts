import type { DuckDBConnection } from '@duckdb/node-api'
import { CASE } from '../evidence/duckdb/case-tables.ts'
import { spellingSql } from '../evidence/duckdb/derive.ts'
import { rowsOf } from './open-case.ts'

/** What the rows of a case say of an account. */
export interface HeldAccount {
  readonly requests: number
  /** Epoch milliseconds; `null` without a request. */
  readonly firstMs: number | null
  readonly lastMs: number | null
}

export interface HeldAccounts {
  /** By id as a report names it. */
  readonly accounts: ReadonlyMap<string, HeldAccount>
  /** Spelling in the rows → the one account that it stands for; a customer of several accounts is left out. */
  readonly idOf: ReadonlyMap<string, string>
}

/**
 * The accounts that rows of an open case name, under the ids that a scan of these rows alone would give them: a customer's id
 * leads to its owner, blanks are gone, a live key is hashed.
 */
export async function readHeldAccounts(connection: DuckDBConnection): Promise<HeldAccounts> {
  const fields = await rowsOf(connection, `SELECT place, name FROM ${CASE}.field`)
  const fieldsOf = (place: string): ReadonlySet<string> =>
    new Set(fields.filter((row) => row.place === place).map(({ name }) => String(name)))
  for (const table of ['base', 'side'])
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW ${table} AS SELECT *, NULL::VARCHAR AS reject FROM ${CASE}.${table}`,
    )
  await connection.run('DROP TABLE IF EXISTS spelling')
  await connection.run(spellingSql(fieldsOf('side'), fieldsOf('log')))
  const held = await rowsOf(
    connection,
    `SELECT id, COALESCE(sum(requests), 0)::BIGINT AS requests, min(first_ms) AS first, max(last_ms) AS last
      FROM spelling LEFT JOIN base USING (account_raw) WHERE id IS NOT NULL GROUP BY id`,
  )
  const spelt = await rowsOf(
    connection,
    'SELECT account_raw, min(id) AS id FROM spelling WHERE id IS NOT NULL GROUP BY account_raw HAVING count(*) = 1',
  )
  const msOf = (ms: unknown): number | null => (ms === null ? null : Number(ms))
  return {
    accounts: new Map(
      held.map(({ id, requests, first, last }) => [
        String(id),
        { requests: Number(requests), firstMs: msOf(first), lastMs: msOf(last) },
      ]),
    ),
    idOf: new Map(spelt.map(({ account_raw, id }) => [String(account_raw), String(id)])),
  }
}
