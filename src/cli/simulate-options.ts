import { type Command, Option } from 'commander'
import { wholeNumber } from './numbers.ts'
import type { CommonFlags } from './options.ts'

export interface SimulateFlags extends CommonFlags {
  readonly preset: string
  readonly out?: string
  readonly seed?: string
  readonly requests?: number
  readonly accounts?: number
  readonly days?: number
  readonly format: 'ndjson' | 'csv'
  readonly rotateIp?: boolean
  readonly list?: boolean
}

/** Declares the flags of `simulate`. */
export function declareSimulate(command: Command): Command {
  return command
    .option('--preset <name>', 'which population to simulate', 'demo')
    .option('-o, --out <folder>', 'where to write the logs, the accounts and the labels')
    .option('--seed <text>', 'seed of every random draw')
    .option('--requests <n>', 'requests in all, about', wholeNumber(1))
    .option('--accounts <n>', 'accounts in all, about', wholeNumber(1))
    .option('--days <n>', 'days that the logs cover', wholeNumber(1))
    .addOption(new Option('--format <format>', 'format of the logs').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--rotate-ip', 'a new address for every request of the campaigns')
    .option('--list', 'list the presets and scenarios and do nothing')
    .option('--quiet', 'nothing on standard error but errors')
}
