import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { scan } from '../../src/index.ts'
import { recordedIo } from '../helpers/io.ts'
import { type Cluster, HOST, PASSWORD, serverMissing, startCluster } from './cluster.ts'

/** What servers and ways to them do wrong: one clear line each, exit 2, nothing half-written. */

let cluster: Cluster
let folder: string

beforeAll(async () => {
  if (serverMissing !== null) return
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-faults-'))
  cluster = await startCluster(2)
  for (const [shard, { run }] of cluster.nodes.entries()) {
    const device = shard === 0 ? ', device_fingerprint String' : ''
    await run(
      `CREATE TABLE local (timestamp DateTime, account_id String, ip String${device}) ENGINE = MergeTree ORDER BY account_id`,
    )
    await run(
      'CREATE TABLE requests (timestamp DateTime, account_id String, ip String) ENGINE = Distributed(all, default, local)',
    )
    await run(
      'CREATE TABLE uneven (timestamp DateTime, account_id String, ip String, device_fingerprint String) ENGINE = Distributed(all, default, local)',
    )
    const rows = Array.from(
      { length: 600 },
      (_, n) => `2026-06-0${(n % 5) + 1} 10:00:00,acct_${n % 60},198.51.100.${n % 9}${shard === 0 ? ',dev' : ''}\n`,
    )
    await run('INSERT INTO local FORMAT CSV', rows.join(''))
    for (const [view, rows] of [
      ['slow', 3_000_000],
      ['slow_but_sure', 200_000],
    ] as const)
      await run(`CREATE VIEW ${view} AS SELECT toInt64(1780272000000 + number) AS timestamp, concat('acct_', toString(number % 10)) AS account_id,
      '198.51.100.7' AS ip FROM system.numbers WHERE sleep(1) = 0 LIMIT ${rows}`)
  }
}, 120_000)

