import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { DuckDBConnection } from '@duckdb/node-api'
import { createRandom, type Random } from '../../random.ts'
import type { Simulation } from '../build.ts'
import { createDispatcher, type QueuedSession } from '../dispatch.ts'
import { numbers } from '../draw.ts'
import { type LogField, PAYMENT_FIELDS, type SimulateOptions } from '../options.ts'
import { DAY_MS } from '../time.ts'
import { rowsSql } from './rows-sql.ts'
import { sessionsSql } from './sessions-sql.ts'
import { fillQueue } from './tables.ts'

/** Rows that are sorted and written at once: bounds memory to some hundred MiB. */
const SLICE_ROWS = 120_000

/** Where slices and the engine's overflow wait; removed at the end. */
export const partsFolder = ({ out }: SimulateOptions): string => join(out, '.simulate-parts')

/** The log that is written. */
export const logPath = ({ out, format, gzip }: SimulateOptions): string =>
  join(out, `logs.${format}${gzip ? '.gz' : ''}`)

/** What was written. */
export interface WrittenLog {
  readonly path: string
  readonly rows: number
}

/** What the expansion of every day needs. */
interface Expansion {
  readonly options: SimulateOptions
  readonly simulation: Simulation
  readonly seed: number
  readonly fields: readonly LogField[]
}

/**
 * Expands the plan into requests and writes the log. Days are expanded side by side, one per connection, cut into
 * slices that are appended in order: memory does not grow with the log, and the bytes do not depend on the number of
 * connections.
 *
 * @throws DuckDB's and Node's errors of a full or unwritable disk
 */
export async function writeLog(
  connections: readonly DuckDBConnection[],
  options: SimulateOptions,
  simulation: Simulation,
  signal?: AbortSignal,
): Promise<WrittenLog> {
  const random = createRandom(`simulate/${options.seed}/requests`)
  const expansion = { options, simulation, seed: random.below(2 ** 31), fields: logFields(options) }
  const queueOf = createQueues(simulation, random)
  const path = logPath(options)
  const sink = openSink(path, options)
  let rows = 0
  let appended: Promise<void> = Promise.resolve()
  try {
    for (let first = 0; first < options.days; first += connections.length) {
      signal?.throwIfAborted()
      const batch = connections.slice(0, options.days - first).map((connection, i) => ({ connection, day: first + i }))
      const queues = batch.map(({ day }) => queueOf(options.startMs + day * DAY_MS))
      const days = await Promise.all(
        batch.map(({ connection, day }, i) => expandDay(connection, expansion, { day, queue: queues[i] ?? [] })),
      )
      await appended
      rows += days.reduce((sum, each) => sum + each.rows, 0)
      appended = appendDays(sink, options, first, days)
      appended.catch(() => undefined) // awaited before the next days are appended
    }
    await appended
  } finally {
    await appended.catch(() => undefined)
    await sink.close()
  }
  return { path, rows }
}

/** The dispatchers' sessions that touch a day, with those begun the day before. Days must be asked for in order. */
function createQueues(simulation: Simulation, random: Random): (dayMs: number) => QueuedSession[] {
  const dispatchers = simulation.dispatches.map(({ plan, numbers: accounts }, i) =>
    createDispatcher(
      plan,
      random.fork(`dispatch/${i}`),
      (member) => accounts[member] as number,
      simulation.world.profiles[plan.profile] ?? [],
    ),
  )
  let running: QueuedSession[] = []
  return (dayMs) => {
    const today = [...running, ...dispatchers.flatMap((each) => each.queueDay(dayMs))]
    running = today.filter((each) => each.startMs + (each.requests + 1) * each.gapMs >= dayMs + DAY_MS)
    return today
  }
}

interface ExpandedDay {
  /** Files to append, in order. */
  readonly parts: readonly string[]
  readonly rows: number
}

