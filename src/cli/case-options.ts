import { type Command, Option } from 'commander'
import type { CommonFlags } from './options.ts'

export interface CaseFlags extends CommonFlags {
  readonly format: 'table' | 'json'
  /** First UTC day that is kept, as given. */
  readonly before?: string
}

/** Declares the commands of `case`. */
export function declareCase(command: Command): Record<'list' | 'show' | 'forget' | 'export' | 'import', Command> {
  const format = (): Option =>
    new Option('--format <format>', 'output format').choices(['table', 'json']).default('table')
  const of = (name: string): Command => command.command(name).argument('<case>', 'a case file')
  return {
    list: of('list').description('what was read into it, night by night').addOption(format()),
    show: of('show').description('how much it holds, and of which days').addOption(format()),
    forget: of('forget')
      .description('drop whole days, and write the file anew without their bytes')
      .option('--before <date>', 'the first UTC day to keep, YYYY-MM-DD'),
    export: of('export').description('write it as a folder of Parquet files').argument('<folder>', 'a new folder'),
    import: command
      .command('import')
      .description('make a case of what export wrote')
      .argument('<folder>', 'what export wrote')
      .argument('<case>', 'a new case file'),
  }
}
