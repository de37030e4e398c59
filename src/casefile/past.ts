import { existsSync } from 'node:fs'
import { CASE } from '../evidence/duckdb/case-tables.ts'
import type { OrderFinding } from '../evidence/engine.ts'
import { rowsOf, withCase } from './open-case.ts'

/** What a scan must know of a case before it reads anything. */
export interface PastCase {
  /** Scans that were kept. */
  readonly scans: number
  /** SHA-256 of every input that was read → its name then. */
  readonly inputs: ReadonlyMap<string, string>
  /** The networks of the latest scan, as that scan wrote them (JSON). */
  readonly networks: readonly string[]
  readonly orderFindings: readonly (OrderFinding & { readonly night: number })[]
  /** The last instant of its logs, epoch milliseconds, without what wrong clocks stamped; `null` if it has no request. */
  readonly untilMs: number | null
}

const NO_PAST: PastCase = { scans: 0, inputs: new Map(), networks: [], orderFindings: [], untilMs: null }

/**
 * Reads what a case knows of earlier scans; nothing, if the file is not there yet.
 *
 * @throws ScanError CASE_BUSY, CASE_UNREADABLE
 */
export async function readPastCase(path: string): Promise<PastCase> {
  if (!existsSync(path)) return NO_PAST
  return await withCase(path, async (connection) => {
    const inputs = await rowsOf(connection, `SELECT sha256, path FROM ${CASE}.input`)
    const [last] = await rowsOf(connection, `SELECT max(last_ms) AS ms FROM ${CASE}.input`)
    const [scans] = await rowsOf(connection, `SELECT value FROM ${CASE}.meta WHERE name = 'scans'`)
    const networks = await rowsOf(connection, `SELECT document FROM ${CASE}.network ORDER BY id`)
    const findings = await rowsOf(connection, `SELECT * FROM ${CASE}.order_finding ORDER BY night, network, signal`)
    return {
      scans: Number(scans?.value ?? 0),
      inputs: new Map(inputs.map(({ sha256, path: name }) => [String(sha256), String(name)])),
      untilMs: last!.ms === null ? null : Number(last!.ms),
      networks: networks.map(({ document }) => String(document)),
      orderFindings: findings.map((row) => ({
        night: Number(row.night),
        network: String(row.network),
        signal: String(row.signal),
        p: Number(row.p),
        bits: Number(row.bits),
        hasEffect: row.has_effect === true,
        accounts: Number(row.accounts),
      })),
    }
  })
}
