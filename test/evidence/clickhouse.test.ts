import { describe, expect, test } from 'vitest'
import { inBatches } from '../../src/evidence/clickhouse/batches.ts'
import { partsOf, settingsOf } from '../../src/evidence/clickhouse/client.ts'
import { parseType } from '../../src/evidence/clickhouse/column-type.ts'
import { identifier, literal, tableName } from '../../src/evidence/clickhouse/encode.ts'
import { asScanError, CONNECTING } from '../../src/evidence/clickhouse/faults.ts'
import { createMeter } from '../../src/evidence/clickhouse/meter.ts'
import { partType } from '../../src/evidence/clickhouse/part-type.ts'
import { serverOf } from '../../src/evidence/clickhouse/server.ts'

/** What can be held without a server; `npm run test:clickhouse` has the rest. */

test('what others wrote cannot leave its literal or its name', () => {
  expect(literal("it's")).toBe("'it\\'s'")
  expect(literal("\\' OR 1 --")).toBe("'\\\\\\' OR 1 --'")
  expect(literal('\0')).toBe("'\\0'")
  expect(literal('\ud83d')).toBe("'\ufffd'")
  expect(identifier('a`b\\')).toBe('`a\\`b\\\\`')
  expect(tableName('logs.requests')).toBe('`logs`.`requests`')
  expect(tableName('`logs.2026`.requests; DROP TABLE x')).toBe('`logs.2026`.`requests; DROP TABLE x`')
})

test('a type without what is around it', () => {
  expect(parseType('LowCardinality(Nullable(FixedString(10)))')).toEqual({ type: 'FixedString(10)', isNullable: true })
  expect(parseType("DateTime64(3, 'UTC')")).toEqual({ type: "DateTime64(3, 'UTC')", isNullable: false })
})

describe('the server', () => {
  test('has a user and a database in its URL, and never a password', () => {
    const url = 'https://re%40der@ch.example:8443/logs'
    expect(partsOf({ url })).toEqual({ address: 'https://ch.example:8443', username: 're@der', database: 'logs' })
    expect(partsOf({ url, username: 'other' }).username).toBe('other')
    expect(partsOf({ url: 'http://ch.example:8123' })).toMatchObject({ username: 'default', database: 'default' })
    for (const bad of ['ch.example', 'tcp://h', 'http://u:p@h', 'http://h/?readonly=0']) {
      expect(() => partsOf({ url: bad })).toThrow(expect.objectContaining({ code: 'USAGE' }))
    }
  })

  test('is as old as is supported, or refused', () => {
    expect(serverOf('18.16.1').has('dateTime64')).toBe(false)
    expect(serverOf('25.8.2.29').has('texts')).toBe(true)
    for (const old of ['18.14.9', '1.1.54385', '', 'nginx']) {
      expect(() => serverOf(old)).toThrow(/too old/)
    }
  })

  test('is asked to read alone, whole, and within limits', () => {
    const asked = settingsOf(
      { url: '', table: '', maxSeconds: 60, maxMemoryMiB: 100 },
      serverOf('25.8'),
      new Map([['limit', '7']]),
    )
    expect(asked).toMatchObject({
      readonly: '2',
      read_overflow_mode: 'throw',
      group_by_overflow_mode: 'throw',
      limit: '0',
      skip_unavailable_shards: '0',
      wait_end_of_query: '1',
      max_execution_time: '60',
      max_memory_usage: '104857600',
      cancel_http_readonly_queries_on_client_close: '1',
    })
    const old = settingsOf({ url: '', table: '' }, serverOf('18.16.1'), new Map([['readonly', '2']]))
    expect(old).not.toHaveProperty('limit')
    expect(old).not.toHaveProperty('cancel_http_readonly_queries_on_client_close')
    expect(old).not.toHaveProperty('readonly')
  })
})

