import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scan, simulate } from '../../src/index.ts'
import { type Cluster, serverMissing, startCluster } from './cluster.ts'

/**
 * What crosses the wire, counted between client and server. `WIRE_REQUESTS=4000000 npm run test:clickhouse -- wire` gives the
 * figures of docs/scale.md.
 */

const requests = Number(process.env.WIRE_REQUESTS ?? 60_000)

let cluster: Cluster
let folder: string
let gate: Server
let url: string
const crossed = { there: 0, back: 0 }

const COLUMNS = `timestamp Int64, account_id String, ip String, user_agent String, device_fingerprint String, model String,
  input_tokens UInt32, output_tokens UInt32, status UInt16, system_prompt_hash String`

beforeAll(async () => {
  if (serverMissing !== null) return
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-wire-'))
  await simulate({
    out: folder,
    seed: 'wire',
    requests,
    accounts: Math.ceil(requests / 40),
    days: 7,
    scenarios: 'demo',
    format: 'csv',
    gzip: false,
    threads: 2,
  })
  cluster = await startCluster(1)
  const [node] = cluster.nodes
  await node!.run(
    `CREATE TABLE requests (${COLUMNS}) ENGINE = MergeTree PARTITION BY toDate(intDiv(timestamp, 1000)) ORDER BY account_id`,
  )
  await insert(node!.url, 'INSERT INTO requests FORMAT CSVWithNames', join(folder, 'logs.csv'))
  const { hostname, port } = new URL(node!.url)
  gate = createServer((client) => {
    const server = connect(Number(port), hostname)
    count(client, server, 'there')
    count(server, client, 'back')
  })
  await new Promise<void>((resolve) => gate.listen(0, hostname, resolve))
  url = `http://${hostname}:${(gate.address() as { port: number }).port}`
}, 3_600_000)

afterAll(async () => {
  if (serverMissing !== null) return
  gate.close()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

function count(from: Socket, to: Socket, way: keyof typeof crossed): void {
  from.on('data', (chunk) => {
    crossed[way] += chunk.length
    to.write(chunk)
  })
  from.on('end', () => to.end())
  from.on('error', () => to.destroy())
}

async function insert(server: string, sql: string, path: string): Promise<void> {
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream
  const answer = await fetch(`${server}/?query=${encodeURIComponent(sql)}`, {
    method: 'POST',
    body,
    duplex: 'half',
  } as RequestInit)
  if (!answer.ok) throw new Error((await answer.text()).slice(0, 500))
}

describe.skipIf(serverMissing !== null)('the wire', () => {
  test(`carries evidence, not ${requests} requests`, { timeout: 3_600_000 }, async () => {
    const said: string[] = []
    const accounts = join(folder, 'accounts.csv')
    const result = await scan({
      inputs: [],
      accounts: [accounts],
      clickhouse: { url, table: 'requests' },
      observer: { note: (text) => said.push(text) },
    })
    const bytes = statSync(join(folder, 'logs.csv')).size
    console.log(
      `${result.totals.requests} requests (${bytes} bytes as CSV) of ${result.totals.accounts} accounts; ${said[0]}; on the wire ${crossed.there} bytes there, ${crossed.back} back; ${result.networks.length} networks`,
    )
    expect(result.totals.requests).toBeGreaterThan(requests / 2)
    expect(crossed.back).toBeLessThan(bytes / 3)
  })
})
