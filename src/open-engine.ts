import { ScanError } from './errors.ts'
import type { ClickHouseOptions } from './evidence/clickhouse/options.ts'
import { createDuckDbEngine } from './evidence/duckdb/engine.ts'
import type { EngineOptions, EvidenceEngine } from './evidence/engine.ts'
import type { Source } from './sources/source.ts'

/** The engine of a scan, and what it reads that is no file. */
export interface OpenedEngine {
  readonly engine: EvidenceEngine
  readonly tables: readonly Source[]
  /** What the reading took, one sentence each. */
  readonly afterword: () => readonly string[]
}

export interface EngineChoice {
  readonly inputs: readonly string[]
  readonly clickhouse?: ClickHouseOptions
  readonly signal?: AbortSignal
  readonly caseFile?: string
}

/**
 * DuckDB for files; ClickHouse where the requests are in a table.
 *
 * @throws ScanError for what cannot be asked of a table, and for a server or table that is not there
 */
export async function openEngine(choice: EngineChoice, given: Omit<EngineOptions, 'caseFile'>): Promise<OpenedEngine> {
  const options: EngineOptions = {
    ...given,
    ...(choice.caseFile === undefined ? {} : { caseFile: choice.caseFile }),
  }
  if (choice.clickhouse === undefined) {
    return { engine: createDuckDbEngine(options), tables: [], afterword: () => [] }
  }
  checkAsked(choice, options)
  return openRemoteEngine(choice.clickhouse, options, choice.signal)
}

async function openRemoteEngine(
  asked: ClickHouseOptions,
  options: EngineOptions,
  signal: AbortSignal | undefined,
): Promise<OpenedEngine> {
  const [{ openRemote }, { openTables }, { createClickHouseEngine }] = await Promise.all([
    import('./evidence/clickhouse/remote.ts'),
    import('./evidence/clickhouse/tables.ts'),
    import('./evidence/clickhouse/engine.ts'),
  ])
  const remote = await openRemote(asked, options.onProgress, signal)
  const stop = (): void => remote.interrupt()
  signal?.addEventListener('abort', stop)
  try {
    const tables = await openTables(remote, asked)
    const engine = createClickHouseEngine({
      ...options,
      remote,
      tables,
      ...(asked.window ? { window: asked.window } : {}),
    })
    const afterword = (): string[] => {
      const { rows, bytes, steps } = remote.traffic
      const each = [...steps].map(([step, brought]) => `${step} ${brought}`).join(', ')
      const mebibytes = (bytes / 2 ** 20).toFixed(1)
      return [
        `clickhouse ${remote.server.version}: ${rows} rows of evidence came back (${each}), ${mebibytes} MiB as text`,
      ]
    }
    return { engine, tables: tables.map(({ source }) => source), afterword }
  } catch (error) {
    await remote.close()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function checkAsked({ inputs, clickhouse }: EngineChoice, { config, caseFile }: EngineOptions): void {
  const usage = (message: string, hint: string): ScanError => new ScanError('USAGE', message, hint)
  if (inputs.length > 0) {
    throw usage('log files beside --clickhouse', 'Scan the table or the files; accounts may be files: --accounts FILE.')
  }
  if (config.dedupe) {
    throw usage('--dedupe is not done on a server', 'Leave it out, or let the table keep one row for each request id.')
  }
  const { sinceMs = null, untilMs = null } = clickhouse!.window ?? {}
  if (caseFile !== undefined && (sinceMs === null || untilMs === null)) {
    throw usage(
      'a table grows: --case needs --since and --until with --clickhouse',
      'Name the night, such as a whole UTC day.',
    )
  }
}
