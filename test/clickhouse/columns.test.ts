import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromFiles, fromTables, type Reading, writeRows } from './both.ts'
import { type Chdb, chdbMissing, openChdb } from './chdb.ts'

/** Tables as people have them: with types, with JSON, with columns that cannot be NULL. */

let chdb: Chdb
let folder: string

beforeAll(() => {
  if (chdbMissing !== null) return
  chdb = openChdb()
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-columns-'))
})

afterAll(async () => {
  if (chdbMissing !== null) return
  await chdb.close()
  rmSync(folder, { recursive: true, force: true })
})

const here = () => ({ url: 'http://in-process', connection: chdb.connection })

/** What the server itself writes of a table, as a file. */
async function exported(table: string, columns = '*', where = '1'): Promise<string> {
  const path = join(folder, `${table}-${Math.abs(hash(columns + where))}.ndjson`)
  const rows = await chdb.rows(
    `SELECT ${columns} FROM ${table} WHERE ${where} SETTINGS date_time_output_format = 'iso'`,
  )
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return path
}

const hash = (text: string): number => [...text].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) | 0, 7)

async function expectSame(path: string, table: string, reading: Reading = {}): Promise<void> {
  const files = await fromFiles([path], [], reading)
  expect(files.tables.accounts.count).toBeGreaterThan(5)
  expect((await fromTables({ ...here(), table }, [], reading)).seen).toEqual(files)
}

/** Instants of some days, in milliseconds. */
const MS = 'toInt64(1780272000000 + number * 7654321 % 600000000)'

