import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fastStepSql } from '../../src/evidence/clickhouse/fast-step.ts'
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

describe.skipIf(chdbMissing !== null)('a sample', () => {
  test('that the server draws is the one that is drawn here, and keeps a value with all of its holders', async () => {
    await chdb.run(`CREATE TABLE hashes ENGINE = MergeTree ORDER BY tuple() AS SELECT 1780272000 AS timestamp,
      concat('acct_', toString(number % 7)) AS account_id, concat('é', hex(intDiv(number, 3))) AS prompt_hash FROM numbers(30000)`)
    const names = ['timestamp', 'account_id', 'prompt_hash']
    const table: Table = {
      from: 'hashes',
      columns: new Map(
        names.map((name) => [name, name === 'timestamp' ? { type: 'UInt32', isNullable: false } : text]),
      ),
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
    }
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
})
