import { Readable } from 'node:stream'
import { resolveConfig } from './config.ts'
import { ScanError } from './errors.ts'
import type { ClickHouseOptions } from './evidence/clickhouse/options.ts'
import { requireOwnNames } from './evidence/clickhouse/own-names.ts'
import { openRemote } from './evidence/clickhouse/remote.ts'
import { OLDEST_SERVER, type Server, serverOf } from './evidence/clickhouse/server.ts'
import { clickHouseSteps } from './evidence/clickhouse/step-texts.ts'
import { NO_WINDOW, type Table, type Window } from './evidence/clickhouse/table.ts'
import { type OpenedTable, openTables, tableOfSample } from './evidence/clickhouse/tables.ts'
import { duckDbSteps } from './evidence/duckdb/step-texts.ts'
import { renderSteps } from './evidence/step-text.ts'
import type { FilePlan } from './intake/plan.ts'
import { type Prepared, prepareInputs, requireReadable } from './prepare.ts'
import type { ScanOptions } from './scan.ts'
import { printable } from './sources/printable.ts'
import { openSpool } from './sources/spool.ts'

export interface EvidenceSqlOptions extends Omit<ScanOptions, 'observer'> {
  readonly dialect: 'duckdb' | 'clickhouse'
  /** Without a server: what the tables are called, whose columns are those of the first file of each role. */
  readonly table?: string
  readonly accountsTable?: string
  /** Without a server: what would be asked for. */
  readonly window?: Window
}

/** Of a server that is not asked. */
const CURRENT = '25.8'

/**
 * The evidence steps of a scan as SQL, for whoever owns the data to read. Files are looked at, tables described; no step
 * is run.
 *
 * @throws ScanError as a scan does for inputs and tables that cannot be read
 */
export async function evidenceSql(options: EvidenceSqlOptions): Promise<string> {
  const { dialect, clickhouse } = options
  if (dialect === 'duckdb') return withPlans(options, ({ plans }) => duckDbText(plans))
  if (clickhouse === undefined) return ofSample(options)
  const remote = await openRemote(clickhouse)
  try {
    return await ofTables(options, await openTables(remote, clickhouse), remote.server, clickhouse)
  } finally {
    await remote.close()
  }
}

function duckDbText(plans: readonly FilePlan[]): string {
  const mapped = plans.map(({ source, mapping, translatedBecause }) => {
    if (mapping !== null && translatedBecause === null) return { source, mapping }
    const message = `'${printable(source.name)}' ${translatedBecause}: it is written again before the steps read it`
    throw new ScanError('USAGE', message, 'Name a plain file of one record a line, or --input-format generic.')
  })
  const [logs, sides] = ['log', 'accounts'].map((role) => mapped.filter(({ source }) => source.role === role))
  if (logs!.length === 0) throw new ScanError('USAGE', 'no log of requests', 'Name one.')
  return renderSteps(duckDbSteps(logs!, sides!))
}

/** A file stands for a table: its first records say what columns there are, whole numbers and texts. */
const ofSample = (options: EvidenceSqlOptions): Promise<string> =>
  withPlans(options, async ({ plans }) => {
    const sources = plans.map(({ view }) => view.source)
    const [log, side] = [
      sources.find(({ role }) => role !== 'accounts'),
      sources.find(({ role }) => role === 'accounts'),
    ]
    if (log === undefined)
      throw new ScanError('USAGE', 'no log of requests', 'Name a file with some rows of the table.')
    const tables = [
      tableOfSample(options.table ?? 'requests', log),
      ...(side === undefined ? [] : [tableOfSample(options.accountsTable ?? 'accounts', side)]),
    ]
    const asked = { url: '', table: '', window: options.window ?? NO_WINDOW }
    return ofTables({ ...options, inputs: [], accounts: [] }, tables, serverOf(CURRENT), asked)
  })

function ofTables(
  options: EvidenceSqlOptions,
  opened: readonly OpenedTable[],
  server: Server,
  { window = NO_WINDOW }: ClickHouseOptions,
): Promise<string> {
  const isUtc = resolveConfig(options.config ?? {}).timeZone === 'UTC'
  const sources = opened.map(({ source }) => source)
  return withPlans({ ...options, inputs: [], accounts: [], sources }, ({ plans }) => {
    const tables = plans.map(({ mapping }, i): Table => {
      const { from, columns, source } = opened[i]!
      requireOwnNames(source.name, mapping!)
      const asked = source.role === 'log' ? window : NO_WINDOW
      return { from, columns, mapping: mapping!, server, window: asked, isUtc, letters: { capital: '…', small: '…' } }
    })
    const head = `-- for ClickHouse ${server.version}; the oldest that is supported is ${OLDEST_SERVER.join('.')}\n`
    return `${head}\n${renderSteps(clickHouseSteps(tables[0]!, tables[1] ?? null))}`
  })
}

async function withPlans(
  options: Omit<EvidenceSqlOptions, 'dialect'> & { readonly sources?: OpenedTable['source'][] },
  use: (prepared: Prepared) => string | Promise<string>,
): Promise<string> {
  const spool = openSpool(options.tempDirectory)
  try {
    const stdin = (options.stdin ?? Readable.from([])) as Readable
    const hasher = { hash: async () => '', hashedBytes: () => 0, close: async () => {} }
    const config = resolveConfig(options.config ?? {})
    const tables = options.sources ?? []
    const prepared = await prepareInputs({ ...options, config, stdin, signal: options.signal, spool, hasher, tables })
    requireReadable(prepared)
    if (prepared.plans.length === 0)
      throw new ScanError('USAGE', 'no input', 'Name a file, or --clickhouse and --table.')
    return await use(prepared)
  } finally {
    await spool.dispose()
  }
}
