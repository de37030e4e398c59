import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inBatches } from '../../src/evidence/clickhouse/batches.ts'
import { eventStepSql } from '../../src/evidence/clickhouse/event-step.ts'
import { fastStepSql, idCountSql } from '../../src/evidence/clickhouse/fast-step.ts'
import { openRemote } from '../../src/evidence/clickhouse/remote.ts'
import { serverOf } from '../../src/evidence/clickhouse/server.ts'
import type { Table } from '../../src/evidence/clickhouse/table.ts'
import { type Chdb, chdbMissing, openChdb } from './chdb.ts'

let chdb: Chdb

beforeAll(() => {
  if (chdbMissing === null) chdb = openChdb()
})

afterAll(async () => {
  if (chdbMissing === null) await chdb.close()
})

const text = { type: 'String', isNullable: false }

const tableOf = (from: string, names: readonly string[]): Table => ({
  from,
  columns: new Map(names.map((name) => [name, name === 'timestamp' ? { type: 'UInt32', isNullable: false } : text])),
  mapping: {
    preset: 'generic',
    fields: Object.fromEntries(names.map((name) => [name, [{ column: name, index: -1, path: [] }]])),
    columnsSeen: names,
    notes: [],
  },
  server: serverOf('25.8'),
  window: { sinceMs: null, untilMs: null },
  isUtc: true,
  letters: { capital: '', small: '' },
})

describe.skipIf(chdbMissing !== null)('a sample', () => {
  test('that the server draws is the one that is drawn here, and keeps a value with all of its holders', async () => {
    await chdb.run(`CREATE TABLE hashes ENGINE = MergeTree ORDER BY tuple() AS SELECT 1780272000 AS timestamp,
      concat('acct_', toString(number % 7)) AS account_id, concat('é', hex(intDiv(number, 3))) AS prompt_hash FROM numbers(30000)`)
    const table = tableOf('hashes', ['timestamp', 'account_id', 'prompt_hash'])
    const rows = await chdb.rows(fastStepSql(table, { field: 'prompt_hash', keepOneIn: 16 }, false))
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const here =
      await connection.runAndReadAll(`SELECT value FROM (SELECT 'é' || to_hex(range) AS value FROM range(10000))
      WHERE md5_number_lower(CASE WHEN value = 'é0' THEN 'é00' WHEN length(value) % 2 = 0 THEN 'é0' || value[2:] ELSE value END) % 16 = 0`)
    const values = new Set(rows.map((row) => String(row.ds_value)))
    expect(values.size).toBe(here.getRows().length)
    expect(values.size).toBeGreaterThan(500)
    expect(rows.reduce((sum, row) => sum + Number(row.ds_requests), 0)).toBe(values.size * 3)
  })

  test('of request ids counts a kept id with all of its requests', async () => {
    await chdb.run(`CREATE TABLE ids ENGINE = MergeTree ORDER BY tuple() AS SELECT 1780272000 AS timestamp,
      concat('acct_', toString(intDiv(number, 3) % 7)) AS account_id, concat('req-', toString(intDiv(number, 3))) AS request_id FROM numbers(30000)`)
    const count = async (m: number): Promise<number[]> => {
      const table = tableOf('ids', ['timestamp', 'account_id', 'request_id'])
      const [row] = await chdb.rows(idCountSql(table, m))
      return [Number(row!.ds_requests), Number(row!.ds_distinct)]
    }
    expect(await count(1)).toEqual([30_000, 10_000])
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const here = await connection.runAndReadAll(
      "SELECT count(*)::INTEGER FROM range(10000) WHERE md5_number_lower('req-' || range) % 16 = 0",
    )
    const kept = Number(here.getRows()[0]![0])
    expect(kept).toBeGreaterThan(500)
    expect(await count(16)).toEqual([kept * 3, kept])
  })
})

test.skipIf(chdbMissing !== null)('a second reading in several queries brings what one would', async () => {
  await chdb.run(`CREATE TABLE many ENGINE = MergeTree ORDER BY tuple() AS SELECT toUInt32(1780272000 + number) AS timestamp,
    concat('é', toString(number % 500)) AS account_id FROM numbers(5000)`)
  const table = tableOf('many', ['timestamp', 'account_id'])
  const ids = Array.from({ length: 300 }, (_, n) => `é${n}`)
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-batches-'))
  const remote = await openRemote({ url: 'http://in-process', table: 'many', connection: chdb.connection })
  const brought = async (name: string, bytes: number): Promise<string[]> => {
    const sqls = inBatches(ids, bytes).map((batch) => eventStepSql(table, new Set(), batch))
    await remote.fetch(name, sqls, join(folder, name))
    return readFileSync(join(folder, name), 'utf8').trim().split('\n').sort()
  }
  const [whole, parts] = [await brought('one', 1 << 20), await brought('several', 500)]
  expect(whole).toHaveLength(3000)
  expect(parts).toEqual(whole)
  await remote.close()
  rmSync(folder, { recursive: true })
})
