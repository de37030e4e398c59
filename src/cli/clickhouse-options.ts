import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseInstant } from '../formats/values/instant.ts'
import { wholeNumber } from './numbers.ts'

/** Flags of a table of a server. */
export interface ClickHouseFlags {
  readonly clickhouse?: string
  readonly table?: string
  readonly accountsTable?: string
  /** Epoch milliseconds. */
  readonly since?: number
  readonly until?: number
  readonly clickhousePasswordFile?: string
  readonly clickhouseCa?: string
  readonly clickhouseCert?: string
  readonly clickhouseKey?: string
  readonly clickhouseMaxSeconds?: number
  /** MiB. */
  readonly clickhouseMaxMemory?: number
  readonly clickhouseReadTimeout?: number
  readonly clickhouseMaxRows?: number
}

/** Declares the flags by which requests are read where they are, in ClickHouse (docs/scale.md). */
export function declareClickHouse(command: Command): Command {
  return command
    .addOption(
      new Option('--clickhouse <url>', 'read requests in ClickHouse: http://user@host:8123/database').conflicts(
        'dedupe',
      ),
    )
    .option('--table <name>', 'with --clickhouse: table of the requests; may be Distributed')
    .option('--accounts-table <name>', 'with --clickhouse: table with registration and payment columns')
    .option(
      '--since <instant>',
      'with --clickhouse: requests from then on, such as 2026-09-01 or 2026-09-01T06:00:00Z',
      instant,
    )
    .option('--until <instant>', 'with --clickhouse: requests before then', instant)
    .option('--clickhouse-password-file <file>', 'file with the password (default: what CLICKHOUSE_PASSWORD holds)')
    .option('--clickhouse-ca <file>', 'certificates of the authorities to believe, PEM')
    .option('--clickhouse-cert <file>', 'certificate to show to the server, PEM')
    .option('--clickhouse-key <file>', 'its key, PEM')
    .option('--clickhouse-max-seconds <n>', 'most that one query may take (max_execution_time)', wholeNumber(1))
    .option(
      '--clickhouse-max-memory <mib>',
      'most memory of one query on each server (max_memory_usage)',
      wholeNumber(16),
    )
    .option(
      '--clickhouse-read-timeout <n>',
      'seconds of silence after which the server is given up (default: 120)',
      wholeNumber(1),
    )
    .option(
      '--clickhouse-max-rows <n>',
      'most rows of evidence that one step may bring (default: 20000000)',
      wholeNumber(1),
    )
}

/** Epoch milliseconds; a stamp without a zone is UTC. */
function instant(text: string): number {
  const read = parseInstant(text)
  if (read === null) throw new InvalidArgumentError('It must be an instant such as 2026-09-01T06:00:00Z, or a day.')
  return 'ms' in read ? read.ms : Date.parse(`${read.local.replace(' ', 'T')}Z`)
}
