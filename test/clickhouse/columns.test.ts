import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRemote } from '../../src/evidence/clickhouse/remote.ts'
import { openTables } from '../../src/evidence/clickhouse/tables.ts'
import { fromTables, writeRows } from './both.ts'
import { chdbMissing } from './chdb.ts'
import { COMMON, expectSame, exported, here, inProcess, MS } from './in-process.ts'

/** Tables as people have them: with types, with columns that cannot be NULL, with names and bytes of any kind. */

const server = inProcess()

describe.skipIf(chdbMissing !== null)('columns', () => {
  test.each([
    ['DateTime', 'toDateTime(intDiv(ms, 1000))'],
    ['DateTime of a zone', "toDateTime(intDiv(ms, 1000), 'Asia/Tokyo')"],
    ['DateTime64 in milliseconds', "fromUnixTimestamp64Milli(ms, 'UTC')"],
    ['DateTime64 in nanoseconds', 'toDateTime64(fromUnixTimestamp64Milli(ms), 9) + toIntervalNanosecond(999999)'],
    ['DateTime64 in whole seconds', 'toDateTime64(fromUnixTimestamp64Milli(ms), 0)'],
    ['a nullable DateTime', 'if(number % 17 = 0, NULL, toDateTime(intDiv(ms, 1000)))'],
    ['DateTime that was never set', 'if(number % 17 = 0, toDateTime(0), toDateTime(intDiv(ms, 1000)))'],
    ['a date', 'toDate(intDiv(ms, 1000))'],
    ['seconds', 'intDiv(ms, 1000)'],
    ['milliseconds', 'ms'],
    ['microseconds', 'ms * 1000 + 789'],
    ['nanoseconds, unsigned', 'toUInt64(ms) * 1000000 + 123456'],
    ['.NET ticks', 'ms * 10000 + 621355968000000000'],
    ['a float of seconds', 'toFloat64(ms) / 1000'],
    ['a decimal of seconds', 'toDecimal64(ms, 3) / 1000'],
    ['a text', "concat(toString(fromUnixTimestamp64Milli(ms, 'UTC')), '+00:00')"],
  ])('a stamp as %s', async (name, sql) => {
    const table = `stamps_${name.replaceAll(/\W/g, '_')}`
    await server.chdb.run(`CREATE TABLE ${table} ENGINE = MergeTree ORDER BY tuple() AS
      SELECT ${sql} AS timestamp, ${COMMON} FROM (SELECT number, ${MS} AS ms FROM numbers(2000))`)
    const path = await exported(server, table)
    await expectSame(server, path, table)
  })

  test('of every type that holds a value', async () => {
    await server.chdb.run(`CREATE TABLE types ENGINE = MergeTree ORDER BY tuple() AS SELECT fromUnixTimestamp64Milli(ms) AS timestamp,
      toLowCardinality(concat('acct_', toString(number % 40))) AS account_id, toIPv4(concat('198.51.100.', toString(number % 5))) AS ip,
      CAST(toFixedString(substring(hex(MD5(toString(number % 9))), 1, 10), 10) AS FixedString(10)) AS device_fingerprint,
      CAST(if(number % 3 = 0, NULL, concat('m-', toString(number % 4))) AS LowCardinality(Nullable(String))) AS model,
      CAST(number % 3 + 1 AS Enum8('free' = 1, 'pro' = 2, 'team' = 3)) AS plan, toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS organization_id,
      CAST(if(number % 5 = 0, NULL, number % 700) AS Nullable(UInt16)) AS input_tokens, toFloat64(number % 90) AS output_tokens,
      toInt16(200 + number % 2 * 229) AS status, toDateTime(1700000000 + number % 40) AS created_at
      FROM (SELECT number, ${MS} AS ms FROM numbers(3000))`)
    await expectSame(server, await exported(server, 'types'), 'types')
    await server.chdb.run(`CREATE TABLE sixes ENGINE = MergeTree ORDER BY tuple() AS SELECT fromUnixTimestamp64Milli(${MS}) AS timestamp,
      toUInt64(number % 40) AS account_id, toIPv6(concat('2001:db8::', toString(number % 5), ':1')) AS ip FROM numbers(500)`)
    await expectSame(server, await exported(server, 'sixes'), 'sixes')
  })

  test('that cannot be NULL are empty where a table in text is', async () => {
    await server.chdb.run(`CREATE TABLE empties ENGINE = MergeTree ORDER BY tuple() AS SELECT
      if(number % 50 = 0, '', toString(${MS})) AS timestamp, if(number % 31 = 0, '', concat('acct_', toString(number % 40))) AS account_id,
      if(number % 7 = 0, '', '198.51.100.7') AS ip, if(number % 5 = 0, '', 'device') AS device_fingerprint FROM numbers(1000)`)
    const rows = await server.chdb.rows('SELECT timestamp, account_id, ip, device_fingerprint FROM empties')
    const path = join(server.folder, 'empties.csv')
    writeFileSync(
      path,
      `timestamp,account_id,ip,device_fingerprint\n${rows.map((row) => `${Object.values(row).join(',')}\n`).join('')}`,
    )
    await expectSame(server, path, 'empties')
  })

  test('of a time zone that the stamps do not name', async () => {
    await server.chdb.run(`CREATE TABLE zones ENGINE = MergeTree ORDER BY tuple() AS
      SELECT toString(toDateTime64(fromUnixTimestamp64Milli(1774746000000 + number * 600000, 'UTC'), 3, 'UTC')) AS timestamp, ${COMMON} FROM numbers(300)`)
    await expectSame(server, await exported(server, 'zones'), 'zones', { config: { timeZone: 'Europe/Vienna' } })
  })

  test('that cannot be read, or are not to be: of an INSERT alone, states, secrets', async () => {
    await server.chdb.run(`CREATE TABLE odd_columns (raw String EPHEMERAL, timestamp DateTime, account_id String DEFAULT raw,
      seen AggregateFunction(uniq, String), password String, ip String) ENGINE = MergeTree ORDER BY tuple()`)
    await server.chdb.run(`INSERT INTO odd_columns (timestamp, account_id, seen, password, ip) SELECT toDateTime(1780272000 + number),
      concat('acct_', toString(number % 40)), initializeAggregation('uniqState', 'x'), 'hunter2', '198.51.100.7' FROM numbers(200)`)
    const path = await exported(server, 'odd_columns', 'timestamp, account_id, ip')
    await expectSame(server, path, 'odd_columns')
    const remote = await openRemote({ ...here(server), table: 'odd_columns' })
    const [opened] = await openTables(remote, { ...here(server), table: 'odd_columns' })
    expect(opened!.source.sample[0]).toMatchObject({ password: null, account_id: expect.stringMatching(/^acct_/) })
    expect(remote.traffic.steps.get("looking at 'odd_columns'")).toBeGreaterThan(100)
  })

  test('whose names are those of the queries are refused', async () => {
    await server.chdb.run(`CREATE TABLE own_names ENGINE = MergeTree ORDER BY tuple() AS SELECT ${MS} AS timestamp,
      concat('acct_', toString(number % 40)) AS ds_account FROM numbers(100)`)
    await expect(
      fromTables({ ...here(server), table: 'own_names' }, [], { map: { account_id: 'ds_account' } }),
    ).rejects.toMatchObject({ code: 'INPUT_UNMAPPED', message: expect.stringContaining("'ds_account'") })
  })

  test('with accounts that are not in UTF-8 have a second reading, too', async () => {
    await server.chdb.run(`CREATE TABLE broken_texts ENGINE = MergeTree ORDER BY tuple() AS SELECT ${MS} AS timestamp,
      concat(unhex('ff'), 'acct', unhex('c328e2'), toString(number % 40)) AS account_id, concat('198.51.100.', toString(number % 7)) AS ip FROM numbers(2000)`)
    const rows = await server.chdb.rows(
      `SELECT ${MS} AS timestamp, number % 40 AS n, concat('198.51.100.', toString(number % 7)) AS ip FROM numbers(2000)`,
    )
    const records = rows.map(({ n, ...row }) => ({ ...row, account_id: `\ufffdacct\ufffd(\ufffd${n}` }))
    const path = writeRows(server.folder, 'broken.ndjson', records)
    await expectSame(server, path, 'broken_texts')
  })
})
