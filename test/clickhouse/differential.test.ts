import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulate } from '../../src/index.ts'
import { fromFiles, fromTables, type Reading, writeRows } from './both.ts'
import { type Chdb, chdbMissing, openChdb } from './chdb.ts'
import { dirtyRecords } from './dirty.ts'

/** The same records, read by DuckDB from a file and by ClickHouse from a table, are the same evidence. */

let chdb: Chdb
let folder: string
let tables = 0
/** What was compared, value by value; docs/scale.md has the figures. */
const compared = { logs: 0, records: 0, accounts: 0 }

beforeAll(() => {
  if (chdbMissing !== null) return
  chdb = openChdb()
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-clickhouse-'))
})

afterAll(async () => {
  if (chdbMissing !== null) return
  await chdb.close()
  console.log(`compared: ${compared.logs} logs, ${compared.records} records of ${compared.accounts} accounts`)
  rmSync(folder, { recursive: true, force: true })
})

/** A table with the rows of a file. */
async function tableOf(path: string, columns?: string): Promise<string> {
  const name = `t${++tables}`
  const shape = columns === undefined ? '' : `, '${columns}'`
  await chdb.run(
    `CREATE TABLE ${name} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', ${path.endsWith('.csv') ? 'CSVWithNames' : 'JSONEachRow'}${shape})`,
  )
  return name
}

const here = () => ({ url: 'http://in-process', connection: chdb.connection })

type Seen = Awaited<ReturnType<typeof fromFiles>>

function expectEqual(seen: Seen, files: Seen): void {
  expect(seen).toEqual(files)
  compared.logs++
  compared.records += files.records[0]!
  compared.accounts += files.tables.accounts.count
}

async function expectSame(path: string, table: string, reading: Reading = {}): Promise<number> {
  const files = await fromFiles([path], [], reading)
  expectEqual((await fromTables({ ...here(), table }, [], reading)).seen, files)
  return files.tables.accounts.count
}

/** A failing case is two hundred records long: what differs says more. */
function reporter<T>({ failed, errorInstance, seed, counterexamplePath }: fc.RunDetails<T>): void {
  if (!failed) return
  throw new Error(`fails with seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance })
}

describe.skipIf(chdbMissing !== null)('the same evidence', () => {
  test('of the demo, with a table of accounts and with a file of them', async () => {
    const log = resolve('fixtures/demo/logs.ndjson')
    const accounts = resolve('fixtures/demo/accounts.csv')
    const header = (await chdb.rows(`SELECT * FROM file('${accounts}', CSVWithNames) LIMIT 1`))[0]!
    const texts = Object.keys(header).map((name) => `${name} String`)
    const [table, accountsTable] = [await tableOf(log), await tableOf(accounts, texts.join(', '))]
    const files = await fromFiles([log], [accounts])
    expect(files.tables.accounts.count).toBeGreaterThan(2000)
    expectEqual((await fromTables({ ...here(), table }, [accounts])).seen, files)
    expectEqual((await fromTables({ ...here(), table, accountsTable })).seen, files)
    // A shard of a newer server than the cluster's: its own planner takes the query apart.
    await chdb.run(`CREATE TABLE shards AS remote('127.0.0.1', default.${table})`)
    expectEqual((await fromTables({ ...here(), table: 'shards' }, [accounts])).seen, files)
  })

  test('of simulated logs, with dirty values and in both forms of stamps', async () => {
    for (const [seed, timestamps] of [
      ['a', 'epoch-ms'],
      ['b', 'iso'],
    ] as const) {
      const out = join(folder, `simulated-${seed}`)
      await simulate({
        out,
        seed,
        requests: 20_000,
        accounts: 1500,
        days: 5,
        dirty: true,
        timestamps,
        scenarios: 'demo',
        gzip: false,
        threads: 2,
      })
      const log = join(out, 'logs.ndjson')
      expect(await expectSame(log, await tableOf(log))).toBeGreaterThan(500)
    }
  })

  test('of records in which anything may be wrong', async () => {
    await fc.assert(
      fc.asyncProperty(dirtyRecords, async (records) => {
        const path = writeRows(folder, `dirty-${tables}.ndjson`, records)
        const columns = Object.keys(records[0]!).map((name) => `${name} Nullable(String)`)
        await expectSame(path, await tableOf(path, columns.join(', ')))
      }),
      { numRuns: 6, endOnFailure: true, reporter },
    )
  }, 600_000)
})
