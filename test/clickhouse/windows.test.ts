import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openRemote } from '../../src/evidence/clickhouse/remote.ts'
import { openTables } from '../../src/evidence/clickhouse/tables.ts'
import { fromFiles, fromTables } from './both.ts'
import { chdbMissing } from './chdb.ts'
import { COMMON, exported, here, inProcess, MS } from './in-process.ts'

/** A night of a table: requests of a window, whatever the stamp is. */

const server = inProcess()

describe.skipIf(chdbMissing !== null)('columns', () => {
  test('of a window alone, of whatever type the stamp is', async () => {
    const [sinceMs, untilMs] = [1_780_300_000_123, 1_780_500_000_456]
    for (const [n, [sql, at = 'ms']] of [
      ['fromUnixTimestamp64Milli(ms)'],
      ['ms'],
      ['intDiv(ms, 1000)', 'intDiv(ms, 1000) * 1000'],
      ['ms * 1000 + 789'],
      ['toUInt64(ms) * 1000000 + 123456'],
      ['ms * 10000 + 621355968000000000'],
      ['ms * 10000 + 116444736000000000'],
      ['toYYYYMMDD(fromUnixTimestamp64Milli(ms))', 'intDiv(ms, 86400000) * 86400000'],
      ["toYYYYMMDDhhmmss(fromUnixTimestamp64Milli(ms, 'UTC'))", 'intDiv(ms, 1000) * 1000'],
      ['toUInt16(intDiv(ms, 86400000) + 25569)', 'intDiv(ms, 86400000) * 86400000'],
      ["concat(toString(fromUnixTimestamp64Milli(ms, 'UTC')), 'Z')"],
      ["concat(' ', toString(fromUnixTimestamp64Milli(ms, 'UTC')), 'Z')"],
    ].entries()) {
      const table = `window_${n}`
      await server.chdb.run(`CREATE TABLE ${table} ENGINE = MergeTree ORDER BY tuple() AS
        SELECT ${sql} AS timestamp, ${at} AS at, ${COMMON} FROM (SELECT number, ${MS} AS ms FROM numbers(3000))`)
      const path = await exported(server, table, '* EXCEPT at', `at >= ${sinceMs} AND at < ${untilMs}`)
      const files = await fromFiles([path], [])
      const { seen } = await fromTables({ ...here(server), table, window: { sinceMs, untilMs } })
      expect(files.tables.accounts.count).toBe(40)
      expect(seen, sql).toEqual(files)
    }
  })

  test('of a window, in which a stamp that nobody can read lies in none', async () => {
    const [sinceMs, untilMs] = [1_780_300_000_123, 1_780_500_000_456]
    for (const [n, bad] of ["'yesterday'", "''", "'0'"].entries()) {
      const table = `unreadable_${n}`
      await server.chdb.run(`CREATE TABLE ${table} ENGINE = MergeTree ORDER BY tuple() AS SELECT
        if(number % 10 = 0, ${bad}, concat(if(number % 7 = 0, ' ', ''), toString(fromUnixTimestamp64Milli(ms, 'UTC')), 'Z')) AS timestamp, ms AS at,
        if(number % 30 < 2, '', account_id) AS account_id, * EXCEPT account_id
        FROM (SELECT number, ${MS} AS ms, ${COMMON} FROM numbers(3000))`)
      const path = await exported(
        server,
        table,
        '* EXCEPT at',
        `at >= ${sinceMs} AND at < ${untilMs} AND timestamp <> ${bad}`,
      )
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"account_id":""', '"account_id":null'))
      const files = await fromFiles([path], [])
      const { seen } = await fromTables({ ...here(server), table, window: { sinceMs, untilMs } })
      expect(files.rejected[0]).toEqual({ 'no account id': expect.any(Number) })
      expect(seen).toEqual(files)
    }
  })

  test('is what is looked at to recognise columns; where it is empty, other rows are', async () => {
    await server.chdb.run(`CREATE TABLE looked_at ENGINE = MergeTree PARTITION BY toDate(timestamp) ORDER BY tuple() AS
      SELECT toDateTime(1780272000 + number * 60) AS timestamp, concat('acct_', toString(number % 40)) AS account_id FROM numbers(5000)`)
    const stampsOf = async (sinceMs: number, untilMs: number): Promise<number[]> => {
      const asked = { ...here(server), table: 'looked_at', window: { sinceMs, untilMs } }
      const [opened] = await openTables(await openRemote(asked), asked)
      return opened!.source.sample.map(({ timestamp }) => Date.parse(String(timestamp).replace(' ', 'T')))
    }
    const [sinceMs, untilMs] = [1_780_272_000_000 + 86_400_000, 1_780_272_000_000 + 90_000_000]
    const inside = await stampsOf(sinceMs, untilMs)
    expect(inside).toHaveLength(60)
    expect(inside.every((ms) => ms >= sinceMs && ms < untilMs)).toBe(true)
    expect(await stampsOf(0, 1000)).toHaveLength(100)
  })
})
