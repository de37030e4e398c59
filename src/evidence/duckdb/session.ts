import { basename } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { ScanError } from '../../errors.ts'
import { printable } from '../../sources/printable.ts'
import type { EngineOptions } from '../engine.ts'
import { attachCase } from './case-attach.ts'
import { caseDiskFull, isDiskFull } from './disk-full.ts'
import { loadDuckDb } from './load-duckdb.ts'
import { plainPath } from './relation.ts'
import { literal } from './sql.ts'

/** An open, private, in-memory database that may read the inputs and write its spill folder, and nothing else. */
export interface Session {
  /** What the engine may hold; the rest is spilled. */
  readonly memoryMiB: number
  /** Runs a statement and gives nothing back. */
  run(step: string, sql: string): Promise<void>
  /** Runs a query and hands over its rows column by column, chunk by chunk. */
  each(step: string, sql: string, onChunk: (columns: readonly unknown[][], rows: number) => void): Promise<void>
  /** A single number. */
  scalar(step: string, sql: string): Promise<number>
  appendRows(table: string, rows: number, write: (appender: Appender, row: number) => void): Promise<void>
  /** The private folder for what is spilled. */
  readonly tempDirectory: string
  /** Goes on as one step, with more than queries in it. */
  during<T>(step: string, work: (run: (sql: string) => Promise<void>) => Promise<T>): Promise<T>
  /** Stops what is running, and refuses with INTERRUPTED what would follow, unless {@link finish} was called. */
  interrupt(): void
  /** Given by {@link interrupt} and {@link close}: what runs beside the engine is to end. */
  readonly interrupted: AbortSignal
  /** From now on nothing is stopped any more: what is begun comes to its end. */
  finish(): void
  /** Stops what is running, and closes once that has ended: the engine's threads would go on with what is no longer there. */
  close(): Promise<void>
}

type Appender = Awaited<ReturnType<DuckDBConnection['createAppender']>>

/** @param paths every file that a query may read; afterwards this cannot be widened */
export async function openSession(options: EngineOptions, paths: readonly string[]): Promise<Session> {
  const { config, tempDirectory } = options
  const instance = await (await loadDuckDb()).DuckDBInstance.create(':memory:', {
    memory_limit: `${config.memoryMiB}MiB`,
    temp_directory: tempDirectory,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(config.threads > 0 ? { threads: String(config.threads) } : {}),
  })
  const connection = await instance.connect()
  await setTimeZone(connection, config.timeZone)
  if (config.threads === 0) await limitThreads(connection, config.memoryMiB)
  const kept = options.caseFile === undefined ? [] : await attachOrClose(instance, connection, options.caseFile)
  await connection.run(`SET allowed_paths = [${[...paths, ...kept].map(literal).join(', ')}]`)
  await connection.run(
    `SET allowed_directories = [${[tempDirectory, plainPath(tempDirectory)].map(literal).join(', ')}]`,
  )
  await connection.run('SET enable_external_access = false')
  return sessionOf(instance, connection, options)
}

/** A case that cannot be opened is let go, so that others can. */
async function attachOrClose(instance: DuckDBInstance, connection: DuckDBConnection, path: string) {
  try {
    return await attachCase(connection, path)
  } catch (error) {
    connection.closeSync()
    instance.closeSync()
    throw error
  }
}

/**
 * What a thread takes for itself, MiB: 32 for what it reads (twice the longest record), and parts of every table that is being
 * grouped, which cannot be spilled while rows go into them. With less for each, a log of many distinct values does not fit.
 */
const MIB_PER_THREAD = 120

/** As many threads as there are cores, but no more than the memory bound carries. */
async function limitThreads(connection: DuckDBConnection, memoryMiB: number): Promise<void> {
  const most = Math.max(1, Math.floor(memoryMiB / MIB_PER_THREAD))
  const [[threads] = []] = (await connection.runAndReadAll("SELECT current_setting('threads')::INTEGER")).getRows()
  if (Number(threads) > most) await connection.run(`SET threads = ${most}`)
}

/** The zone of stamps that name none. @throws ScanError CONFIG_INVALID for a zone that there is not */
async function setTimeZone(connection: DuckDBConnection, zone: string): Promise<void> {
  try {
    await connection.run(`SET TimeZone = ${literal(zone)}`)
  } catch (error) {
    const hint = 'Write UTC, a name such as Europe/Vienna, or Etc/GMT-8 for eight hours east of Greenwich.'
    throw new ScanError('CONFIG_INVALID', `no time zone '${printable(zone, 60)}'`, hint, { cause: error })
  }
}

