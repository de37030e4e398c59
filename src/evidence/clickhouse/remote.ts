import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { ScanError } from '../../errors.ts'
import { waitAnew } from './agent.ts'
import { type Opened, openClient, settingsOf } from './client.ts'
import { literal, literalList } from './encode.ts'
import { asScanError, CONNECTING, notClickHouse } from './faults.ts'
import { createMeter } from './meter.ts'
import { type ClickHouseOptions, MAX_ROWS, READ_TIMEOUT_SECONDS } from './options.ts'
import { MAYBE_KNOWN } from './pinned-settings.ts'
import { type Server, serverOf } from './server.ts'
import { watchQuery } from './watch.ts'

/** A server that is asked for evidence. Every query reads, and none writes. */
export interface Remote {
  readonly server: Server
  /** Rows and bytes that were brought so far, as text, before compression; rows also by step. */
  readonly traffic: { readonly rows: number; readonly bytes: number; readonly steps: ReadonlyMap<string, number> }
  /** A few rows, as objects. */
  rows(step: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Writes the rows of all queries to one new file, a JSON object a line. */
  fetch(step: string, sqls: readonly string[], path: string): Promise<void>
  /** Stops the running query here and on the server; the pending call rejects with INTERRUPTED. */
  interrupt(): void
  close(): Promise<void>
}

/** Told the share in [0, 1] of the rows of the running query that the server has read. */
export type OnProgress = (step: string, share: number) => void

/** How often the server is asked how far it is, milliseconds; oftener where it is waited for a few seconds alone. */
const PROGRESS_MS = 1000
/** How often at most the server sends a sign of life by itself, milliseconds. */
const SIGN_MS = 10_000

/**
 * Opens a connection and looks whom it has to do with.
 *
 * @param signal ends the wait for a server that does not answer
 * @throws ScanError for whatever the user can mend
 */
export async function openRemote(
  options: ClickHouseOptions,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<Remote> {
  const opened = await openClient(options)
  try {
    const { server, given } = await greet(opened.client, signal)
    return remoteOf(opened, { options, server, given, onProgress })
  } catch (error) {
    await opened.client.close()
    throw signal?.aborted ? interrupted(error) : asScanError(error, CONNECTING)
  }
}

async function greet(
  client: ClickHouseClient,
  signal: AbortSignal | undefined,
): Promise<Pick<Greeted, 'server' | 'given'>> {
  const ask = async <T>(query: string): Promise<readonly T[]> => {
    const abort = signal === undefined ? {} : { abort_signal: signal }
    return (await client.query({ query, format: 'JSONEachRow', ...abort })).json<T>()
  }
  const [first] = await ask<{ version: string }>('SELECT version() AS version')
  if (typeof first?.version !== 'string') throw notClickHouse()
  const server = serverOf(first.version)
  const settings = await ask<{ name: string; value: string }>(
    `SELECT name, value FROM system.settings WHERE name IN ${literalList(['readonly', ...MAYBE_KNOWN])}`,
  )
  return { server, given: new Map(settings.map(({ name, value }) => [name, value])) }
}

interface Greeted {
  readonly options: ClickHouseOptions
  readonly server: Server
  /** Settings that matter here and that the server has: what they are for this user, by name. */
  readonly given: ReadonlyMap<string, string>
  readonly onProgress: OnProgress
}

function remoteOf({ client, agent }: Opened, { options, server, given, onProgress }: Greeted): Remote {
  const isOwn = options.connection === undefined // else there is no session whose settings could be set
  const waitMs = (options.readTimeoutSeconds ?? READ_TIMEOUT_SECONDS) * 1000
  const partMs = Math.floor(waitMs / 3)
  const settings = isOwn ? { ...settingsOf(options, server, given), ...signsEvery(partMs) } : {}
  const running = new Map<string, AbortController>()
  const meter = createMeter(options.maxRows ?? MAX_ROWS)
  let count = 0
  let isInterrupted = false

  const run = async <T>(step: string, work: (how: Query) => Promise<T>): Promise<T> => {
    if (isInterrupted) throw interrupted()
    const query_id = `${options.runId ?? 'distill-scan'}-${++count}`
    const controller = new AbortController()
    running.set(query_id, controller)
    const endWatch = isOwn
      ? watchQuery(client, {
          queryId: query_id,
          everyMs: Math.min(PROGRESS_MS, partMs),
          onAlive: () => waitAnew(agent, waitMs),
          onShare: (share) => onProgress(step, share),
        })
      : () => {}
    try {
      return await work({ query_id, abort_signal: controller.signal, clickhouse_settings: settings })
    } catch (error) {
      if (isInterrupted) throw interrupted(error)
      if (isOwn) await kill(client, query_id) // an old server goes on for an asker that has hung up
      throw asScanError(error, step)
    } finally {
      endWatch()
      running.delete(query_id)
    }
  }
  return {
    server,
    traffic: meter.traffic,
    rows: (step, query) =>
      run(step, async (how) => {
        const text = await (await client.query({ query, format: 'JSONEachRow', ...how })).text()
        return meter.lines(step, text).map((line) => JSON.parse(line))
      }),
    async fetch(step, sqls, path) {
      const metered = meter.step(step)
      for (const [i, sql] of sqls.entries()) {
        await run(step, async (how) => {
          const { stream } = await client.exec({
            query: `${sql}\nFORMAT JSONEachRow`,
            decompress_response_stream: true,
            ...how,
          })
          await pipeline(stream, metered(), createWriteStream(path, { flags: i === 0 ? 'wx' : 'a', mode: 0o600 }))
        })
      }
    },
    interrupt() {
      isInterrupted = true
      for (const [id, controller] of running) {
        controller.abort()
        if (isOwn) kill(client, id).catch(() => {})
      }
    },
    close: () => client.close(),
  }
}

const signsEvery = (ms: number) => ({ http_headers_progress_interval_ms: String(Math.min(SIGN_MS, ms)) })

interface Query {
  readonly query_id: string
  readonly abort_signal: AbortSignal
  readonly clickhouse_settings: Record<string, string>
}

const interrupted = (cause?: unknown): ScanError =>
  new ScanError('INTERRUPTED', 'interrupted', 'Run it again.', { cause })

/** How long a server is waited for that is told to stop a query. */
const KILL_MS = 3000

/** A user may stop its own queries. Old servers know no other way; newer ones stop when the connection ends, too. */
async function kill(client: ClickHouseClient, queryId: string): Promise<void> {
  try {
    await client.command({
      query: `KILL QUERY WHERE query_id = ${literal(queryId)}`,
      abort_signal: AbortSignal.timeout(KILL_MS),
    })
  } catch {
    // it has ended, or the server is gone
  }
}
