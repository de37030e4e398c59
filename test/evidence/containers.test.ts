import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import { damageOf } from '../../src/collect.ts'
import { collect, type Files, type Seen, toNdjson } from './collect.ts'

const rows = Array.from({ length: 300 }, (_, i) => ({
  account_id: `acct_${i % 40}`,
  timestamp: 1780272006 + i * 977,
  ip: `198.51.${i % 13}.7`,
  device_fingerprint: `dev_${i % 23}`,
  input_tokens: i,
  output_tokens: i * 2,
  display_name: ['Ann, the "first"', 'Büşra\nline two', null][i % 3],
}))
const plain = toNdjson(rows)
const half = plain.indexOf('\n', plain.length / 2) + 1
const columns = Object.keys(rows[0]!)

const quoted = (value: unknown): string => {
  const text = value === null ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const csv = [columns, ...rows.map((row) => Object.values(row).map(quoted))]
  .map((cells) => `${cells.join(',')}\n`)
  .join('')

/** NDJSON as DuckDB writes it, for Node 20 cannot compress with zstd. */
const frames: Buffer[] = []
let parquet = Buffer.alloc(0)

/** Each frame behind its length in four bytes. */
const framed = (): Buffer =>
  Buffer.concat(
    frames.flatMap((frame) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(frame.length)
      return [length, frame]
    }),
  )

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-zstd-'))
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  try {
    for (const [i, text] of [plain.slice(0, half), plain.slice(half)].entries()) {
      const path = join(folder, `${i}.zst`)
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => `'${line.replaceAll("'", "''")}'`)
      await connection.run(
        `COPY (SELECT unnest([${lines.join(', ')}])) TO '${path}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01', COMPRESSION zstd)`,
      )
      frames.push(readFileSync(path))
    }
    writeFileSync(join(folder, 'a.ndjson'), plain)
    const types =
      "columns={account_id: 'VARCHAR', timestamp: 'BIGINT', ip: 'VARCHAR', device_fingerprint: 'VARCHAR', input_tokens: 'INTEGER', output_tokens: 'INTEGER', display_name: 'VARCHAR'}"
    await connection.run(
      `COPY (SELECT * FROM read_json('${join(folder, 'a.ndjson')}', ${types})) TO '${join(folder, 'a.parquet')}' (FORMAT parquet)`,
    )
    parquet = readFileSync(join(folder, 'a.parquet'))
  } finally {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** All that was seen, but for how it was stored. */
const evidenceOf = ({ accounts, shared, held, records, rejected }: Seen): object => ({
  accounts,
  shared,
  held,
  records,
  rejected,
})

describe('the same evidence as from plain NDJSON', () => {
  let expected: object
  beforeAll(async () => {
    expected = evidenceOf(await collect({ logs: { 'a.ndjson': plain } }))
    expect(expected).toMatchObject({ records: 300, rejected: {} })
  })

  const variants: readonly (readonly [what: string, logs: () => Files])[] = [
    ['gzip', () => ({ a: gzipSync(plain) })],
    [
      'gzip of several members',
      () => ({ a: Buffer.concat([gzipSync(plain.slice(0, half)), gzipSync(plain.slice(half))]) }),
    ],
    ['zstd of several frames', () => ({ a: Buffer.concat(frames) })],
    ['gzip and zstd side by side', () => ({ a: gzipSync(plain.slice(0, half)), b: frames[1]! })],
    ['two files, the later rows first', () => ({ a: plain.slice(half), b: plain.slice(0, half) })],
    ['carriage returns', () => ({ a: plain.replaceAll('\n', '\r\n') })],
    ['no newline at the end', () => ({ a: plain.trimEnd() })],
    ['a byte order mark', () => ({ a: `\ufeff${plain}` })],
    ['UTF-16', () => ({ a: Buffer.from(`\ufeff${plain}`, 'utf16le') })],
    ['a JSON array', () => ({ a: JSON.stringify(rows) })],
    ['a pretty JSON array in gzip', () => ({ a: gzipSync(JSON.stringify(rows, null, 2)) })],
    ['gzip in gzip', () => ({ a: gzipSync(gzipSync(plain)) })],
    ['zstd frames behind their lengths', () => ({ a: framed() })],
    ['objects without anything between them', () => ({ a: plain.replaceAll('\n', '') })],
    ['an envelope', () => ({ a: JSON.stringify({ object: 'list', has_more: false, data: rows }) })],
    ['Parquet', () => ({ a: parquet })],
    ['CSV', () => ({ a: csv })],
    ['CSV in gzip', () => ({ a: gzipSync(csv) })],
    [
      'CSV and NDJSON',
      () => ({ a: [columns.join(','), ...rowsOfCsv(0, 150)].join('\n'), b: toNdjson(rows.slice(150)) }),
    ],
    ['CSV with a record for the careful reader', () => ({ a: csv.replace(/^acct_6,.*$/m, (line) => `${line},`) })],
  ]

  test.each(variants)('%s', async (_, logs) => {
    expect(evidenceOf(await collect({ logs: logs() }))).toEqual(expected)
  })

  test.each([1, 2])('%i threads', async (threads) => {
    expect(evidenceOf(await collect({ logs: { 'a.ndjson': plain }, config: { threads } }))).toEqual(expected)
  })
})

const rowsOfCsv = (from: number, to: number): string[] =>
  rows.slice(from, to).map((row) => Object.values(row).map(quoted).join(','))

test('nested records are the same as flat ones', async () => {
  const flat = { account_id: 'a', timestamp: 1780272006, ip: '198.51.100.1', card_fingerprint: 'c', output_tokens: 5 }
  const nested = {
    user: { id: 'a' },
    '@timestamp': 1780272006,
    client: { ip: '198.51.100.1' },
    card: { fingerprint: 'c', other: [1] },
    usage: { completion_tokens: 5 },
  }
  const again = (row: object): object[] => [row, JSON.parse(JSON.stringify(row).replace('"a"', '"b"'))]
  const one = await collect({ logs: { 'a.ndjson': again(flat) } })
  const other = await collect({ logs: { 'a.ndjson': again(nested) }, map: { ip: 'client.ip' } })
  expect(evidenceOf(other)).toEqual(evidenceOf(one))
  expect(one.shared).toEqual({
    'card_fingerprint=c': ['a', 'b'],
    'ip_address=198.51.100.1': ['a', 'b'],
    'ip_block=198.51.100.0/24': ['a', 'b'],
  })
})

const long = Array.from(
  { length: 15_000 },
  (_, i) => `{"account_id":"a${(i * 2654435761) % 1e9}","timestamp":${1780272006 + i}}\n`,
).join('')

// DuckDB takes a stream that is cut short for a whole one: the broken last record is what gives it away.
test.each([0.5, 0.9])('a gzip file cut at %d of its length: the report says so', async (share) => {
  const whole = gzipSync(long)
  const seen = await collect({ logs: { 'late.gz': whole.subarray(0, Math.floor(whole.length * share)) } })
  expect(damageOf(seen.collected)).toEqual([expect.stringContaining('damaged or cut short')])
})

// read-logs.ts irregular: a cut is noticed by the broken line that it leaves. A file that is still being written, or was
// copied while it was, ends between two lines: nothing is broken, and what is missing goes unsaid.
describe('a gzip file that has no end, cut between two lines', () => {
  const csvText = `account_id,timestamp\n${long.replaceAll(/[{}"]|account_id":|timestamp":/g, '')}`

  describe.each([
    ['NDJSON', long],
    ['CSV', csvText],
  ])('%s', (_, text) => {
    const unfinished = gzipSync(text, { finishFlush: constants.Z_SYNC_FLUSH }) // neither end mark nor checksum

    test('what there is, is read', async () => {
      expect(await collect({ logs: { 'open.gz': unfinished } })).toMatchObject({ records: 15_000, rejected: {} })
    })

    test.fails('the report says so', async () => {
      const { collected } = await collect({ logs: { 'open.gz': unfinished } })
      expect(damageOf(collected)).toEqual([expect.stringContaining('damaged or cut short')])
    })
  })
})
