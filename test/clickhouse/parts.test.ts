import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRemote } from '../../src/evidence/clickhouse/remote.ts'
import { openTables } from '../../src/evidence/clickhouse/tables.ts'
import { fromFiles, fromTables, writeRows } from './both.ts'
import { chdbMissing } from './chdb.ts'
import { COMMON, expectSame, exported, here, inProcess, MS } from './in-process.ts'

/** Columns that have parts: JSON in a text and in a type of its own, tuples, maps. */

const server = inProcess()

describe.skipIf(chdbMissing !== null)('columns', () => {
  test('with JSON in a text, in a tuple and in a type of its own', async () => {
    const records = Array.from({ length: 400 }, (_, n) => ({
      timestamp: 1_780_272_000_000 + n * 1_234_567,
      event: {
        user: { id: n % 29 === 0 ? null : `acct_${n % 30}`, plan: n % 2 === 0 ? 'pro' : '' },
        client: { ip: `198.51.100.${n % 6}`, device: n % 11 === 0 ? null : `d"${n % 4}\\ä` },
        usage: { input_tokens: n % 70, output_tokens: n % 5 === 0 ? null : n },
      },
    }))
    const path = writeRows(server.folder, 'nested.ndjson', records)
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
      await server.chdb.run(
        `CREATE TABLE ${name} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, 'timestamp Int64, event ${type}')`,
      )
      await expectSame(server, path, name, { map })
    }
  })

  test('in a map, with keys that some rows lack', async () => {
    const records = Array.from({ length: 300 }, (_, n) => ({
      timestamp: 1_780_272_000 + n * 777,
      tags: { user_id: `acct_${n % 30}`, ...(n % 3 === 0 ? {} : { device: `d${n % 4}` }), "it's": `ua ${n % 5}` },
    }))
    const path = writeRows(server.folder, 'map.ndjson', records)
    const shape = 'timestamp UInt32, tags Map(String, String)'
    await server.chdb.run(
      `CREATE TABLE maps ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')`,
    )
    const map = { account_id: 'tags.user_id', device_fingerprint: 'tags.device', user_agent: "tags.it's" }
    await expectSame(server, path, 'maps', { map })
  })

  test('with an instant of a zone in a tuple, a map, and a typed path of JSON', async () => {
    const at = "toDateTime(intDiv(ms, 1000), 'Asia/Tokyo')"
    for (const [name, sql, type] of [
      ['zoned_tuple', `tuple(${at}, 'x')`, "Tuple(at DateTime('Asia/Tokyo'), name String)"],
      [
        'zoned_finer',
        `tuple(tuple(toDateTime64(${at}, 3, 'Asia/Tokyo')))`,
        "Tuple(in Tuple(at DateTime64(3, 'Asia/Tokyo')))",
      ],
      ['zoned_map', `map('at', ${at})`, "Map(String, DateTime('Asia/Tokyo'))"],
      ['zoned_json', `concat('{"at":', toString(intDiv(ms, 1000)), '}')`, "JSON(at DateTime('Asia/Tokyo'))"],
    ] as const) {
      await server.chdb.run(`CREATE TABLE ${name} (when ${type}, account_id String, ip String, device_fingerprint String, output_tokens UInt32)
        ENGINE = MergeTree ORDER BY tuple()`)
      await server.chdb.run(
        `INSERT INTO ${name} SELECT ${sql} AS when, ${COMMON} FROM (SELECT number, ${MS} AS ms FROM numbers(1000))`,
      )
      const path = await exported(server, name)
      const map = { timestamp: name === 'zoned_finer' ? 'when.in.at' : 'when.at' }
      await expectSame(server, path, name, { map })
    }
  })

  test('with numbers in JSON as they are written, lists, and a map in a map', async () => {
    const rows = Array.from({ length: 300 }, (_, n) =>
      [
        `{"timestamp":${1_780_272_000 + n * 777},"account_id":"acct_${n % 30}"`,
        `"meta":{"client" : {"device": ${['1.0', '1e3', '123456789012345678901234567890', '-0', '0.10', '1.5e-7', '12e22', '-0.0', '7', '"say \\"1.0\\""', '[1.5,2]'][n % 11]}}}`,
        `"model":["a","b${n % 3}"],"tags":{"user":{"agent":"ua ${n % 4}"}}}`,
      ].join(','),
    )
    const path = join(server.folder, 'numbers.ndjson')
    writeFileSync(path, `${rows.join('\n')}\n`)
    const shape =
      'timestamp UInt32, account_id String, meta String, model Array(String), tags Map(String, Map(String, String))'
    await server.chdb.run(
      `CREATE TABLE numbers_in_json ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')`,
    )
    await expectSame(server, path, 'numbers_in_json', {
      map: { device_fingerprint: 'meta.client.device', user_agent: 'tags.user.agent' },
    })
  })

  test('of texts that all hold JSON and have a name of their own', async () => {
    const records = Array.from({ length: 300 }, (_, n) => ({
      timestamp: 1_780_272_000 + n * 777,
      account_id: `acct_${n % 30}`,
      device_fingerprint: n === 0 ? null : JSON.stringify({ os: `os ${n % 4}`, user_agent: `ua ${n % 3}` }),
      system_prompt: JSON.stringify({ text: `be number ${n % 5}` }),
    }))
    const path = writeRows(server.folder, 'all-json.ndjson', records)
    const shape = 'timestamp UInt32, account_id String, device_fingerprint Nullable(String), system_prompt String'
    await server.chdb.run(
      `CREATE TABLE all_json ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')`,
    )
    await expectSame(server, path, 'all_json')
    const { seen } = await fromTables({ ...here(server), table: 'all_json' }, [], {
      map: { plan: 'device_fingerprint.os' },
    })
    expect(seen.fields).toContain('plan')
  })

  test('are looked at in part: no text of a prompt, and no long text, also in JSON', async () => {
    const body = JSON.stringify({
      user: 'acct_1',
      note: 'ä"\\\u0001 '.repeat(500),
      last: { ip: '198.51.100.7', list: ['a', 'b'] },
    })
    const path = writeRows(server.folder, 'long.ndjson', [
      { timestamp: 1_780_272_000, body, tags: { body }, user_prompt: body },
    ])
    const shape = 'timestamp UInt32, body String, tags Map(String, String), user_prompt String'
    await server.chdb.run(
      `CREATE TABLE long_texts ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')`,
    )
    const asked = { ...here(server), table: 'long_texts' }
    const remote = await openRemote(asked)
    const [opened] = await openTables(remote, asked)
    const [row] = opened!.source.sample as [{ body: { note: string; last: object }; user_prompt: unknown }]
    expect(row.user_prompt).toEqual({ user: '', note: '', last: { ip: '', list: [] } })
    expect(row.body.last).toEqual({ ip: '198.51.100.7', list: ['a', 'b'] })
    expect(row.body.note).toBe('ä"\\\u0001 '.repeat(500).slice(0, 200))
    expect(remote.traffic.bytes).toBeLessThan(3000)
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
    const path = writeRows(server.folder, 'spend.ndjson', records)
    const shape = `request_id String, call_type String, api_key String, spend Float64, startTime DateTime64(3), endTime DateTime64(3), model String,
      user Nullable(String), team_id String, cache_key String, metadata String, prompt_tokens UInt32, completion_tokens UInt32, session_id String`
    await server.chdb.run(`CREATE TABLE spend ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')
      SETTINGS date_time_input_format = 'best_effort'`)
    const files = await fromFiles([path], [])
    const { seen } = await fromTables({ ...here(server), table: 'spend' })
    expect(files.tables.accounts.ids).toContain('api_key_id=hash0')
    expect(seen.tables.accounts).toEqual({ ...files.tables.accounts, indicators: [] })
    expect(seen.tables.values).toEqual(files.tables.values)
    expect(seen.tables.holdings).toEqual(files.tables.holdings)
    expect(seen.events).toEqual(files.events)
  })
})