afterAll(async () => {
  if (serverMissing !== null) return
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

let runs = 0

interface Ran {
  readonly code: number
  readonly stderr: string
  readonly stdout: string
  /** Files that are left, of the report and of the spool. */
  readonly left: readonly string[]
}

async function run(args: readonly string[], env: Record<string, string> = {}, node = 0): Promise<Ran> {
  const own = join(folder, `run-${++runs}`)
  mkdirSync(join(own, 'spool'), { recursive: true })
  const io = recordedIo({ env })
  const url = args.includes('--clickhouse') ? [] : ['--clickhouse', cluster.nodes[node]!.url]
  const code = await main(
    [...url, ...args, '-o', join(own, 'report.json'), '--temp-dir', join(own, 'spool'), '--no-config'],
    io,
  )
  return {
    code,
    stderr: io.stderr,
    stdout: io.stdout,
    left: [...readdirSync(own).filter((name) => name !== 'spool'), ...readdirSync(join(own, 'spool'))],
  }
}

/** One clear line, a hint below it, exit 2 and nothing written. */
function expectRefused({ code, stderr, stdout, left }: Ran, line: RegExp): void {
  expect(stderr).toMatch(line)
  expect(stderr.trim().split('\n')).toHaveLength(2)
  expect({ code, stdout, left }).toEqual({ code: 2, stdout: '', left: [] })
}

/** Ids of the scans' queries that the first server is at. */
async function readings(): Promise<string[]> {
  const sql = "SELECT query_id FROM system.processes WHERE query LIKE '%ds_day%' AND query_id LIKE 'distill%'"
  return (await cluster.nodes[0]!.run(sql)).split('\n').filter((id) => id !== '')
}

const asReader = { CLICKHOUSE_USER: 'reader', CLICKHOUSE_PASSWORD: PASSWORD }

describe.skipIf(serverMissing !== null)('who asks', () => {
  test('a user who may only read and set is enough, with a password from the environment or a file', async () => {
    const before = await cluster.nodes[0]!.run('SHOW TABLES')
    expect(await run(['--table', 'requests'], asReader)).toMatchObject({ code: 0, left: ['report.json'] })
    const file = join(folder, 'password')
    writeFileSync(file, `${PASSWORD}\n`)
    const url = cluster.nodes[0]!.url.replace('://', '://reader@')
    expect(
      await run(['--clickhouse', url, '--table', 'default.requests', '--clickhouse-password-file', file]),
    ).toMatchObject({ code: 0 })
    expect(await cluster.nodes[0]!.run('SHOW TABLES')).toBe(before)
  })

  test('a wrong password and a user that there is not', async () => {
    expectRefused(
      await run(['--table', 'requests'], { ...asReader, CLICKHOUSE_PASSWORD: 'wrong' }),
      /refuses the user or the password/,
    )
    expectRefused(await run(['--table', 'requests'], { CLICKHOUSE_USER: 'nobody' }), /refuses the user or the password/)
  })

  test('a password in the URL is refused and not repeated', async () => {
    const ran = await run([
      '--clickhouse',
      cluster.nodes[0]!.url.replace('://', '://reader:s3cret@'),
      '--table',
      'requests',
    ])
    expectRefused(ran, /a password in the URL can be read/)
    expect(ran.stderr).not.toContain('s3cret')
  })

  test('a user who may set nothing', async () => {
    expectRefused(await run(['--table', 'requests'], { ...asReader, CLICKHOUSE_USER: 'strict' }), /may not set limits/)
  })

  test('a user whose profile cuts what a query reads or groups: nothing is said of a part', async () => {
    for (const user of ['few_rows', 'few_groups']) {
      expectRefused(await run(['--table', 'requests'], { ...asReader, CLICKHOUSE_USER: user }), /\((?:reading|looking)/)
    }
  })
})

describe.skipIf(serverMissing !== null)('what is asked for', () => {
  test('a window in which nothing is, and it is said which', async () => {
    const window = ['--since', '2026-07-01', '--until', '2026-07-02']
    expectRefused(
      await run(['--table', 'requests', ...window]),
      /no record could be used\n.*from 2026-07-01T00:00:00.000Z and before 2026-07-02T00:00:00.000Z/,
    )
  })

  test('the port of the native protocol', async () => {
    expectRefused(
      await run(['--clickhouse', cluster.nodes[0]!.nativeUrl, '--table', 'requests']),
      /not the HTTP interface/,
    )
  })

  test('a table and a server that there are not', async () => {
    expectRefused(await run(['--table', 'nope']), /no such table/)
    expectRefused(
      await run(['--clickhouse', cluster.nodes[0]!.url.replace(/\d+$/, '9'), '--table', 'requests']),
      /no ClickHouse server answers/,
    )
  })

  test('a column that one shard does not have', async () => {
    expectRefused(await run(['--table', 'uneven']), /has no column of a name that was mapped/)
  })

  test('more rows than fit', async () => {
    expectRefused(await run(['--table', 'requests', '--clickhouse-max-rows', '20']), /more than 20 rows of evidence/)
  })
})

describe.skipIf(serverMissing !== null)('what takes too long', () => {
  test('for the server, by its limit', async () => {
    expectRefused(await run(['--table', 'slow', '--clickhouse-max-seconds', '2']), /took longer than the server allows/)
  })

  test('but not for who waits, while the server says that it goes on', async () => {
    const { code } = await run(['--table', 'slow_but_sure', '--clickhouse-read-timeout', '2'], asReader)
    expect(code).toBe(0)
  })

  test('for who waits, where the server says nothing', async () => {
    const before = new Set(await readings())
    const ran = run(['--table', 'slow', '--clickhouse-read-timeout', '2'])
    while ((await readings()).every((id) => before.has(id))) await pause(50)
    cluster.nodes[0]!.freeze()
    expectRefused(await ran.finally(cluster.nodes[0]!.thaw), /did not answer in time/)
  })

  test.each([
    ['default', ''],
    ['reader', PASSWORD],
  ])('for who presses Ctrl-C: the query is stopped on the server, too (%s)', async (username, password) => {
    const controller = new AbortController()
    const { url, run: ask } = cluster.nodes[0]!
    const running = async (): Promise<string> =>
      (await ask(`SELECT count() FROM system.processes WHERE query_id LIKE 'stopped-${username}-%'`)).trim()
    const scanning = scan({
      inputs: [],
      clickhouse: { url, username, password, table: 'slow', runId: `stopped-${username}` },
      signal: controller.signal,
    })
    const ended = scanning.then(
      () => 'a result',
      (error) => (error as { code?: string }).code,
    )
    while ((await running()) === '0') await pause(50)
    controller.abort()
    expect(await ended).toBe('INTERRUPTED')
    for (let tries = 0; (await running()) !== '0' && tries < 100; tries++) await pause(100)
    expect(await running()).toBe('0')
  })
})

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('a server that takes the call and says nothing: Ctrl-C ends the wait', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, HOST, resolve))
  const controller = new AbortController()
  silent.once('connection', () => controller.abort())
  const url = `http://${HOST}:${(silent.address() as { port: number }).port}`
  const scanning = scan({ inputs: [], clickhouse: { url, table: 't' }, signal: controller.signal })
  await expect(scanning).rejects.toMatchObject({ code: 'INTERRUPTED' })
  silent.close()
})

describe.skipIf(serverMissing !== null)('what goes away', () => {
  test('a shard, before; then the server itself, in the middle of a query', async () => {
    await cluster.nodes[1]!.stop()
    expectRefused(await run(['--table', 'requests']), /a shard of the table does not answer/)
    const before = new Set(await readings())
    const ran = run(['--table', 'slow'])
    while ((await readings()).every((id) => before.has(id))) await pause(50)
    await cluster.nodes[0]!.stop()
    expectRefused(await ran, /the connection to ClickHouse was lost/)
  })
})

test('flags that do not go together', async () => {
  const told = async (...args: string[]): Promise<string> => {
    const io = recordedIo()
    expect(await main([...args, '--no-config'], io)).toBe(2)
    return io.stderr
  }
  expect(await told('--table', 't')).toMatch(/--table is for --clickhouse/)
  expect(await told('--clickhouse', 'http://h')).toMatch(/--clickhouse without --table/)
  expect(await told('--clickhouse', 'tcp://h', '--table', 't')).toMatch(/must be of http or https/)
  expect(await told('log.ndjson', '--clickhouse', 'http://h', '--table', 't')).toMatch(/log files beside --clickhouse/)
  expect(
    await told('--clickhouse', 'http://h', '--table', 't', '--since', '2026-06-02', '--until', '2026-06-01'),
  ).toMatch(/not before/)
  expect(existsSync('report.json')).toBe(false)
})
