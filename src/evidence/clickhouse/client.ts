import type { Agent } from 'node:http'
import type { ClickHouseClient, ClickHouseClientConfigOptions } from '@clickhouse/client'
import { ScanError } from '../../errors.ts'
import { agentOf, certificateHeaders } from './agent.ts'
import { type ClickHouseOptions, READ_TIMEOUT_SECONDS } from './options.ts'
import { pinnedSettings } from './pinned-settings.ts'
import type { Server } from './server.ts'

/** A client, and the connections that it has open. */
export interface Opened {
  readonly client: ClickHouseClient
  readonly agent: Agent
}

/** The official client, loaded only for a scan of tables. @throws ScanError USAGE where it is not installed */
export async function openClient(options: ClickHouseOptions): Promise<Opened> {
  const { createClient } = await load()
  const parts = partsOf(options)
  const agent = agentOf(parts.address, options.tls)
  return { client: createClient(configOf(options, parts, agent)), agent }
}

async function load(): Promise<typeof import('@clickhouse/client')> {
  try {
    return await import('@clickhouse/client')
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new ScanError(
      'USAGE',
      '--clickhouse needs the package @clickhouse/client, which is not installed',
      'Install it beside this one: npm install @clickhouse/client',
      { cause: error },
    )
  }
}

/** The server's headers that tell of progress add up over a long query. */
const MAX_HEADERS_BYTES = 4 << 20

function configOf(
  { readTimeoutSeconds = READ_TIMEOUT_SECONDS, password = '', tls, connection }: ClickHouseOptions,
  { address, username, database }: Parts,
  agent: Agent,
): ClickHouseClientConfigOptions {
  const headers = certificateHeaders(tls, username, password)
  return {
    url: address,
    username,
    password,
    database,
    application: 'distill-scan',
    request_timeout: readTimeoutSeconds * 1000,
    max_response_headers_size: MAX_HEADERS_BYTES,
    compression: { response: true },
    keep_alive: { enabled: false }, // as the agent
    http_agent: agent,
    log: { level: 127 }, // OFF: errors are told once, without what the server says of rows
    ...(headers === null ? {} : { http_headers: headers, set_basic_auth_header: false }),
    ...(connection === undefined ? {} : { connection: connection as never }),
  }
}

interface Parts {
  readonly address: string
  readonly username: string
  readonly database: string
}

/**
 * The URL taken apart.
 *
 * @throws ScanError USAGE for what is no URL of HTTP, for more than a database in it, and for a password
 */
export function partsOf({ url, username }: Pick<ClickHouseOptions, 'url' | 'username'>): Parts {
  if (!URL.canParse(url)) throw new ScanError('USAGE', '--clickhouse: this is no URL', FORM)
  const { protocol, host, pathname, password, username: user, search, hash } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new ScanError('USAGE', '--clickhouse: the URL must be of http or https', FORM)
  if (password !== '') {
    throw new ScanError(
      'USAGE',
      '--clickhouse: a password in the URL can be read in the list of processes',
      'Put it into CLICKHOUSE_PASSWORD, or into a file that --clickhouse-password-file names.',
    )
  }
  if (search !== '' || hash !== '') throw new ScanError('USAGE', '--clickhouse: settings cannot stand in the URL', FORM)
  const path = pathname.replace(/^\//u, '').replace(/\/$/u, '')
  if (path.includes('/')) throw new ScanError('USAGE', '--clickhouse: the path of the URL is a database alone', FORM)
  return {
    address: `${protocol}//${host}`,
    username: username ?? (user === '' ? 'default' : decoded(user)),
    database: decoded(path) || 'default',
  }
}

const FORM = 'Write http://user@host:8123/database, or https and port 8443.'

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    const hint = 'Write two digits after each %, and %25 for the sign itself.'
    throw new ScanError('USAGE', '--clickhouse: the URL has a % that stands for no character', hint, { cause: error })
  }
}

/** Bytes of a query; lists of accounts are written out in it. */
export const MAX_QUERY_BYTES = 8 << 20
const MAX_ELEMENTS = 2_000_000

/**
 * Settings of every query. It may read and nothing else; where a shard is missing it fails; what does not fit into
 * memory is grouped on the server's disk; and an answer begins only when the query has ended well.
 *
 * @param given settings that the server has, and what they are for this user, by name
 */
export function settingsOf(
  { maxSeconds = 0, maxMemoryMiB = 0 }: ClickHouseOptions,
  server: Server,
  given: ReadonlyMap<string, string>,
): Record<string, string> {
  const bytes = maxMemoryMiB * 2 ** 20
  const isFree = (given.get('readonly') ?? '0') === '0' // else bound to read already, which cannot be set a second time
  return {
    ...pinnedSettings(new Set(given.keys())),
    ...(isFree ? { readonly: '2' } : {}),
    wait_end_of_query: '1',
    send_progress_in_http_headers: '1',
    http_headers_progress_interval_ms: '10000',
    skip_unavailable_shards: '0',
    output_format_json_quote_64bit_integers: '0',
    max_query_size: String(MAX_QUERY_BYTES),
    max_ast_elements: String(MAX_ELEMENTS),
    max_expanded_ast_elements: String(MAX_ELEMENTS),
    ...(maxSeconds > 0 ? { max_execution_time: String(maxSeconds) } : {}),
    ...(bytes > 0 ? { max_memory_usage: String(bytes), max_bytes_before_external_group_by: String(bytes / 2) } : {}),
    ...(server.has('cancelOnClose') ? { cancel_http_readonly_queries_on_client_close: '1' } : {}),
  }
}
