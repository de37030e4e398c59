import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulate } from '../../src/index.ts'
import { fromFiles, fromTables, writeRows } from './both.ts'
import { type Cluster, serverMissing, startCluster } from './cluster.ts'
import { dirtyRecords } from './dirty.ts'

/** Two shards of the oldest server that is supported, over HTTP: the coordinator merges what the shards have grouped. */

let cluster: Cluster
let folder: string
let log: string
let accounts: string

const COLUMNS = `timestamp Int64, account_id String, ip String, user_agent String, device_fingerprint String, model String,
  input_tokens UInt32, output_tokens UInt32, status UInt16, system_prompt_hash String`

beforeAll(async () => {
  if (serverMissing !== null) return
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-shards-'))
  await simulate({
    out: folder,
    seed: 'shards',
    requests: 30_000,
    accounts: 1500,
    days: 5,
    scenarios: 'demo',
    gzip: false,
    threads: 2,
  })
  // The old server takes no null for a column that cannot be NULL.
  const rows = readFileSync(join(folder, 'logs.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const names = [...COLUMNS.matchAll(/(\w+) (?:String|U?Int\d+)/g)].map(([, name]) => name!)
  const lines = rows.map((row) => names.map((name) => row[name] ?? '').join(','))
  log = join(folder, 'requests.csv')
  writeFileSync(log, `${names.join(',')}\n${lines.map((line) => `${line}\n`).join('')}`)
  accounts = join(folder, 'accounts.csv')
  cluster = await startCluster(2)
  for (const [shard, node] of cluster.nodes.entries()) {
    await node.run(
      `CREATE TABLE local (${COLUMNS}) ENGINE = MergeTree PARTITION BY toDate(intDiv(timestamp, 1000)) ORDER BY account_id`,
    )
    await node.run('CREATE TABLE requests AS local ENGINE = Distributed(all, default, local, rand())')
    const half = lines.filter((_, i) => i % 2 === shard)
    await node.run('INSERT INTO local FORMAT CSV', half.map((line) => `${line}\n`).join(''))
  }
})

afterAll(async () => {
  if (serverMissing !== null) return
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** No shard handed over its rows: of every query that the coordinator sent, the answer was shorter than what was read. */
async function expectGroupedOnShards(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000)) // the log is written twice a second or so
  const answer = await cluster.nodes[1]!.run(`SELECT count(), max(result_rows), min(read_rows) FROM system.query_log
    WHERE type = 2 AND is_initial_query = 0 AND query LIKE '%ds_requests%' FORMAT TabSeparated`)
  const [queries, mostGiven, leastRead] = answer.trim().split('\t').map(Number)
  expect(queries).toBeGreaterThanOrEqual(3)
  expect(mostGiven).toBeLessThan(leastRead!)
}

describe.skipIf(serverMissing !== null)('a Distributed table over two shards', () => {
  test('gives the evidence of a file with the rows of both', async () => {
    const files = await fromFiles([log], [accounts])
    expect(files.tables.accounts.count).toBeGreaterThan(1000)
    const { seen, traffic } = await fromTables({ url: cluster.nodes[0]!.url, table: 'requests' }, [accounts])
    expect(seen).toEqual(files)
    expect(traffic.rows).toBeLessThan(30_000)
    await expectGroupedOnShards()
  })

  test('with a table of accounts on both, and a window of days', async () => {
    const header = readFileSync(accounts, 'utf8').split('\n', 1)[0]!
    const columns = header.split(',').map((name) => `${name} String`)
    for (const [shard, node] of cluster.nodes.entries()) {
      await node.run(`CREATE TABLE people (${columns.join(', ')}) ENGINE = MergeTree ORDER BY account_id`)
      await node.run('CREATE TABLE accounts AS people ENGINE = Distributed(all, default, people, rand())')
      const lines = readFileSync(accounts, 'utf8').trim().split('\n').slice(1)
      await node.run(
        'INSERT INTO people FORMAT CSV',
        lines
          .filter((_, i) => i % 2 === shard)
          .map((line) => `${line}\n`)
          .join(''),
      )
    }
    const [, ...lines] = readFileSync(log, 'utf8').trim().split('\n')
    const times = lines.map((line) => Number(line.split(',', 1)[0])).sort((a, b) => a - b)
    const [sinceMs, untilMs] = [times[5000]!, times[22_000]!]
    const inside = lines.filter(
      (line) => Number(line.split(',', 1)[0]) >= sinceMs && Number(line.split(',', 1)[0]) < untilMs,
    )
    const part = join(folder, 'part.csv')
    writeFileSync(part, `${readFileSync(log, 'utf8').split('\n', 1)[0]}\n${inside.map((line) => `${line}\n`).join('')}`)
    const files = await fromFiles([part], [accounts])
    const asked = {
      url: cluster.nodes[1]!.url,
      table: 'requests',
      accountsTable: 'accounts',
      window: { sinceMs, untilMs },
    }
    const { seen } = await fromTables(asked)
    // Tables come before files among the inputs, and so do what is said of them.
    expect(seen).toEqual(files)
  })

  test('of records in which anything may be wrong', async () => {
    const [records] = fc.sample(dirtyRecords, { seed: 7, numRuns: 1 })
    // Prompts in ASCII: letters beyond it are made small by a table that old servers lack.
    const ascii = (value: unknown): unknown =>
      typeof value === 'string' ? value.replaceAll(/[^\x20-\x7e]/g, '?') : value
    const rows = records!.map((record) => {
      const plain = { ...record, system_prompt: ascii(record.system_prompt), user_prompt: ascii(record.user_prompt) }
      return Object.fromEntries(
        Object.entries(plain).map(([name, value]) => [name, value === null ? null : String(value)]),
      )
    })
    const columns = Object.keys(rows[0]!).map((name) => `${name} Nullable(String)`)
    for (const [shard, node] of cluster.nodes.entries()) {
      await node.run(`CREATE TABLE dirt (${columns.join(', ')}) ENGINE = MergeTree ORDER BY tuple()`)
      await node.run('CREATE TABLE dirty AS dirt ENGINE = Distributed(all, default, dirt, rand())')
      const half = rows.filter((_, i) => i % 2 === shard)
      await node.run('INSERT INTO dirt FORMAT JSONEachRow', half.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
    const files = await fromFiles([writeRows(folder, 'dirty.ndjson', rows)], [])
    const { seen } = await fromTables({ url: cluster.nodes[0]!.url, table: 'dirty' })
    expect({ ...seen, notes: seen.notes.slice(0, -1) }).toEqual(files) // the last is of the letters
  })

  test('says of hashes that it made of prompts that they are not those of a file', async () => {
    const { url, run } = cluster.nodes[0]!
    await run('CREATE TABLE prompts (timestamp DateTime, account_id String, system_prompt String) ENGINE = Memory')
    const prompts = ['Übersetze', 'You are a helper', `long ${'word '.repeat(2000)}end 17`]
    const rows = prompts.map((prompt, n) => ({
      timestamp: `2026-06-01 1${n}:00:00`,
      account_id: `a${n}`,
      system_prompt: prompt,
    }))
    await run('INSERT INTO prompts FORMAT JSONEachRow', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    const { seen } = await fromTables({ url, table: 'prompts' })
    const { tables } = await fromFiles([writeRows(folder, 'prompts.ndjson', rows)], [])
    expect(seen.tables).toEqual(tables) // with the letters of these
    expect(seen.notes).toContainEqual(expect.stringMatching(/^ClickHouse 18.* differ from those of a file/))
    const { seen: hashed } = await fromTables({ url, table: 'requests' })
    expect(hashed.notes.join()).not.toContain('letters')
  })
})
