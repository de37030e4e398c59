import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withNumbers } from '../../src/evidence/duckdb/numbers.ts'
import type { MappedSource } from '../../src/evidence/engine.ts'
import { MAX_SAMPLE } from '../../src/sources/sniff-content.ts'
import { collect, toNdjson } from './collect.ts'

/** Numbers of a JSON log are read as such where its first records hold them; the evidence is the one that texts give. */

type Row = Readonly<Record<string, unknown>>

const START = 1_780_272_000_000
const good = (i: number): Row => ({
  account_id: `g${i % 7}`,
  timestamp: START + i * 1000,
  input_tokens: i,
  output_tokens: 2 * i,
  status: i % 9 === 0 ? 429 : 200,
})
/** As many good records as a sample takes, so that it sees nothing else. */
const sample = Array.from({ length: MAX_SAMPLE }, (_, i) => good(i))

const asTexts = (rows: readonly Row[]): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]),
    ),
  )

const evidenceOf = async (rows: readonly Row[]) => {
  const { accounts, records, rejected, rejects } = await collect({ logs: { 'a.ndjson': rows } })
  return { accounts, records, rejected, rejects }
}

const count = fc.oneof(
  fc.integer({ min: -3, max: 5000 }),
  fc.constantFrom('17', ' 17 ', '1e3', '0x1F', '1_000', '2.5', 'many', '', null, 4294967296, 1e30, 1000.0, [1], {
    n: 1,
  }),
)
const time = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: START, max: START + 90_000_000 }) },
  fc.constantFrom(1780272006, 1780272006.979, 1780272006979.5, '1780272006979', ' 1780272006 ', 4102444800000),
  fc.constantFrom(1e8, 99_999_999, 1e11, 99_999_999_999, 0, -5),
)
const rest = fc.constantFrom(1780272006979123, 46082, '2026-06-01T00:00:06Z', '2026-06-01 00:00', 'soon', '', null)
const rowOf = (timestamp: fc.Arbitrary<unknown>) =>
  fc.record(
    { account_id: fc.constantFrom('a', 'b', 'c'), timestamp, input_tokens: count, output_tokens: count, status: count },
    { requiredKeys: ['account_id'] },
  )

test.each([
  ['numbers, and texts of numbers', time],
  ['anything a timestamp may be', fc.oneof(time, rest)],
])('the same evidence as from texts: %s', async (_, timestamp) => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowOf(timestamp), { maxLength: 30 }), async (rows) => {
      const all = [...sample, ...rows]
      expect(await evidenceOf(all)).toEqual(await evidenceOf(asTexts(all)))
    }),
    { numRuns: 15 },
  )
})

test('a broken line behind a timestamp that is no number: both are counted, each once', async () => {
  const rows = [...sample, { account_id: 'late', timestamp: 'soon' }, { account_id: 'late', timestamp: '2026-06-01' }]
  const { records, rejected, accounts } = await collect({
    logs: { 'a.ndjson': `${toNdjson(rows)}{"account_id":"x"\n` },
  })
  expect(records).toBe(MAX_SAMPLE + 1)
  expect(rejected).toEqual({ 'unreadable timestamp': 1, 'not JSON, or no known field': 1 })
  expect(accounts.find(({ id }) => id === 'late')).toMatchObject({ requests: 1 })
})

const logOf = (sample: readonly Row[], more: object = {}): MappedSource =>
  ({
    source: { container: 'ndjson', sample, ...more },
    mapping: {
      fields: Object.fromEntries(
        Object.keys(good(0)).map((field) => [field, [{ column: field, path: [], index: -1 }]]),
      ),
    },
  }) as unknown as MappedSource

const numbersOf = (...logs: MappedSource[]): string[][] => withNumbers(logs).map(({ numbers }) => [...numbers!].sort())
const ALL = ['input_tokens', 'output_tokens', 'status', 'timestamp']

test('which fields are read as numbers', () => {
  expect(numbersOf(logOf(sample))).toEqual([ALL])
  expect(numbersOf(logOf([...sample, { status: null }]))).toEqual([ALL])
  // One log alone would do, but columns of a union have one type.
  expect(numbersOf(logOf(sample), logOf(asTexts(sample)))).toEqual([[], []])
  expect(numbersOf(logOf([{ ...good(1), status: 'ok', timestamp: 1780272006979123 }]))).toEqual([
    ['input_tokens', 'output_tokens'],
  ])
  expect(numbersOf(logOf([{ ...good(1), output_tokens: 2.5, timestamp: 1780272006.979 }]))).toEqual([
    ['input_tokens', 'status', 'timestamp'],
  ])
  // A date of digits, and seconds of the year 2128: each record would have to be read twice.
  for (const timestamp of [20260601120000, 5e9]) expect(numbersOf(logOf([{ timestamp }]))).toEqual([[]])
  expect(numbersOf(logOf([]))).toEqual([[]])
  expect(numbersOf(logOf(sample, { isCareful: true }))).toEqual([[]])
  expect(numbersOf(logOf(sample, { container: 'csv' }))).toEqual([[]])
})
