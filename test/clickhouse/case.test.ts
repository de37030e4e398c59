import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRemote } from '../../src/evidence/clickhouse/remote.ts'
import { openTables } from '../../src/evidence/clickhouse/tables.ts'
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
      expect(again.case?.known.map(({ path: known }) => known)).toContain('clickhouse:in-process/default.nights')
    }
  })

  test('has what a table of accounts says each night', { timeout: 300_000 }, async () => {
    const log = resolve('fixtures/demo/logs.ndjson')
    const people = readFileSync(resolve('fixtures/demo/accounts.csv'), 'utf8')
    const header = people.split('\n', 1)[0]!.split(',')
    await chdb.run(
      `CREATE TABLE IF NOT EXISTS nights ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${log}', JSONEachRow)`,
    )
    const card = header.indexOf('card_fingerprint')
    // On the second night one account in fifty has another card.
    const changed = people.split('\n').map((line, n) => {
      const values = line.split(',')
      return n % 50 === 1 && line !== '' ? values.with(card, 'another_card').join(',') : line
    })
    const start = Date.UTC(2026, 5, 1)
    const seen: ScanResult[] = []
    for (const [night, text] of [people, changed.join('\n')].entries()) {
      const [sinceMs, untilMs] = [start + night * 3 * DAY_MS, start + (night + 1) * 3 * DAY_MS]
      const path = join(folder, `people-${night}.ndjson`)
      const accounts = join(folder, `people-${night}.csv`)
      writeFileSync(accounts, text)
      const rows = await chdb.rows(`SELECT * FROM nights WHERE timestamp >= ${sinceMs} AND timestamp < ${untilMs}`)
      writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      await chdb.run('DROP TABLE IF EXISTS people')
      const shape = header.map((name) => `${name} String`).join(', ')
      await chdb.run(
        `CREATE TABLE people ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${accounts}', CSVWithNames, '${shape}')`,
      )
      const files = await scan({ inputs: [path], accounts: [accounts], caseFile: join(folder, 'people-files.duckdb') })
      const clickhouse = {
        ...{ url: 'http://in-process', table: 'nights', accountsTable: 'people', connection: chdb.connection },
        window: { sinceMs, untilMs },
      }
      const tables = await scan({ inputs: [], clickhouse, caseFile: join(folder, 'people-tables.duckdb') })
      expect(findings(tables)).toEqual(findings(files))
      expect(tables.case?.known).toEqual([])
      seen.push(tables)
    }
    expect(JSON.stringify(seen[1])).toContain('another_card')
  })

  test('tells two servers apart that have a table of the same name', async () => {
    const opened = []
    for (const url of ['http://one.example:8123', 'http://two.example:8123']) {
      const asked = { url, table: 'nights', connection: chdb.connection }
      const [log] = await openTables(await openRemote(asked), asked)
      opened.push({ name: log!.source.name, sha256: await log!.source.sha256 })
    }
    expect(opened.map(({ name }) => name)).toEqual([
      'clickhouse:one.example:8123/default.nights',
      'clickhouse:two.example:8123/default.nights',
    ])
    expect(opened[0]!.sha256).not.toBe(opened[1]!.sha256)
  })

  test('without a window is refused: a table grows', async () => {
    const clickhouse = { url: 'http://in-process', table: 'nights', connection: chdb.connection }
    await expect(scan({ inputs: [], clickhouse, caseFile: join(folder, 'x.duckdb') })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })
})
