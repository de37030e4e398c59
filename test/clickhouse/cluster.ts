import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Real servers on loopback, as the distribution has them: one for each shard, with data folders of their own. */

export interface Node {
  readonly url: string
  /** Where the native protocol is spoken, as if it were HTTP. */
  readonly nativeUrl: string
  /** Runs a statement as a user who may do everything. */
  run(sql: string, body?: string): Promise<string>
  /** Holds the process as it is: connections stay open, and nothing is answered. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

export interface Cluster {
  readonly nodes: readonly Node[]
  stop(): Promise<void>
}

/**
 * Password of `reader`, who may read and set; of `strict`, who may only read; of `few_rows` and `few_groups`, whose profiles
 * cut what a query reads or groups.
 */
export const PASSWORD = 'p4ss "word"'

/** Why the tests are skipped; `null` if they are not. */
export const serverMissing: string | null = hasServer()
  ? null
  : 'clickhouse-server is not installed: apt-get install clickhouse-server'

if (serverMissing !== null) console.warn(`skipped: ${serverMissing}`)

function hasServer(): boolean {
  const { error } = spawnSync('clickhouse-server', ['--version'], { stdio: 'ignore' })
  return error === undefined
}

/** Starts servers that know each other as the cluster `all`, each a shard. */
export async function startCluster(shards: number): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-cluster-'))
  const ports = await freePorts(shards * 2)
  const tcp = ports.slice(0, shards)
  const nodes: Node[] = []
  try {
    for (let i = 0; i < shards; i++) nodes.push(await startNode(join(folder, `shard-${i}`), ports[shards + i]!, i, tcp))
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop()))
    throw error
  }
  return {
    nodes,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startNode(folder: string, http: number, number: number, tcp: readonly number[]): Promise<Node> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'config.xml'), configOf(folder, http, number, tcp))
  writeFileSync(join(folder, 'users.xml'), USERS)
  const child = spawn('clickhouse-server', [`--config-file=${join(folder, 'config.xml')}`], {
    stdio: 'ignore',
    cwd: folder,
  })
  const url = `http://${HOST}:${http}`
  const stop = (): Promise<void> => ended(child)
  await answering(url, child).catch(async (error) => {
    await stop()
    throw error
  })
  const signalled = (name: NodeJS.Signals) => (): void => void child.kill(name)
  const nativeUrl = `http://${HOST}:${tcp[number]}`
  return {
    url,
    nativeUrl,
    stop,
    run: (sql, body) => post(url, sql, body),
    freeze: signalled('SIGSTOP'),
    thaw: signalled('SIGCONT'),
  }
}

export const HOST = '127.0.0.1'

async function post(url: string, sql: string, body?: string): Promise<string> {
  const address = body === undefined ? url : `${url}/?query=${encodeURIComponent(sql)}`
  const answer = await fetch(address, { method: 'POST', body: body ?? sql })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text.slice(0, 500))
  return text
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const isUp = await fetch(`${url}/ping`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server does not answer')
}

/** Ends the process, at once: nothing in it is to be kept. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer()
      return new Promise<typeof server>((resolve) => server.listen(0, HOST, () => resolve(server)))
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

const configOf = (folder: string, http: number, number: number, tcp: readonly number[]): string => `<yandex>
  <logger><level>error</level><log>${folder}/server.log</log><errorlog>${folder}/error.log</errorlog></logger>
  <http_port>${http}</http_port><tcp_port>${tcp[number]}</tcp_port><listen_host>${HOST}</listen_host>
  <path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><users_config>users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>67108864</mark_cache_size><timezone>UTC</timezone>
  <query_log><database>system</database><table>query_log</table><flush_interval_milliseconds>200</flush_interval_milliseconds></query_log>
  <remote_servers><all>${tcp.map((port) => `<shard><replica><host>${HOST}</host><port>${port}</port></replica></shard>`).join('')}</all></remote_servers>
</yandex>
`

const user = (name: string, profile: string, password: string): string =>
  `<${name}><password>${password}</password><networks><ip>${HOST}</ip></networks><profile>${profile}</profile><quota>default</quota></${name}>`

const USERS = `<yandex>
  <profiles><default><log_queries>1</log_queries></default><reading><readonly>2</readonly></reading><strict><readonly>1</readonly></strict>
    <few_rows><readonly>2</readonly><max_rows_to_read>1000</max_rows_to_read><read_overflow_mode>break</read_overflow_mode></few_rows>
    <few_groups><readonly>2</readonly><max_rows_to_group_by>20</max_rows_to_group_by><group_by_overflow_mode>any</group_by_overflow_mode></few_groups></profiles>
  <users>${user('default', 'default', '')}${['reading', 'strict', 'few_rows', 'few_groups'].map((profile) => user(profile === 'reading' ? 'reader' : profile, profile, PASSWORD)).join('')}</users>
  <quotas><default/></quotas>
</yandex>
`