/** Columns that are the same in all tables of this file. */
const COMMON = `concat('acct_', toString(number % 40)) AS account_id, concat('198.51.', toString(number % 7), '.', toString(number % 5)) AS ip,
  concat('device ', toString(number % 13)) AS device_fingerprint, toUInt32(number % 900) AS output_tokens`

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
    const table = `stamps_${Math.abs(hash(name))}`
    await chdb.run(`CREATE TABLE ${table} ENGINE = MergeTree ORDER BY tuple() AS
      SELECT ${sql} AS timestamp, ${COMMON} FROM (SELECT number, ${MS} AS ms FROM numbers(2000))`)
    const path = await exported(table)
    await expectSame(path, table)
  })

  test('of every type that holds a value', async () => {
    await chdb.run(`CREATE TABLE types ENGINE = MergeTree ORDER BY tuple() AS SELECT fromUnixTimestamp64Milli(ms) AS timestamp,
      toLowCardinality(concat('acct_', toString(number % 40))) AS account_id, toIPv4(concat('198.51.100.', toString(number % 5))) AS ip,
      CAST(toFixedString(substring(hex(MD5(toString(number % 9))), 1, 10), 10) AS FixedString(10)) AS device_fingerprint,
      CAST(if(number % 3 = 0, NULL, concat('m-', toString(number % 4))) AS LowCardinality(Nullable(String))) AS model,
      CAST(number % 3 + 1 AS Enum8('free' = 1, 'pro' = 2, 'team' = 3)) AS plan, toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS organization_id,
      CAST(if(number % 5 = 0, NULL, number % 700) AS Nullable(UInt16)) AS input_tokens, toFloat64(number % 90) AS output_tokens,
      toInt16(200 + number % 2 * 229) AS status, toDateTime(1700000000 + number % 40) AS created_at
      FROM (SELECT number, ${MS} AS ms FROM numbers(3000))`)
    await expectSame(await exported('types'), 'types')
    await chdb.run(`CREATE TABLE sixes ENGINE = MergeTree ORDER BY tuple() AS SELECT fromUnixTimestamp64Milli(${MS}) AS timestamp,
      toUInt64(number % 40) AS account_id, toIPv6(concat('2001:db8::', toString(number % 5), ':1')) AS ip FROM numbers(500)`)
    await expectSame(await exported('sixes'), 'sixes')
  })

  test('that cannot be NULL are empty where a table in text is', async () => {
    await chdb.run(`CREATE TABLE empties ENGINE = MergeTree ORDER BY tuple() AS SELECT
      if(number % 50 = 0, '', toString(${MS})) AS timestamp, if(number % 31 = 0, '', concat('acct_', toString(number % 40))) AS account_id,
      if(number % 7 = 0, '', '198.51.100.7') AS ip, if(number % 5 = 0, '', 'device') AS device_fingerprint FROM numbers(1000)`)
    const rows = await chdb.rows('SELECT timestamp, account_id, ip, device_fingerprint FROM empties')
    const path = join(folder, 'empties.csv')
    writeFileSync(
      path,
      `timestamp,account_id,ip,device_fingerprint\n${rows.map((row) => `${Object.values(row).join(',')}\n`).join('')}`,
    )
    await expectSame(path, 'empties')
  })

  test('with JSON in a text, in a tuple and in a type of its own', async () => {
    const records = Array.from({ length: 400 }, (_, n) => ({
      timestamp: 1_780_272_000_000 + n * 1_234_567,
      event: {
        user: { id: n % 29 === 0 ? null : `acct_${n % 30}`, plan: n % 2 === 0 ? 'pro' : '' },
        client: { ip: `198.51.100.${n % 6}`, device: n % 11 === 0 ? null : `d"${n % 4}\\ä` },
        usage: { input_tokens: n % 70, output_tokens: n % 5 === 0 ? null : n },
      },
    }))
    const path = writeRows(folder, 'nested.ndjson', records)
    const map = {
      account_id: 'event.user.id',
      ip: 'event.client.ip',
      device_fingerprint: 'event.client.device',
      input_tokens: 'event.usage.input_tokens',
      output_tokens: 'event.usage.output_tokens',
      plan: 'event.user.plan',
    }
    const tuple = `Tuple(user Tuple(id Nullable(String), plan Nullable(String)), client Tuple(ip Nullable(String), device Nullable(String)), usage Tuple(input_tokens Nullable(UInt32), output_tokens Nullable(UInt32)))`
    for (const [name, type] of [
      ['texts', 'String'],
      ['maybe', 'Nullable(String)'],
      ['tuples', tuple],
      ['objects', 'JSON'],
    ] as const) {
      await chdb.run(
        `CREATE TABLE ${name} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, 'timestamp Int64, event ${type}')`,
      )
      await expectSame(path, name, { map })
    }
  })

  test('in a map, with keys that some rows lack', async () => {
    const records = Array.from({ length: 300 }, (_, n) => ({
      timestamp: 1_780_272_000 + n * 777,
      tags: { user_id: `acct_${n % 30}`, ...(n % 3 === 0 ? {} : { device: `d${n % 4}` }), "it's": `ua ${n % 5}` },
    }))
    const path = writeRows(folder, 'map.ndjson', records)
    const shape = 'timestamp UInt32, tags Map(String, String)'
    await chdb.run(
      `CREATE TABLE maps ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')`,
    )
    const map = { account_id: 'tags.user_id', device_fingerprint: 'tags.device', user_agent: "tags.it's" }
    await expectSame(path, 'maps', { map })
  })

  test('of a window alone, of whatever type the stamp is', async () => {
    const [sinceMs, untilMs] = [1_780_300_000_123, 1_780_500_000_456]
    for (const [n, sql] of [
      'fromUnixTimestamp64Milli(ms)',
      'ms',
      'intDiv(ms, 1000)',
      "concat(toString(fromUnixTimestamp64Milli(ms, 'UTC')), 'Z')",
      "concat(' ', toString(fromUnixTimestamp64Milli(ms, 'UTC')), 'Z')",
    ].entries()) {
      const table = `window_${n}`
      const at = sql.startsWith('intDiv') ? 'intDiv(ms, 1000) * 1000' : 'ms'
      await chdb.run(`CREATE TABLE ${table} ENGINE = MergeTree ORDER BY tuple() AS
        SELECT ${sql} AS timestamp, ${at} AS at, ${COMMON} FROM (SELECT number, ${MS} AS ms FROM numbers(3000))`)
      const path = await exported(table, '* EXCEPT at', `at >= ${sinceMs} AND at < ${untilMs}`)
      const files = await fromFiles([path], [])
      const { seen } = await fromTables({ ...here(), table, window: { sinceMs, untilMs } })
      expect(files.tables.accounts.count).toBe(40)
      expect(seen).toEqual(files)
    }
  })

  test('of a time zone that the stamps do not name', async () => {
    await chdb.run(`CREATE TABLE zones ENGINE = MergeTree ORDER BY tuple() AS
      SELECT toString(toDateTime64(fromUnixTimestamp64Milli(1774746000000 + number * 600000, 'UTC'), 3, 'UTC')) AS timestamp, ${COMMON} FROM numbers(300)`)
    await expectSame(await exported('zones'), 'zones', { config: { timeZone: 'Europe/Vienna' } })
  })

  test('of a known product, whose fields are in columns and in JSON', async () => {
    const records = Array.from({ length: 300 }, (_, n) => ({
      request_id: `r${n}`,
      call_type: 'acompletion',
      api_key: `hash${n % 40}`,
      spend: 0.25,
      startTime: new Date(1_780_272_000_000 + n * 4_567_890).toISOString(),
      endTime: new Date(1_780_272_000_000 + n * 4_567_890 + 900).toISOString(),
      model: `m-${n % 3}`,
      user: n % 13 === 0 ? '' : n % 2 === 0 ? `user-${n % 30}` : null,
      team_id: `team-${n % 4}`,
      cache_key: 'Cache OFF',
      metadata: {
        user_api_key_user_id: n % 5 === 0 ? null : `user-${n % 30}`,
        requester_ip_address: `198.51.100.${n % 9}`,
      },
      prompt_tokens: n,
      completion_tokens: n % 7,
      session_id: `s${n % 20}`,
    }))
    const path = writeRows(folder, 'spend.ndjson', records)
    const shape = `request_id String, call_type String, api_key String, spend Float64, startTime DateTime64(3), endTime DateTime64(3), model String,
      user Nullable(String), team_id String, cache_key String, metadata String, prompt_tokens UInt32, completion_tokens UInt32, session_id String`
    await chdb.run(`CREATE TABLE spend ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')
      SETTINGS date_time_input_format = 'best_effort'`)
    const files = await fromFiles([path], [])
    const { seen } = await fromTables({ ...here(), table: 'spend' })
    expect(files.tables.accounts.ids).toContain('api_key_id=hash0')
    expect(seen.tables.accounts).toEqual({ ...files.tables.accounts, indicators: [] })
    expect(seen.tables.values).toEqual(files.tables.values)
    expect(seen.tables.holdings).toEqual(files.tables.holdings)
    expect(seen.events).toEqual(files.events)
  })
})
