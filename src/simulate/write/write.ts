import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Simulation } from '../build.ts'
import { numbers } from '../draw.ts'
import type { SimulateOptions } from '../options.ts'
import { logPath, partsFolder, type WrittenLog, writeLog } from './logs.ts'
import { writeSideFiles } from './side-files.ts'
import { fillTables } from './tables.ts'

export interface WrittenSimulation {
  readonly log: WrittenLog
  readonly sides: { readonly accounts: string; readonly labels: string }
}

/** Days that are expanded at once: one per thread, at most four. */
const sideBySide = ({ threads }: SimulateOptions): number => Math.min(4, threads > 0 ? threads : availableParallelism())

/** Writes all files of a planned simulation with an engine of its own. A run that is stopped leaves no log behind. */
export async function writeSimulation(
  options: SimulateOptions,
  simulation: Simulation,
  signal: AbortSignal | undefined,
): Promise<WrittenSimulation> {
  await mkdir(partsFolder(options), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${options.memoryMiB}MiB`,
    temp_directory: partsFolder(options),
    ...(options.threads > 0 ? { threads: String(options.threads) } : {}),
  })
  try {
    const connection = await instance.connect()
    await connection.run(
      "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET TimeZone = 'UTC'",
    )
    await fillTables(connection, simulation)
    const others = await Promise.all(numbers(sideBySide(options) - 1).map(() => instance.connect()))
    const connections = [connection, ...others]
    const stop = (): void => {
      for (const each of connections) each.interrupt()
    }
    signal?.addEventListener('abort', stop)
    try {
      const log = await writeLog(connections, options, simulation, signal)
      const sides = await writeSideFiles(options, simulation)
      return { log, sides }
    } finally {
      signal?.removeEventListener('abort', stop)
      for (const each of connections) each.closeSync()
    }
  } catch (error) {
    if (signal?.aborted === true) await rm(logPath(options), { force: true })
    throw error
  } finally {
    instance.closeSync()
    await rm(partsFolder(options), { recursive: true, force: true })
  }
}
