import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant } from '../../src/formats/values/instant.ts'
import { collect } from './collect.ts'

/** 2026-06-01T00:00:06.979Z in every form of docs/fields.md, "Timestamps", and in those that exports are seen with. */
const ms = '2026-06-01T00:00:06.979Z'
const whole = '2026-06-01T00:00:06.000Z'
const forms: readonly (readonly [form: string, raw: string | number, instant: string])[] = [
  ['ISO, UTC', '2026-06-01T00:00:06.979Z', ms],
  ['ISO, whole seconds', '2026-06-01T00:00:06Z', whole],
  ['ISO, no zone: UTC', '2026-06-01T00:00:06.979', ms],
  ['ISO, a blank for the T', '2026-06-01 00:00:06.979', ms],
  ['ISO, offset', '2026-06-01T05:30:06.979+05:30', ms],
  ['ISO, offset without colon', '2026-05-31T17:00:06.979-0700', ms],
  ['ISO, offset in hours', '2026-06-01T02:00:06.979+02', ms],
  ['ISO, microseconds', '2026-06-01T00:00:06.979123Z', ms],
  ['ISO, nanoseconds', '2026-06-01T00:00:06.979123456Z', ms],
  ['ISO, blanks around', ' 2026-06-01T00:00:06.979Z ', ms],
  ['UTC by name', '2026-06-01 00:00:06 UTC', whole],
  ['ISO, no seconds', '2026-06-01 00:00', '2026-06-01T00:00:00.000Z'],
  ['a day', '2026-06-01', '2026-06-01T00:00:00.000Z'],
  ['epoch s', 1780272006, whole],
  ['epoch s with a fraction', 1780272006.979, ms],
  ['epoch ms', 1780272006979, ms],
  ['epoch µs', 1780272006979123, ms],
  ['epoch s as text', '1780272006', whole],
  ['epoch s with a fraction as text', '1780272006.979', ms],
  ['epoch ms as text', '1780272006979', ms],
  ['epoch µs as text', '1780272006979000', ms],
  ['epoch ns as text', '1780272006979000000', ms],
  ['epoch ns as text, past what a double holds', '1780272006979123457', ms],
  ['epoch ms in scientific notation', '1.780272006979e12', ms],
]

const unreadable: readonly string[] = [
  ...['yesterday', 'now', 'today', 'tomorrow', 'epoch', 'infinity', '-infinity', 'true', '0x6a1'],
  ...['2026-13-01T00:00:00Z', '2026-02-30', '1969-12-31T23:59:59Z', '0', '-1780272006', '99999999', '9e99', '1e400'],
]

test('every form is the same instant, from NDJSON and from CSV', async () => {
  const rows = forms.map(([form, timestamp]) => ({ account_id: form, timestamp }))
  const expected = forms.map(([form, , instant]) => [form, instant]).sort(([a], [b]) => (a! < b! ? -1 : 1))
  const csv = `account_id,timestamp\n${forms.map(([form, raw]) => `"${form}",${raw}\n`).join('')}`
  for (const logs of [{ 'a.ndjson': rows }, { 'a.csv': csv }]) {
    const { accounts, rejected } = await collect({ logs })
    const found = accounts.map(({ id, firstAtMs }) => [id as string, firstAtMs as string])
    expect(found.sort(([a], [b]) => (a! < b! ? -1 : 1))).toEqual(expected)
    expect(rejected).toEqual({})
  }
})

test('nanoseconds as a JSON number keep the millisecond', async () => {
  const { accounts } = await collect({ logs: { 'a.ndjson': '{"account_id":"a","timestamp":1780272006979000000}\n' } })
  expect(accounts[0]?.firstAtMs).toBe(ms)
})

test('what is no instant is a reject, never a time', async () => {
  const rows = unreadable.map((timestamp, i) => ({ account_id: `a${i}`, timestamp }))
  const missing = ['', 'null', '-', 'NaN', null].map((timestamp, i) => ({ account_id: `m${i}`, timestamp }))
  const { accounts, rejected } = await collect({
    logs: { 'a.ndjson': [{ account_id: 'good', timestamp: ms }, ...rows, ...missing] },
  })
  expect(accounts.map(({ id }) => id)).toEqual(['good'])
  expect(rejected).toEqual({ 'unreadable timestamp': unreadable.length, 'no timestamp': missing.length })
})

