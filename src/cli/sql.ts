import { EXIT, ScanError } from '../errors.ts'
import { evidenceSql } from '../evidence-sql.ts'
import { clickHouseOf } from './clickhouse.ts'
import type { CommandContext } from './context.ts'
import type { SqlFlags } from './options.ts'
import { scanOptionsOf } from './scan-options.ts'

/**
 * `distill-scan sql --dialect …`: prints the evidence steps, to be read by whoever owns the data. Nothing is run.
 *
 * @returns the exit code
 */
export async function runSql(files: readonly string[], flags: SqlFlags, context: CommandContext): Promise<number> {
  const { dialect, clickhouse: url, table, ...rest } = flags
  const isSample = url === undefined && dialect === 'clickhouse' // then the table is only a name
  const asked = isSample ? rest : flags
  const clickhouse = await clickHouseOf(asked, context.io, 'distill-scan-sql')
  if (clickhouse === null && files.length === 0) {
    throw new ScanError('USAGE', 'no input file', 'Name a log, or a server with --clickhouse and --table.')
  }
  const { options } = await scanOptionsOf(files, flags, context)
  const text = await evidenceSql({
    ...options,
    dialect,
    ...(clickhouse === null ? {} : { clickhouse }),
    ...(table === undefined ? {} : { table }),
  })
  await context.io.out(text)
  return EXIT.ok
}