async function expandDay(
  connection: DuckDBConnection,
  { options, simulation, seed, fields }: Expansion,
  { day, queue }: { readonly day: number; readonly queue: readonly QueuedSession[] },
): Promise<ExpandedDay> {
  const { startMs, format } = options
  const dayMs = startMs + day * DAY_MS
  const { outage } = simulation
  const withPayment = fields.some((each) => PAYMENT_FIELDS.includes(each as never))
  await fillQueue(connection, queue)
  await connection.run(sessionsSql({ seed, dayMs, startMs, outage, withPayment }))
  const parts: string[] = []
  let rows = 0
  for (const [i, [fromMs, toMs]] of (await slices(connection, dayMs)).entries()) {
    const wish = { ...options, seed, fromMs, toMs, fields, outage }
    const query = rowsSql({ ...wish, isIso: options.timestamps === 'iso', isDirty: options.dirty })
    const part = join(partsFolder(options), `${day}-${i}`)
    const target = `'${part.replaceAll("'", "''")}' (${format === 'csv' ? 'FORMAT csv, HEADER false' : 'FORMAT json'})`
    parts.push(part)
    const written = await connection.run(`COPY (${query}) TO ${target}`)
    rows += Number((await written.getRows())[0]?.[0] ?? 0)
  }
  return { parts, rows }
}

/** Moves the days' slices into the log, and the broken lines that are due after each day. */
async function appendDays(
  sink: Sink,
  options: SimulateOptions,
  first: number,
  days: readonly ExpandedDay[],
): Promise<void> {
  const due = (day: number): number => Math.floor((day * options.malformed) / options.days)
  for (const [i, { parts }] of days.entries()) {
    for (const part of parts) {
      await sink.append(part)
      await rm(part, { force: true })
    }
    await sink.damage(due(first + i + 1) - due(first + i))
  }
}

/** The columns to write: those asked for, without payment where that is in the side file. */
export const logFields = (options: SimulateOptions): LogField[] => {
  const wanted = new Set<LogField>(['timestamp', 'account_id', ...options.fields])
  const ordered = options.fields.includes('account_id') ? options.fields : [...wanted]
  return ordered.filter(
    (each) => wanted.has(each) && !(options.paymentInSideFile && PAYMENT_FIELDS.includes(each as never)),
  )
}

/** Cuts a day so that no slice has many more rows than {@link SLICE_ROWS}. */
async function slices(connection: DuckDBConnection, dayMs: number): Promise<(readonly [number, number])[]> {
  const reader = await connection.runAndReadAll('SELECT coalesce(sum(requests), 0)::DOUBLE FROM session')
  const count = Math.max(1, Math.ceil(Number(reader.getRows()[0]?.[0] ?? 0) / SLICE_ROWS))
  const step = Math.ceil(DAY_MS / count)
  return numbers(count).map((i) => [dayMs + i * step, Math.min(dayMs + DAY_MS, dayMs + (i + 1) * step)] as const)
}

interface Sink {
  readonly append: (part: string) => Promise<void>
  /** Adds broken lines. */
  readonly damage: (lines: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** The log file: slices are appended in order, compressed on the way if asked for. */
function openSink(
  path: string,
  options: SimulateOptions,
): {
  readonly append: (part: string) => Promise<void>
  readonly damage: (lines: number) => Promise<void>
  readonly close: () => Promise<void>
} {
  const file = createWriteStream(path)
  const gzip = options.gzip ? createGzip({ level: 6 }) : null
  const head: Writable = gzip ?? file
  const done: Promise<unknown> = gzip ? pipeline(gzip, file) : once(file, 'close')
  done.catch(() => undefined) // reported by the write that fails
  const write = async (text: string | Uint8Array): Promise<void> => {
    if (!head.write(text)) await once(head, 'drain')
  }
  if (options.format === 'csv') head.write(`${logFields(options).join(',')}\n`)
  return {
    append: async (part) => {
      for await (const chunk of createReadStream(part, { highWaterMark: 1 << 20 })) await write(chunk)
    },
    damage: async (lines) => {
      for (const i of numbers(lines)) {
        await write(
          options.format === 'csv'
            ? `"cut off ${i}\n`
            : `{"timestamp":${options.startMs},"account_id":"acct_${'0'.repeat(i % 4)}\n`,
        )
      }
    },
    close: async () => {
      head.end()
      await done
    },
  }
}
