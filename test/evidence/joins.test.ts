import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findGaps } from '../../src/gaps.ts'
import { scan } from '../../src/scan.ts'
import { collect, toNdjson } from './collect.ts'

/** How rows of several files become one picture: merged, counted once, joined by request, joined by account. */

const at = 1780272000
const request = (n: number, account: string | null, over: object = {}) => ({
  ...{ request_id: `r${n}`, timestamp: at + n * 60, model: 'm', output_tokens: 10 },
  ...(account === null ? {} : { account_id: account }),
  ...over,
})
const seenAtEdge = (n: number, ip: string, over: object = {}) => ({
  ...{ request_id: `r${n}`, timestamp: at + n * 60, ip, tls_fingerprint: `t13d1516h2_${ip.length}` },
  ...over,
})

describe('an edge', () => {
  test('gives each request what it saw of it, nearer to the client than the log', async () => {
    const seen = await collect({
      logs: {
        'requests.ndjson': [
          request(1, 'a', { ip: '192.0.2.1' }),
          request(2, 'b', { ip: '192.0.2.2' }),
          request(3, 'c'),
        ],
        'edge.ndjson': [seenAtEdge(1, '198.51.100.7'), seenAtEdge(2, '198.51.100.7'), seenAtEdge(9, '203.0.113.9')],
      },
    })
    expect(seen.accounts).toMatchObject([
      { id: 'a', requests: 1, outputTokens: 10 },
      { id: 'b', requests: 1, outputTokens: 10 },
      { id: 'c', requests: 1, outputTokens: 10 },
    ])
    expect(seen.shared).toMatchObject({ 'ip_address=198.51.100.7': ['a', 'b'], 'ip_block=198.51.100.0/24': ['a', 'b'] })
    // 192.0.2.0/24 is the gateway's own address, which both would share
    expect(seen.shared).not.toHaveProperty('ip_block=192.0.2.0/24')
    expect(seen.collected.evidence.joins).toEqual([
      { source: 1, on: 'request_id', matched: 2, unmatched: 1, repeated: 0, kept: 0 },
    ])
    expect(seen.records).toBe(6)
  })

  test('names the account of a request that has none; without either the request is a reject where it stands', async () => {
    const seen = await collect({
      logs: {
        'requests.ndjson': [request(1, null), request(2, null), request(3, 'c')],
        'edge.ndjson': [seenAtEdge(1, '198.51.100.7', { account_id: 'a' }), seenAtEdge(3, '198.51.100.9')],
      },
    })
    expect(seen.accounts.map(({ id, requests }) => [id, requests])).toEqual([
      ['a', 1],
      ['c', 1],
    ])
    expect(seen.rejects).toEqual(['requests.ndjson:2 no account id'])
  })

  test('counts the earliest row of a request, and keeps a row without its request for the account that it names', async () => {
    const seen = await collect({
      logs: {
        'requests.ndjson': [request(1, 'a'), request(2, 'b')],
        'edge.ndjson': [
          seenAtEdge(1, '203.0.113.1', { timestamp: at + 90 }),
          seenAtEdge(1, '198.51.100.7', { timestamp: at + 61 }),
          seenAtEdge(2, '198.51.100.7'),
          seenAtEdge(8, '198.51.100.7', { account_id: 'b' }),
          seenAtEdge(9, '198.51.100.7', { account_id: 'new' }),
          { timestamp: at, ip: '198.51.100.1' },
        ],
      },
    })
    expect(seen.shared['ip_block=198.51.100.0/24']).toEqual(['a', 'b', 'new'])
    expect(seen.accounts.map(({ id, requests }) => [id, requests])).toEqual([
      ['a', 1],
      ['b', 1],
      ['new', 0],
    ])
    expect(seen.collected.evidence.joins).toMatchObject([{ matched: 2, unmatched: 2, repeated: 1, kept: 2 }])
    expect(seen.rejects).toEqual(['edge.ndjson:6 no request id'])
  })

  test('is found by the trace of a request, too', async () => {
    const seen = await collect({
      logs: {
        'requests.ndjson': [request(1, 'a', { trace_id: 't1' }), request(2, 'b', { trace_id: 't1' })],
        'edge.ndjson': [seenAtEdge(0, '198.51.100.7', { request_id: 't1' })],
      },
    })
    expect(seen.shared['ip_block=198.51.100.0/24']).toEqual(['a', 'b'])
    expect(seen.collected.evidence.joins).toMatchObject([{ matched: 1, unmatched: 0 }])
  })

  test('alone it is the log', async () => {
    const rows = [
      seenAtEdge(1, '198.51.100.7', { account_id: 'a' }),
      seenAtEdge(2, '198.51.100.7', { account_id: 'b' }),
    ]
    const seen = await collect({ logs: { 'edge.ndjson': rows } })
    expect(seen.accounts.map(({ id, requests }) => [id, requests])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    expect(seen.collected.evidence.joins).toEqual([])
  })

  test('the order of rows and files, and the threads, change nothing', async () => {
    const requests = Array.from({ length: 30 }, (_, i) => request(i, `a${i % 7}`))
    const edges = Array.from({ length: 40 }, (_, i) => seenAtEdge(i % 33, `198.51.100.${i % 5}`, { timestamp: at + i }))
    const see = async (rows: readonly object[], other: readonly object[], threads: number) => {
      const { shared, accounts, held } = await collect({
        logs: { 'r.ndjson': rows, 'e.ndjson': other },
        config: { threads },
      })
      return { shared, accounts, held }
    }
    const expected = await see(requests, edges, 1)
    const shuffled = fc.tuple(
      fc.shuffledSubarray(requests, { minLength: 30 }),
      fc.shuffledSubarray(edges, { minLength: 40 }),
    )
    for (const [rows, other] of fc.sample(shuffled, { numRuns: 3, seed: 5 })) {
      expect(await see(rows, other, 2)).toEqual(expected)
    }
  })

  test('leaves nothing behind, however little memory it may use', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'distill-scan-join-'))
    const spill = join(folder, 'spill')
    mkdirSync(spill)
    try {
      const requests = Array.from({ length: 20_000 }, (_, i) => request(i, `a${i % 500}`))
      const edges = requests.map((_, i) => seenAtEdge(i, `198.51.${i % 90}.${i % 200}`))
      writeFileSync(join(folder, 'r.ndjson'), toNdjson(requests))
      writeFileSync(join(folder, 'e.ndjson'), toNdjson(edges))
      const inputs = ['r.ndjson', 'e.ndjson'].map((name) => join(folder, name))
      const result = await scan({ inputs, tempDirectory: spill, config: { memoryMiB: 128 } })
      expect(result.joins).toMatchObject([{ matched: 20_000, unmatched: 0 }])
      expect(readdirSync(spill)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('repeated deliveries', () => {
  const rows = [
    request(1, 'a'),
    request(2, 'a'),
    request(2, 'a'),
    request(3, 'b'),
    request(3, 'c'),
    request(4, 'b', { request_id: null }),
  ]

  test('are noticed', async () => {
    const logs = { 'r.ndjson': rows.map((row) => ({ ...row, ip: '198.51.100.7' })) }
    const { collected, accounts } = await collect({ logs })
    expect(accounts).toMatchObject([{ requests: 3 }, { requests: 2 }, { requests: 1 }])
    // r1, r2 of a, r3 of b and r3 of c: an id of another account is another request
    expect(collected.evidence.duplicates).toEqual({ requests: 5, distinctRequestIds: 4, isExact: true, removed: 0 })
  })

  test('count once with dedupe, in any order; a record without an id stays', async () => {
    for (const given of [rows, [...rows].reverse()]) {
      const { collected, accounts, records } = await collect({ logs: { 'r.ndjson': given }, config: { dedupe: true } })
      expect(accounts).toMatchObject([
        { id: 'a', requests: 2 },
        { id: 'b', requests: 2 },
        { id: 'c', requests: 1 },
      ])
      expect(collected.evidence.duplicates).toEqual({ requests: 5, distinctRequestIds: 4, isExact: true, removed: 1 })
      expect(records).toBe(6)
    }
  })

  test('a log delivered twice is the log', async () => {
    const once = await collect({ logs: { 'r.ndjson': rows }, config: { dedupe: true } })
    const twice = await collect({
      logs: { 'r.ndjson': rows, 'again.ndjson': rows.slice(0, 5) },
      config: { dedupe: true },
    })
    expect({ shared: twice.shared, accounts: twice.accounts }).toEqual({ shared: once.shared, accounts: once.accounts })
  })
})

describe('side files', () => {
  const logs = { 'r.ndjson': [request(1, 'u1'), request(2, 'u2'), request(3, 'u3')] }
  const users =
    'user_id,customer_id,email,created_at\nu1,cus_1,x@mail.example,2026-01-01\nu2,cus_2,y@mail.example,2026-01-01\n'
  const charges =
    'customer_id,card_fingerprint,amount,created\ncus_1,card_1,5,1780000000\ncus_2,card_1,5,1780000001\ncus_9,card_1,5,1780000002\n'

  test('a payment finds its account by the customer that another file names', async () => {
    const seen = await collect({ logs: { ...logs, 'users.csv': users, 'charges.csv': charges } })
    expect(seen.shared).toMatchObject({ 'card_fingerprint=card_1': ['cus_9', 'u1', 'u2'] })
    expect(seen.collected.evidence.joins).toEqual([
      { source: 1, on: 'account_id', matched: 2, unmatched: 0, repeated: 0, kept: 0 },
      { source: 2, on: 'customer_id', matched: 2, unmatched: 1, repeated: 0, kept: 0 },
    ])
  })

  test('one customer with two accounts pays for both', async () => {
    const both = users.replace('cus_2', 'cus_1')
    const seen = await collect({ logs: { ...logs, 'users.csv': both, 'charges.csv': charges } })
    expect(seen.shared['card_fingerprint=card_1']).toEqual(['cus_2', 'cus_9', 'u1', 'u2'])
  })

  test('a customer named beside one account in several rows has that one owner', async () => {
    const logs = { 'usage.ndjson': [{ timestamp: at, customer_id: 'cus_1', model: 'm' }] }
    const owner = (created_at: string) => ({ account_id: 'u1', customer_id: 'cus_1', created_at })
    const accounts = { 'a.ndjson': [owner('2026-01-01T00:00:00Z')], 'b.ndjson': [owner('2026-01-02T00:00:00Z')] }
    const seen = await collect({ logs, accounts })
    expect(seen.accounts.map(({ id, requests }) => [id, requests])).toEqual([['u1', 1]])
  })

  test('addresses of sign-ups count as those of requests do', async () => {
    const signups =
      'user_id,created_at,email,signup_ip\nu1,2026-01-01,x@mail.example,198.51.100.7\nu2,2026-01-01,y@mail.example,198.51.100.7\n'
    const seen = await collect({ logs: { ...logs, 'signups.csv': signups } })
    expect(seen.shared).toMatchObject({
      'ip_block=198.51.100.0/24': ['u1', 'u2'],
      'ip_address=198.51.100.7': ['u1', 'u2'],
    })
  })

  test('telephone numbers are one number however they are written', async () => {
    const rows =
      'user_id,created_at,email,phone\nu1,2026-01-01,x@m.example,+1 (555) 010-0101\nu2,2026-01-01,y@m.example,0015550100101\nu3,2026-01-01,z@m.example,15550100199\n'
    const seen = await collect({ logs: { ...logs, 'users.csv': rows } })
    expect(seen.shared).toMatchObject({
      'phone=+15550100101': ['u1', 'u2'],
      'phone_prefix=+155501': ['u1', 'u2', 'u3'],
    })
  })
})

test('parts of one request are one: tokens in one row, texts in another', async () => {
  const parts = (sequence: number, over: object) => ({
    ...{ category: 'GatewayLlmLogs', correlationId: 'c1', time: `2026-03-01T10:00:0${sequence}.1234567Z` },
    properties: { sequenceNumber: sequence, modelName: 'm', ...over },
  })
  const gateway = {
    ...{
      category: 'GatewayLogs',
      correlationId: 'c1',
      time: '2026-03-01T10:00:00.5Z',
      callerIpAddress: '198.51.100.7',
    },
    properties: { apiId: 'x', apimSubscriptionId: 'sub-a', responseCode: 200 },
  }
  const text = JSON.stringify({
    records: [parts(0, { promptTokens: 7, completionTokens: 5 }), parts(2, {}), gateway, parts(1, {})],
  })
  const seen = await collect({ logs: { 'hub.json': `${text}\n${toNdjson([{ records: [gateway] }])}` } })
  expect(seen.accounts).toMatchObject([
    { id: 'sub-a', requests: 1, inputTokens: 7, outputTokens: 5, firstAtMs: '2026-03-01T10:00:00.123Z' },
  ])
  expect(seen.records).toBe(5)
})

test('hours without any record are gaps', async () => {
  const hours = [0, 1, 2, 5, 6, 30]
  const rows = hours.map((hour) => ({ account_id: 'a', timestamp: 1780272000 + hour * 3600 }))
  const { collected } = await collect({ logs: { 'r.ndjson': rows } })
  expect(findGaps(collected.evidence.hours)).toEqual([
    { from: '2026-06-01T03:00:00.000Z', to: '2026-06-01T05:00:00.000Z', hours: 2 },
    { from: '2026-06-01T07:00:00.000Z', to: '2026-06-02T06:00:00.000Z', hours: 23 },
  ])
})

test('stamps without a zone are of the zone that is named', async () => {
  const logs = { 'r.csv': 'account_id,timestamp,model\na,2026-06-01 02:00:00,m\nb,2026-06-01T00:00:00Z,m\n' }
  const { accounts, collected } = await collect({ logs, config: { timeZone: 'Europe/Vienna' } })
  expect(accounts.map(({ firstAtMs }) => firstAtMs)).toEqual(['2026-06-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'])
  expect(collected.evidence.notes).toContain('timestamps without a zone were read as Europe/Vienna')
})