/** Runs work as a step: how far the engine is, not within [0, 1] without a query, is told now and then. */
function createSteps(connection: DuckDBConnection, options: EngineOptions) {
  return async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    options.onProgress?.(step, -1) // who counts what is read has to know when a step begins
    const timer = setInterval(() => options.onProgress?.(step, connection.progress.percentage / 100), 200)
    timer.unref()
    try {
      return await work()
    } catch (error) {
      throw asScanError(error, options)
    } finally {
      clearInterval(timer)
    }
  }
}

/** Between two interrupts of one query. */
const INTERRUPT_MS = 50

/** Knows what runs, and begins nothing once it is interrupted: an interrupt between two statements would stop neither. */
function createWork(steps: ReturnType<typeof createSteps>, interrupted: AbortSignal) {
  const running = new Set<Promise<unknown>>()
  return {
    async guarded<T>(step: string, work: () => Promise<T>): Promise<T> {
      if (interrupted.aborted) throw new ScanError('INTERRUPTED', 'interrupted', 'Run it again.')
      const run = steps(step, work)
      running.add(run)
      try {
        return await run
      } finally {
        running.delete(run)
      }
    },
    settled: () => Promise.allSettled(running),
  }
}

function sessionOf(instance: DuckDBInstance, connection: DuckDBConnection, options: EngineOptions): Session {
  const interrupted = new AbortController()
  const { guarded, settled } = createWork(createSteps(connection, options), interrupted.signal)
  let isFinishing = false
  /** Again and again: a query that is about to begin does not notice. */
  const stop = async (): Promise<void> => {
    interrupted.abort()
    connection.interrupt()
    const again = setInterval(() => connection.interrupt(), INTERRUPT_MS)
    await settled()
    clearInterval(again)
  }
  const each: Session['each'] = (step, sql, onChunk) =>
    guarded(step, async () => {
      const result = await connection.stream(sql)
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        onChunk(chunk.getColumns() as unknown[][], chunk.rowCount)
      }
    })
  return {
    memoryMiB: options.config.memoryMiB,
    tempDirectory: options.tempDirectory,
    interrupted: interrupted.signal,
    during: (step, work) => guarded(step, () => work(async (sql) => void (await connection.run(sql)))),
    run: (step, sql) => guarded(step, async () => void (await connection.run(sql))),
    each,
    async scalar(step, sql) {
      let value = Number.NaN
      await each(step, sql, (columns) => {
        value = Number(columns[0]![0])
      })
      return value
    },
    appendRows: (table, rows, write) =>
      guarded(table, async () => {
        const appender = await connection.createAppender(table)
        for (let row = 0; row < rows; row++) {
          write(appender, row)
          appender.endRow()
        }
        appender.closeSync()
      }),
    interrupt() {
      if (!isFinishing) void stop()
    },
    finish() {
      isFinishing = true
    },
    async close() {
      await stop() // nobody waits any more for what still runs
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Whether a step needed more memory than the bound: another may give the same with less. */
export const isOutOfMemory = (error: unknown): boolean => error instanceof ScanError && error.code === 'OUT_OF_MEMORY'

/** DuckDB errors are plain errors with a text: those that a person can act on get a code, others pass through. */
function asScanError(error: unknown, { config, caseFile }: EngineOptions): unknown {
  const text = error instanceof Error ? error.message : String(error)
  if (/^INTERRUPT/i.test(text)) return new ScanError('INTERRUPTED', 'interrupted', 'Run it again.', { cause: error })
  if (isDiskFull(error)) {
    // The engine names the file, as a full path: the case, or what is written beside it.
    if (caseFile !== undefined && text.includes(`/${basename(caseFile)}`)) return caseDiskFull(caseFile, error)
    const hint = 'Free some space, or name another folder with --temp-dir.'
    return new ScanError('OUT_OF_DISK', 'the temporary folder is full', hint, { cause: error })
  }
  if (/^Out of Memory Error/i.test(text)) {
    const message = `the engine needs more than ${config.memoryMiB} MiB of memory`
    return new ScanError(
      'OUT_OF_MEMORY',
      message,
      'Raise it with --memory MIB, or give each thread more of it with a smaller --threads N.',
      { cause: error },
    )
  }
  return error
}
