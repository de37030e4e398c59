import { EXIT, ScanError } from '../errors.ts'
import { evidenceSql } from '../evidence-sql.ts'
import { checkWindow, clickHouseOf } from './clickhouse.ts'
import type { CommandContext } from './context.ts'
import type { SqlFlags } from './options.ts'
import { scanOptionsOf } from './scan-options.ts'

/**
 * `distill-scan sql --dialect …`: prints the evidence steps, to be read by whoever owns the data. Nothing is run.
 *
 * @returns the exit code
 */
export async function runSql(files: readonly string[], flags: SqlFlags, context: CommandContext): Promise<number> {
  const { dialect, table, accountsTable } = flags
  const isSample = flags.clickhouse === undefined && dialect === 'clickhouse' // then tables are only names
  if (dialect === 'duckdb' && flags.clickhouse !== undefined)
    throw usage('--clickhouse is read by no step of DuckDB', DIALECT)
  const clickhouse = await clickHouseOf(isSample ? withoutTables(flags) : flags, context.io, 'distill-scan-sql')
  if (clickhouse === null && files.length === 0) {
    throw usage('no input file', 'Name a log, or a server with --dialect clickhouse, --clickhouse and --table.')
  }
  if (clickhouse !== null && files.length > 0) {
    throw usage('log files beside --clickhouse', 'Name the server for its tables, or a file that tells of them.')
  }
  if (isSample) checkSample(files, flags)
  const { options } = await scanOptionsOf(files, flags, context)
  const window = { sinceMs: flags.since ?? null, untilMs: flags.until ?? null }
  const text = await evidenceSql({
    ...options,
    ...{ dialect, window },
    ...(clickhouse === null ? {} : { clickhouse }),
    ...(table === undefined ? {} : { table }),
    ...(accountsTable === undefined ? {} : { accountsTable }),
  })
  await context.io.out(text)
  return EXIT.ok
}

const usage = (message: string, hint: string): ScanError => new ScanError('USAGE', message, hint)

const DIALECT = 'Ask for --dialect clickhouse, or name log files.'

/** What a sample may be asked without a server. */
function withoutTables(flags: SqlFlags): SqlFlags {
  const { table: _table, accountsTable: _accounts, since: _since, until: _until, ...rest } = flags
  checkWindow(flags)
  return rest
}

/** One file stands for each table. @throws ScanError USAGE for more, and for a table without any */
function checkSample(files: readonly string[], { accounts = [], accountsTable }: SqlFlags): void {
  if (files.length > 1 || accounts.length > 1) {
    throw usage('one file tells of the columns of a table, not several', 'Name a file with some rows of the table.')
  }
  if (accountsTable !== undefined && accounts.length === 0) {
    throw usage(
      '--accounts-table without a server needs a file that tells of its columns',
      'Name some rows of it with --accounts FILE, or the server with --clickhouse.',
    )
  }
}
