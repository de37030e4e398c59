import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwrap } from '../../src/formats/unwrap.ts'

const one = { id: 1 }
const two = { id: 2 }
const both = [one, two]

describe('an envelope is taken off', () => {
  test.each([
    ['an audit trail', { Records: both }],
    ['an event hub', { records: both }],
    ['a delivery of a stream', { requestId: 'r', timestamp: 1, records: both }],
    ['a page of a list', { object: 'list', data: both, has_more: false, first_id: 'a', last_id: 'b', url: '/v1' }],
    ['a numbered page', { data: both, total: 2, page: 1, page_size: 50, total_pages: 1 }],
    ['a page in an answer', { success: true, message: '', data: { items: both, total: 2, page: 1 } }],
    ['an answer', { result: both, success: true, errors: [], messages: [], result_info: { page: 1 } }],
    ['events in covers', { events: [{ info: one }, { info: two }] }],
    ['a table of users', { users: both }],
    ['a list with totals', { start: 0, limit: 50, length: 2, total: 2, logs: both }],
    ['a list with a next link', { value: both, '@odata.nextLink': 'https://api.example/next' }],
    ['a search', { took: 1, timed_out: false, _shards: {}, hits: { hits: both.map((each) => ({ _source: each })) } }],
    [
      'a subscription to a log group',
      {
        ...{ messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'] },
        logEvents: both.map((each, i) => ({ id: String(i), timestamp: i, message: JSON.stringify(each) })),
      },
    ],
    ['an envelope in an envelope', { Records: [{ records: [one] }, { records: [two] }] }],
  ])('%s', (_, value) => expect(unwrap(value)).toEqual(both))

  test.each([
    ['a dump of a search engine', { _index: 'i', _id: '1', _score: 1, _source: one }],
    ['a search of fields', { _index: 'i', _id: '1', fields: { id: [1] } }],
    ['a container runtime', { log: '{"id":1}\n', stream: 'stdout', kubernetes: { pod_name: 'p' } }],
    ['a collector', { message: '{"id":1}', host: 'h', tag: 't' }],
    ['a collector of a collector', { log: JSON.stringify(JSON.stringify({ message: '{"id":1}' })), stream: 'stdout' }],
    ['a line with a time before it', { log: '2026-03-01T10:00:00.1Z stdout F {"id":1}' }],
  ])('%s', (_, value) => expect(unwrap(value)).toEqual([one]))

  test('a notification keeps the cover by which it is known', () => {
    const item = { NotificationRequestItem: { pspReference: 'p' } }
    expect(unwrap({ live: 'false', notificationItems: [item, item] })).toEqual([item, item])
  })

  test('an event of a stream keeps its id', () => {
    expect(unwrap({ log_id: '7', data: { type: 's', ip: '203.0.113.7' } })).toEqual([
      { log_id: '7', type: 's', ip: '203.0.113.7' },
    ])
  })

  test('results keep the times of their bucket', () => {
    const bucket = { object: 'bucket', start_time: 1, end_time: 2 }
    expect(unwrap({ object: 'page', has_more: false, data: [{ ...bucket, results: both }] })).toEqual([
      { ...bucket, results: one },
      { ...bucket, results: two },
    ])
  })

  test('names and values in two lists become one object', () => {
    const [record] = unwrap({ 'metadata.key': ['_user', 3, 'env'], 'metadata.value': ['u1', 'x'] })
    expect(record).toMatchObject({ __meta: { _user: 'u1' } })
    expect(Object.keys(record?.__meta as object)).toEqual(['_user'])
  })

  test('the collector tells the time of a line that has none', () => {
    const cover = { time: '2026-03-01T10:00:00Z', stream: 'stdout' }
    expect(unwrap({ ...cover, log: '{"id":1}' })).toEqual([{ '@timestamp': cover.time, id: 1 }])
    expect(unwrap({ ...cover, log: '{"ts":5,"id":1}' })).toEqual([{ ts: 5, id: 1 }])
  })

  test('two ids that a double cannot tell apart stay two', () => {
    const ids = ['9007199254740993', '9007199254740992'].flatMap((id) => unwrap({ log: `{"id":${id}}`, stream: 'x' }))
    expect(ids).toEqual([{ id: '9007199254740993' }, { id: '9007199254740992' }])
  })
})

describe('an ordinary record stays one', () => {
  const own = { account_id: 'a', timestamp: 1 }
  test.each([
    ['with no list', own],
    ['with data', { ...own, data: both }],
    ['with records', { ...own, records: both }],
    ['with events', { ...own, events: both }],
    ['with users', { ...own, users: both }],
    ['with a result', { ...own, result: both }],
    ['with results and a start', { account_id: 'a', start_time: 1, results: both }],
    ['with values', { ...own, value: both }],
    ['with logs', { ...own, logs: both }],
    ['with hits', { ...own, hits: { hits: both } }],
    ['with spans', { ...own, resourceSpans: both }],
    ['with a source', { ...own, _source: one }],
    ['with a log id and data', { ...own, log_id: '7', data: one }],
    ['with a message', { ...own, message: '{"id":1}' }],
    ['with a log', { ...own, log: '{"id":1}' }],
    ['with an owner', { owner: 'a', timestamp: 1, status: 200, data: both }],
    ['of a request, without an account', { requestId: 'r', timestamp: 1, status: 200, data: both }],
    ['with a list of texts', { data: ['x', 'y'] }],
    ['with a message that is a text', { time: 1, message: 'started {"id":1}' }],
    ['with an object as log', { '@timestamp': 1, log: { level: 'info' }, message: 'x' }],
    ['with a text in the place of a list', { Records: 'x' }],
  ])('%s', (_, record) => {
    const records = unwrap(record)
    expect(records).toHaveLength(1)
    expect(records[0]).toBe(record)
  })
})

describe('nothing is lost', () => {
  test('an empty envelope holds no record', () => {
    for (const key of ['Records', 'records', 'data', 'logs']) expect(unwrap({ [key]: [] })).toEqual([])
    expect(unwrap({ object: 'bucket', start_time: 1, end_time: 2, results: [] })).toEqual([])
  })

  test('an element that is no object is counted', () => {
    expect(unwrap({ data: [one, 3, null, 'x', [one]] })).toEqual([one, null, null, null, null])
    expect(unwrap({ resourceSpans: [{ scopeSpans: [{ spans: [3] }, 'x'] }, null] })).toEqual([null, null, null])
  })

  test('a message that is no JSON stays an event', () => {
    expect(unwrap({ logEvents: [{ id: '1', message: 'START' }] })).toEqual([{ id: '1', message: 'START' }])
  })

  test('of a bottomless envelope four layers are taken off', () => {
    let value: Record<string, unknown> = one
    for (let depth = 0; depth < 100_000; depth++) value = { data: [value] }
    expect(unwrap(value)).toHaveLength(1)
  })

  test('every element comes out once, whatever is in it', () => {
    const word = fc.constantFrom('data', 'results', 'log', 'id', 'start_time', '__proto__', 'toString', 'resourceSpans')
    const element = fc.oneof(fc.dictionary(word, fc.jsonValue({ maxDepth: 1 })), fc.jsonValue({ maxDepth: 2 }))
    fc.assert(
      fc.property(fc.array(element, { maxLength: 5 }), (list) => {
        const plain = list.map((each, i) => (isObject(each) ? { account_id: i, ...each } : each))
        if (!plain.some(isObject)) return
        expect(unwrap({ Records: plain })).toEqual(plain.map((each) => (isObject(each) ? each : null)))
      }),
      { numRuns: 200 },
    )
  })
})

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

describe('spans and log records', () => {
  const attribute = (key: string, value: unknown) => ({ key, value })
  const span = (attributes: unknown[], more = {}) => ({
    resourceSpans: [{ scopeSpans: [{ spans: [{ attributes, ...more }] }] }],
  })

  test('values come out of their types', () => {
    const [record] = unwrap(
      span([
        attribute('s', { stringValue: 'x' }),
        attribute('i', { intValue: '5' }),
        attribute('d', { doubleValue: 0.5 }),
        attribute('b', { boolValue: false }),
        attribute('a', { arrayValue: { values: [{ stringValue: 'y' }, { intValue: 1 }] } }),
        attribute('m', { kvlistValue: { values: [{ key: 'k', value: { stringValue: 'z' } }] } }),
        attribute('none', {}),
      ]),
    )
    expect(record?.attr).toEqual({ s: 'x', i: '5', d: 0.5, b: false, a: ['y', 1], m: { k: 'z' }, none: undefined })
    expect(record?.__otlp).toBe(true)
  })

  test("a span's attributes go before its resource's", () => {
    const [record] = unwrap({
      resourceSpans: [
        {
          resource: {
            attributes: [attribute('user.id', { stringValue: 'service' }), attribute('n', { stringValue: 'gw' })],
          },
          scopeSpans: [{ spans: [{ attributes: [attribute('user.id', { stringValue: 'u1' })] }] }],
        },
      ],
    })
    expect(record?.attr).toEqual({ 'user.id': 'u1', n: 'gw' })
  })

  test('how long a span took, in nanoseconds', () => {
    const [record] = unwrap(
      span([], { startTimeUnixNano: '1772359200000000000', endTimeUnixNano: '1772359202000000000' }),
    )
    expect(record?.__dur_ns).toBe(2e9)
    expect(unwrap(span([], { startTimeUnixNano: 5, endTimeUnixNano: 3 }))[0]).not.toHaveProperty('__dur_ns')
  })

  test('a span of other software is a record, too', () => {
    expect(unwrap(span([attribute('db.system', { stringValue: 'x' })]))).toHaveLength(1)
  })

  test('log records, and the older name of a scope', () => {
    const logRecord = { timeUnixNano: '1', body: { stringValue: 'x' } }
    expect(unwrap({ resourceLogs: [{ scopeLogs: [{ logRecords: [logRecord] }] }] })).toMatchObject([{ body: 'x' }])
    expect(unwrap({ resourceSpans: [{ instrumentationLibrarySpans: [{ spans: [{ name: 'n' }] }] }] })).toMatchObject([
      { name: 'n' },
    ])
  })

  test('keys that an object has of its own accord are data', () => {
    const odd = { toString: 1, valueOf: 2 }
    const [record] = unwrap(
      span([
        attribute('__proto__', { stringValue: 'p' }),
        { key: odd, value: { stringValue: 'x' } },
        attribute('m', {
          kvlistValue: { values: [{ key: odd, value: {} }, null, { key: 'constructor', value: { intValue: 1 } }] },
        }),
      ]),
    )
    const attr = record?.attr as Record<string, unknown>
    expect(Object.keys(attr)).toEqual(['__proto__', 'm'])
    expect(Object.keys(attr.m as object)).toEqual(['constructor'])
  })
})
