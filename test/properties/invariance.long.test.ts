import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { scan } from '../../src/scan.ts'
import { comparable, demoAccounts, demoLogs, lines, scanTexts, shuffled } from './demo.ts'

let base: ScanResult
let expected: string

beforeAll(async () => {
  base = await scan({
    inputs: ['fixtures/demo/logs.ndjson'],
    accounts: ['fixtures/demo/accounts.csv'],
    config: { threads: 2 },
  })
  expected = comparable(base)
})

test('there is something to compare', () => {
  expect(base.networks.length).toBeGreaterThan(2)
  expect(expected.length).toBeGreaterThan(50_000)
})

describe('the document but for its inputs is the same, byte for byte', () => {
  test.each(['one', 'two'])('for any order of the lines: %s', async (seed) => {
    const result = await scanTexts([lines(shuffled(demoLogs, seed))], {
      accountsText: lines([demoAccounts[0]!, ...shuffled(demoAccounts.slice(1), seed)]),
    })
    expect(comparable(result)).toBe(expected)
  })

  test('for a log in three files, in any order', async () => {
    const parts: string[][] = [[], [], []]
    for (const [i, line] of shuffled(demoLogs, 'three').entries()) parts[i % 3]!.push(line)
    expect(comparable(await scanTexts(shuffled(parts, 'order').map(lines)))).toBe(expected)
  })

  test('for three files of different lengths, one of them compressed', async () => {
    const cuts = [demoLogs.slice(0, 100), demoLogs.slice(100, 5000), demoLogs.slice(5000)]
    expect(comparable(await scanTexts([lines(cuts[2]!), gzipSync(lines(cuts[0]!)), lines(cuts[1]!)]))).toBe(expected)
  })

  test('for one thread', async () => {
    const result = await scanTexts([lines(demoLogs)], { config: { threads: 1 } })
    expect(comparable(result)).toBe(expected)
  })

  test('for less memory', async () => {
    const result = await scanTexts([lines(demoLogs)], { config: { memoryMiB: 400 } })
    expect(comparable(result)).toBe(expected)
  })

  test('from a pipe', async () => {
    const { Readable } = await import('node:stream')
    const stdin = Readable.from([Buffer.from(lines(demoLogs))])
    const result = await scan({ inputs: ['-'], accounts: ['fixtures/demo/accounts.csv'], stdin })
    expect(comparable(result)).toBe(expected)
    expect(result.inputs[0]).toMatchObject({ path: '-', sha256: base.inputs[0]!.sha256, bytes: base.inputs[0]!.bytes })
  })

  test('in an envelope, in gzip, from a pipe', async () => {
    const { Readable } = await import('node:stream')
    const rows = demoLogs.map((line) => JSON.parse(line))
    const stdin = Readable.from([gzipSync(JSON.stringify({ has_more: false, data: rows }))])
    const result = await scan({ inputs: ['-'], accounts: ['fixtures/demo/accounts.csv'], stdin })
    expect(comparable(result)).toBe(expected)
  })

  test('as Parquet', async () => {
    expect(comparable(await scanTexts([await toParquet('fixtures/demo/logs.ndjson')]))).toBe(expected)
  })

  test.each([
    ['CSV', toCsv(',')],
    ['CSV in gzip', gzipSync(toCsv(','))],
    ['NDJSON in gzip', gzipSync(lines(demoLogs))],
    ['TSV, lines ending as on Windows', toCsv('\t').replaceAll('\n', '\r\n')],
  ])('as %s', async (_, text) => {
    expect(comparable(await scanTexts([text]))).toBe(expected)
  })
})

/** The log as columns, as the engine's own writer makes them; numbers stay numbers. */
async function toParquet(log: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-parquet-'))
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  try {
    const path = join(folder, 'logs.parquet')
    await connection.run(`COPY (SELECT * FROM read_json('${log}', sample_size=-1)) TO '${path}' (FORMAT parquet)`)
    return readFileSync(path)
  } finally {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
}

function toCsv(delimiter: string): string {
  const rows = demoLogs.map((line) => JSON.parse(line) as Record<string, unknown>)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : String(value)
    return text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text
  }
  return lines(
    [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((cells) =>
      cells.map(cell).join(delimiter),
    ),
  )
}

describe('geography is never evidence', () => {
  const ids = [...new Set(demoAccounts.slice(1).map((line) => line.split(',')[0]!))]

  /** The demo with a country and a card country for every account. */
  function withCountries(seed: string): Promise<ScanResult> {
    const countries = ids.map((_, i) => ['AA', 'BB', 'CC', 'DD'][i % 4]!)
    const countryOf = new Map(shuffled(ids, seed).map((id, i) => [id, countries[i]!]))
    const logs = demoLogs.map((line) => {
      const row = JSON.parse(line) as { account_id: string }
      return JSON.stringify({ ...row, country: countryOf.get(row.account_id) ?? 'AA' })
    })
    const [header, ...rows] = demoAccounts
    const accounts = rows.map((line) => `${line},${countryOf.get(line.split(',')[0]!)}`)
    return scanTexts([lines(logs)], { accountsText: lines([`${header},card_country`, ...accounts]) })
  }

  test('permuting countries among accounts changes nothing, nor does leaving them out', async () => {
    expect(comparable(await withCountries('one'))).toBe(expected)
    expect(comparable(await withCountries('two'))).toBe(expected)
  })
})

test('another seed draws another null: the groups stay, the p-values may not', async () => {
  const other = await scanTexts([lines(demoLogs)], { config: { seed: 'another' } })
  expect(other.seed).toBe('another')
  const sets = (result: ScanResult): string[] => result.networks.map(({ accounts }) => accounts.join()).sort()
  expect(sets(other)).toEqual(sets(base))
})
