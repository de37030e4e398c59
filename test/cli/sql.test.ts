import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { recordedIo } from '../helpers/io.ts'

const LOG = 'fixtures/demo/logs.ndjson'
const ACCOUNTS = 'fixtures/demo/accounts.csv'

async function sql(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const io = recordedIo()
  const code = await main(['sql', '--no-config', ...args], io)
  return { code, out: io.stdout, err: io.stderr }
}

test('what is printed for DuckDB can be given to DuckDB as it is', async () => {
  const { code, out } = await sql('--dialect', 'duckdb', LOG, '--accounts', ACCOUNTS)
  expect(code).toBe(0)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run(out)
  const rows = await connection.runAndReadAll(
    'SELECT (SELECT count(*) FROM account) AS accounts, (SELECT sum(requests) FROM account_day)::INTEGER AS requests, (SELECT count(*) > 100 FROM value) AS shared',
  )
  expect(rows.getRowObjects()).toEqual([{ accounts: 2546n, requests: 6940, shared: true }])
})

test('of a table that only a sample tells of, ClickHouse’s steps', async () => {
  const { code, out } = await sql('--dialect', 'clickhouse', '--table', 'logs.requests', LOG)
  expect(code).toBe(0)
  const titles = [...out.matchAll(/^-- (\w[^:\n]*)/gm)].map(([, title]) => title)
  expect(titles).toEqual([
    'for ClickHouse 25.8; the oldest that is supported is 18.16',
    ...['base', 'base', 'fast', 'second reading'],
  ])
  expect(out.match(/^FROM .*$/gm)).toEqual(Array.from({ length: 4 }, () => 'FROM `logs`.`requests`'))
  expect(out).not.toMatch(/\b(?:INSERT|CREATE|ALTER|DROP)\b/)
})

test('without a server, the query of a window and that of a table of accounts, of samples of both', async () => {
  const names = ['--table', 'logs.requests', '--accounts-table', 'logs.people', '--accounts', ACCOUNTS]
  const window = ['--since', '2026-06-02', '--until', '2026-06-03']
  const { code, out } = await sql('--dialect', 'clickhouse', ...names, ...window, LOG)
  expect(code).toBe(0)
  expect(out).toMatch(/^-- side: /m)
  expect(out).toMatch(/`card_fingerprint`[^;]*\nFROM `logs`.`people`\n/)
  const since = Date.UTC(2026, 5, 2)
  const steps = out.split(';\n').filter((step) => step.includes('FROM `logs`.`requests`'))
  expect(steps).toHaveLength(4)
  for (const step of steps) expect(step).toContain(`ds_ms >= ${since} AND ds_ms < ${since + 86_400_000}`)
})

test('of a table of accounts that has no name yet, the query on `accounts`', async () => {
  const { out } = await sql('--dialect', 'clickhouse', LOG, '--accounts', ACCOUNTS)
  expect(out).toMatch(/^FROM `accounts`$/m)
})

test('what cannot be printed', async () => {
  const server = ['--clickhouse', 'http://ch.example:8123', '--table', 'requests']
  for (const [args, line] of [
    [['--dialect', 'duckdb', ...server], '--clickhouse is read by no step of DuckDB'],
    [['--dialect', 'clickhouse', ...server, LOG], 'log files beside --clickhouse'],
    [['--dialect', 'duckdb', '--since', '2026-06-02', LOG], '--since is for --clickhouse'],
    [['--dialect', 'clickhouse', '--table', 'requests'], 'no input file'],
    [['--dialect', 'clickhouse', '--accounts-table', 'people', LOG], '--accounts-table without a server needs a file'],
    [['--dialect', 'clickhouse', LOG, ACCOUNTS], 'one file tells of the columns of a table'],
    [['--dialect', 'clickhouse', LOG, '--since', '2026-06-02', '--until', '2026-06-01'], '--since is not before'],
    [['--dialect', 'clickhouse', LOG, '--table', 'a.b.c'], "no name of a table: 'a.b.c'"],
  ] as const) {
    expect(await sql(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(line) })
  }
  expect(await sql('--dialect', 'duckdb')).toMatchObject({ code: 2, err: expect.stringContaining('no input file') })
  expect(await sql(LOG)).toMatchObject({ code: 2, err: expect.stringContaining('--dialect') })
  const vendor = 'fixtures/vendor/helicone_requests.ndjson'
  expect(await sql('--dialect', 'duckdb', vendor)).toMatchObject({
    code: 2,
    err: expect.stringContaining('it is written again'),
  })
})