test.each([
  ['Code: 516. DB::Exception: reader: Authentication failed', /refuses the user/],
  ['Code: 193, e.displayText() = DB::Exception: Wrong password', /refuses the user/],
  ['Code: 279. DB::Exception: All connection tries failed', /a shard/],
  ['Code: 241. DB::Exception: Memory limit exceeded', /more memory/],
  ["Code: 6. DB::Exception: Cannot parse string 'secret of a row'", /refused the query with error 6/],
  ['socket hang up', /connection to ClickHouse was lost/],
  ['Timeout error.', /in time/],
])('%s is told in one line, without what the server says', (message, line) => {
  const told = asScanError(new Error(message), 'reading')
  expect(told.message).toMatch(line)
  expect(`${told.message}${told.hint}`).not.toMatch(/secret of a row|DB::Exception/)
  expect(told.exitCode).toBe(2)
})

test('a server that refuses the call is none at first, and lost later', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  expect(asScanError(refused, CONNECTING).message).toMatch(/no ClickHouse server answers/)
  expect(asScanError(refused, 'reading').message).toMatch(/connection to ClickHouse was lost/)
})

test('ids go in batches that fit into a query, all of them', () => {
  expect(inBatches([])).toEqual([])
  const ids = Array.from({ length: 1000 }, (_, n) => `é${n}`.repeat((n % 5) + 1))
  const batches = inBatches(ids, 300)
  expect(batches.flat()).toEqual(ids)
  expect(batches.length).toBeGreaterThan(20)
  expect(inBatches(['x'.repeat(900), 'y'], 300)).toEqual([['x'.repeat(900)], ['y']])
})

test('what is brought is counted, cut into no character, and bounded', async () => {
  const meter = createMeter(2)
  const text = async (step: string, ...chunks: Buffer[]): Promise<string> => {
    const through = meter.step(step)()
    for (const chunk of chunks) through.write(chunk)
    through.end()
    let all = ''
    for await (const chunk of through) all += String(chunk)
    return all
  }
  const row = Buffer.from('{"a":"é🙂"}\n')
  expect(await text('base', row.subarray(0, 7), row.subarray(7))).toBe('{"a":"é🙂"}\n')
  expect(await text('fast', Buffer.from([0x61, 0xff, 0x0a]))).toBe('a\ufffd\n')
  expect({ ...meter.traffic, steps: [...meter.traffic.steps] }).toEqual({
    rows: 2,
    bytes: row.length + 3,
    steps: [
      ['base', 1],
      ['fast', 1],
    ],
  })
  await expect(text('base', Buffer.from('1\n2\n3\n'))).rejects.toThrow(/more than 2 rows of evidence/)
})

test('the queries of one step have one bound', async () => {
  const next = createMeter(3).step('second reading')
  for (const isLast of [false, true]) {
    const through = next()
    through.end(Buffer.from('1\n2\n'))
    const read = through.toArray()
    if (isLast) await expect(read).rejects.toThrow(/more than 3 rows of evidence/)
    else await read
  }
})

test('parts of a type, however it is written', () => {
  const of = (declared: string, ...path: string[]) => partType(parseType(declared), path)?.type
  const nested =
    "Tuple(user Tuple(id String, at Nullable(DateTime('Asia/Tokyo'))), `a, b` Array(Tuple(x UInt8, y String)))"
  expect(of(nested, 'user', 'at')).toBe("DateTime('Asia/Tokyo')")
  expect(of(nested, 'a, b')).toBe('Array(Tuple(x UInt8, y String))')
  expect(of(nested, 'user', 'none')).toBeUndefined()
  expect(of('Map(LowCardinality(String), Map(String, DateTime64(3)))', 'k', 'l')).toBe('DateTime64(3)')
  expect(of("JSON(max_dynamic_paths=8, a.b DateTime('Asia/Tokyo'), SKIP c)", 'a', 'b')).toBe("DateTime('Asia/Tokyo')")
  expect(of('JSON(a.b UInt8)', 'a', 'c')).toBeUndefined()
})