test('seconds, milliseconds, microseconds and nanoseconds are told apart at their edges', async () => {
  // Below 1e11: seconds; below 1e14: ms; below 1e17: µs; then ns. Below 1e8 nothing.
  const edges: readonly (readonly [raw: string, instant: string])[] = [
    ['100000000', '1973-03-03T09:46:40.000Z'],
    ['100000000000', '1973-03-03T09:46:40.000Z'],
    ['100000000000000', '1973-03-03T09:46:40.000Z'],
    ['100000000000000000', '1973-03-03T09:46:40.000Z'],
    ['4102444799', '2099-12-31T23:59:59.000Z'],
    ['4102444799999', '2099-12-31T23:59:59.999Z'],
  ]
  const { accounts } = await collect({
    logs: { 'a.ndjson': edges.map(([timestamp]) => ({ account_id: timestamp, timestamp })) },
  })
  const found = new Map(accounts.map(({ id, firstAtMs }) => [id, firstAtMs]))
  expect(edges.map(([raw]) => [raw, found.get(raw)])).toEqual(edges)
})

describe('other spellings', () => {
  // DuckDB's cast wants seconds, an upper-case T and Z, and a point.
  test.each(['2026-06-01T00:00Z', '2026-06-01t00:00:06z', '2026-06-01T00:00:06,979Z', '20260601T000006Z'])(
    'ISO 8601 written as %s',
    async (timestamp) => {
      expect((await collect({ logs: { 'a.ndjson': [{ account_id: 'a', timestamp }] } })).rejected).toEqual({})
    },
  )

  // canonical.ts instantMs: there is no upper bound. Fourteen digits that are no date count as milliseconds of the year 2612; past the
  // year 275760 a JavaScript date has no text, and the scan ends with a RangeError (exit 70).
  test.each(['20261301000006', '9999-12-31T23:59:59Z', '290000-01-01T00:00:00Z'])(
    '%s is no time of a request',
    async (timestamp) => {
      const logs = {
        'a.ndjson': [
          { account_id: 'a', timestamp: ms },
          { account_id: 'b', timestamp },
        ],
      }
      expect((await collect({ logs })).rejected).toEqual({ 'unreadable timestamp': 1 })
    },
  )
})

describe('the engine and the reader of our own agree', () => {
  const zoo = (
    parse(readFileSync('fixtures/vendor/traps/time_zoo.csv', 'utf8'), { columns: true }) as { t: string }[]
  ).map(({ t }) => t)
  const others = [
    '3/1/26 10:00',
    '01.03.2026 10:00:00',
    '01.03.2026',
    '1 March 2026 10:00:00 +0100',
    '20260301',
    '20260301100000',
    '133167888000000000',
    '2026-03-01 10:00:00 +0100 CET',
    '12/31/2026 11:59 PM',
    '3/1/2026, 12:00:00 AM',
    '46082',
    '1.77236E+09',
    '2026-02-30',
    '32/01/2026',
    '01/Foo/2026:10:00:00 +0000',
    '2026-03-01T24:00:00Z',
    '2026-03-01T10:00:60Z',
  ]
  const made = fc.oneof(
    fc
      .date({ min: new Date('1990-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc
      .integer({ min: 1_000_000_000, max: 2_400_000_000 })
      .chain((s) => fc.constantFrom(`${s}`, `${s}123`, `${s}123456`, `${s}123456789`, `${s}.5`)),
    fc.string({ unit: fc.constantFrom(...'0123456789-:/. TZ+APM'), minLength: 5, maxLength: 24 }),
  )

  test('on every form that is known, and on what is none', async () => {
    const stamps = [
      ...new Set([
        ...zoo,
        ...others,
        ...forms.map(([, raw]) => String(raw).trim()),
        ...fc.sample(made, { seed: 7, numRuns: 400 }),
      ]),
    ]
    const rows = stamps.map((timestamp, i) => ({ account_id: `a${String(i).padStart(4, '0')}`, timestamp }))
    const { accounts } = await collect({ logs: { 'a.ndjson': rows } })
    const found = new Map(accounts.map(({ id, firstAtMs }) => [id, firstAtMs]))
    const ours = (stamp: string): string | null => {
      const instant = parseInstant(stamp)
      if (instant === null) return null
      return 'ms' in instant ? new Date(instant.ms).toISOString() : `${instant.local.replace(' ', 'T')}Z`
    }
    expect(rows.map(({ account_id, timestamp }) => [timestamp, found.get(account_id) ?? null])).toEqual(
      rows.map(({ timestamp }) => [timestamp, ours(timestamp)]),
    )
  })
})
