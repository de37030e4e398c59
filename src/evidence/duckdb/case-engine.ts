import { CASE, metaSql } from './case-tables.ts'
import type { Session } from './session.ts'
import { identifier } from './sql.ts'

/**
 * Which engine wrote a case, and how it hashes. Ids and rows are hashed by MD5 (`stable-hash.ts`), and only the samples of fast
 * fields go by the engine's own hash, which may change with its version: two samples of different hashes are none of the whole.
 */

/** Changes when the engine hashes texts otherwise. */
const PROBE = "hash('distill-scan')::VARCHAR"

/** Writes down this engine as the one that wrote the case. */
export const engineRowsSql: readonly string[] = [
  `DELETE FROM ${CASE}.meta WHERE name IN ('engine', 'hash')`,
  `INSERT INTO ${CASE}.meta SELECT 'engine', version() UNION ALL SELECT 'hash', ${PROBE}`,
]

/** Whether the nights of the case were sampled by the hash of this engine. A case that does not say was not. */
export const hashesAlike = async (session: Session): Promise<boolean> =>
  (await session.scalar('case', `SELECT ((${metaSql('hash', '')}) = ${PROBE})::INTEGER`)) === 1

/** Drops what earlier nights say of these holdings. */
export const forgetHoldingsSql = (names: ReadonlySet<string>): string[] =>
  [...names].map((name) => `DELETE FROM ${CASE}.fast WHERE ${identifier(name)} IS NOT NULL`)
