import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ScanResult, scan } from '../../src/index.ts'
import { type Chdb, chdbMissing, openChdb } from './chdb.ts'

/** Nights of a table in a case: the evidence of each window is added, and all later steps go on from there. */

let chdb: Chdb
let folder: string

beforeAll(() => {
  if (chdbMissing !== null) return
  chdb = openChdb()
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-case-'))
})

afterAll(async () => {
  if (chdbMissing !== null) return
  await chdb.close()
  rmSync(folder, { recursive: true, force: true })
})

const DAY_MS = 86_400_000

/** What is said beside what was read from where. */
const findings = ({ inputs: _inputs, joins: _joins, reading: _reading, ...rest }: ScanResult) => ({
  ...rest,
  case: null,
})

describe.skipIf(chdbMissing !== null)('a case', () => {
  test('has after each night of a table what it has after a file of the same night', { timeout: 300_000 }, async () => {
    const log = resolve('fixtures/demo/logs.ndjson')
    const accounts = [resolve('fixtures/demo/accounts.csv')]
    await chdb.run(
      `CREATE TABLE nights ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${log}', JSONEachRow)`,
    )
    const start = Date.UTC(2026, 5, 1)
    for (const [night, [sinceMs, untilMs]] of [
      [start, start + 3 * DAY_MS],
      [start + 3 * DAY_MS, start + 5 * DAY_MS],
    ].entries()) {
      const path = join(folder, `night-${night}.ndjson`)
      const rows = await chdb.rows(`SELECT * FROM nights WHERE timestamp >= ${sinceMs} AND timestamp < ${untilMs}`)
      writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      const files = await scan({ inputs: [path], accounts, caseFile: join(folder, 'files.duckdb') })
      const window = { sinceMs: sinceMs!, untilMs: untilMs! }
      const clickhouse = { url: 'http://in-process', table: 'nights', connection: chdb.connection, window }
      const tables = await scan({ inputs: [], accounts, clickhouse, caseFile: join(folder, 'tables.duckdb') })
      expect(findings(tables)).toEqual(findings(files))
      expect(tables.case?.scan).toBe(night + 1)
      expect(tables.networks.length).toBeGreaterThan(1)
      const again = await scan({ inputs: [], accounts, clickhouse, caseFile: join(folder, 'tables.duckdb') })
      expect(again.case?.known.map(({ path: known }) => known)).toContain('clickhouse:default.nights')
    }
  })

  test('without a window is refused: a table grows', async () => {
    const clickhouse = { url: 'http://in-process', table: 'nights', connection: chdb.connection }
    await expect(scan({ inputs: [], clickhouse, caseFile: join(folder, 'x.duckdb') })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })
})
