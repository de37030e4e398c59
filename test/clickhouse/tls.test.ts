import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { recordedIo } from '../helpers/io.ts'
import { type Cluster, serverMissing, startCluster } from './cluster.ts'

/** A server behind TLS that asks who is there; the certificates are made here. */

const missing = serverMissing ?? (spawnSync('openssl', ['version']).error ? 'openssl is not installed' : null)
if (missing !== null) console.warn(`skipped: ${missing}`)

let cluster: Cluster
let gate: Server
let folder: string
let url: string

const NAME = 'localhost'

const pem = (name: string): string => join(folder, `${name}.pem`)

beforeAll(async () => {
  if (missing !== null) return
  folder = mkdtempSync(join(tmpdir(), 'distill-scan-tls-'))
  certificate('authority')
  certificate('server', 'authority')
  certificate('client', 'authority')
  cluster = await startCluster(1)
  const [{ url: plain, run }] = cluster.nodes as [Cluster['nodes'][number]]
  await run('CREATE TABLE requests (timestamp DateTime, account_id String) ENGINE = MergeTree ORDER BY account_id')
  await run('INSERT INTO requests FORMAT CSV', '2026-06-01 10:00:00,a\n2026-06-01 11:00:00,b\n')
  const how = {
    cert: readFileSync(pem('server')),
    key: readFileSync(pem('server-key')),
    ca: readFileSync(pem('authority')),
    requestCert: true,
  }
  gate = createServer({ ...how, rejectUnauthorized: true }, (asked, answer) => {
    const { host: _host, ...headers } = asked.headers
    const on = request(new URL(asked.url!, plain), { method: asked.method!, headers }, (given) => {
      answer.writeHead(given.statusCode!, given.headers)
      given.pipe(answer)
    })
    asked.pipe(on)
  })
  await new Promise<void>((resolve) => gate.listen(0, NAME, resolve))
  url = `https://${NAME}:${(gate.address() as { port: number }).port}`
}, 120_000)

afterAll(async () => {
  if (missing !== null) return
  gate.close()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

function certificate(name: string, by?: string): void {
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`]
  const signed = by === undefined ? [] : ['-CA', pem(by), '-CAkey', pem(`${by}-key`)]
  execFileSync('openssl', [...made, ...names, ...signed, '-keyout', pem(`${name}-key`), '-out', pem(name)], {
    stdio: 'ignore',
  })
}

async function run(...args: string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  const io = recordedIo()
  const code = await main(['--clickhouse', url, '--table', 'requests', '--no-config', ...args], io)
  return { code, stderr: io.stderr }
}

describe.skipIf(missing !== null)('TLS', () => {
  test('with the authority that is named, and a certificate of one’s own', async () => {
    const own = ['--clickhouse-cert', pem('client'), '--clickhouse-key', pem('client-key')]
    expect(await run('--clickhouse-ca', pem('authority'), ...own)).toMatchObject({ code: 0 })
  })

  test('without them there is no connection, and it is said which flag is missing', async () => {
    expect(await run()).toEqual({
      code: 2,
      stderr: expect.stringMatching(/no secure connection .*\n.*--clickhouse-ca/),
    })
    expect(await run('--clickhouse-ca', pem('authority'))).toMatchObject({ code: 2 })
    expect(await run('--clickhouse-ca', pem('nowhere'))).toEqual({
      code: 2,
      stderr: expect.stringMatching(/no such file/),
    })
    expect(await run('--clickhouse-ca', pem('authority'), '--clickhouse-cert', pem('client'))).toEqual({
      code: 2,
      stderr: expect.stringMatching(/go together/),
    })
  })
})
