import { stat } from 'node:fs/promises'
import { CASE, CASE_TABLES } from '../evidence/duckdb/case-tables.ts'
import { rowsOf, withCase } from './open-case.ts'

/** A file that was read into a case. */
export interface CaseInput {
  readonly night: number
  readonly path: string
  readonly role: string
  readonly sha256: string
  readonly bytes: number
  readonly records: number
  /** Window of the night's logs, ISO 8601 UTC; `null` without a log. */
  readonly from: string | null
  readonly to: string | null
}

/** What is in a case, without any value of a log. */
export interface CaseSummary {
  readonly path: string
  /** Bytes on disk. */
  readonly bytes: number
  readonly version: number
  readonly scans: number
  readonly inputs: readonly CaseInput[]
  /** First and last UTC day with a request, `YYYY-MM-DD`; `null` without any. */
  readonly days: { readonly from: string; readonly to: string } | null
  readonly requests: number
  readonly accounts: number
  /** Networks of the latest scan. */
  readonly networks: readonly string[]
  /** Table → rows. */
  readonly rows: Readonly<Record<string, number>>
}

/** @throws ScanError CASE_BUSY, CASE_UNREADABLE */
export async function summarizeCase(path: string): Promise<CaseSummary> {
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  return await withCase(path, async (connection) => {
    const [totals] = await rowsOf(
      connection,
      `SELECT COALESCE(sum(requests), 0)::BIGINT AS requests, count(DISTINCT account_raw) AS accounts, min(day) AS first, max(day) AS last
        FROM ${CASE}.base`,
    )
    const meta = await rowsOf(connection, `SELECT name, value FROM ${CASE}.meta`)
    const metaOf = (name: string): number => Number(meta.find((row) => row.name === name)?.value ?? 0)
    const rows: Record<string, number> = {}
    for (const table of Object.keys(CASE_TABLES)) {
      const [count] = await rowsOf(connection, `SELECT count(*) AS n FROM ${CASE}.${table}`)
      rows[table] = Number(count!.n)
    }
    const inputs = await rowsOf(connection, `SELECT * FROM ${CASE}.input ORDER BY night, path, sha256`)
    const networks = await rowsOf(connection, `SELECT id FROM ${CASE}.network ORDER BY id`)
    return {
      path,
      bytes: size,
      version: metaOf('version'),
      scans: metaOf('scans'),
      inputs: inputs.map((row) => ({
        night: Number(row.night),
        path: String(row.path),
        role: String(row.role),
        sha256: String(row.sha256),
        bytes: Number(row.bytes),
        records: Number(row.records),
        from: instant(row.first_ms),
        to: instant(row.last_ms),
      })),
      days: totals!.first === null ? null : { from: dayOf(totals!.first), to: dayOf(totals!.last) },
      requests: Number(totals!.requests),
      accounts: Number(totals!.accounts),
      networks: networks.map(({ id }) => String(id)),
      rows,
    }
  })
}

const DAY_MS = 86_400_000
const dayOf = (day: unknown): string => new Date(Number(day) * DAY_MS).toISOString().slice(0, 10)
const instant = (ms: unknown): string | null => (ms === null ? null : new Date(Number(ms)).toISOString())
