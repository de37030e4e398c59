import { ScanError, type ScanErrorCode } from '../../errors.ts'
import { printable } from '../../sources/printable.ts'

/**
 * What a server or the way to it can do wrong, in one line each. A server's own message is never shown: it may hold what
 * stands in a row.
 */

type Fault = readonly [code: ScanErrorCode, message: string, hint: string]

const CREDENTIALS: Fault = [
  'INPUT_UNREADABLE',
  'the server refuses the user or the password',
  'Set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, or name a file with --clickhouse-password-file.',
]
const SHARD: Fault = [
  'INPUT_UNREADABLE',
  'a shard of the table does not answer',
  'Run it again once the whole cluster is up: evidence of some shards is none.',
]
const MISSING_COLUMN: Fault = [
  'INPUT_UNREADABLE',
  'the table, or a shard of it, has no column of a name that was mapped',
  'Compare the columns of the table on every shard, and map others with --map.',
]
const TIME: Fault = [
  'INPUT_UNREADABLE',
  'the query took longer than the server allows',
  'Raise --clickhouse-max-seconds, or read less with --since and --until.',
]
const MEMORY: Fault = [
  'OUT_OF_MEMORY',
  'the query needs more memory than the server allows',
  'Raise --clickhouse-max-memory, or read less with --since and --until.',
]
const NO_TABLE: Fault = [
  'INPUT_NOT_FOUND',
  'the server has no such table or database',
  'Name it with --table; the database stands in the URL, or before the table with a dot.',
]
const GONE: Fault = [
  'INPUT_UNREADABLE',
  'the connection to ClickHouse was lost',
  'See whether the server is up, and run it again: nothing was written.',
]

const LIMIT: Fault = [
  'INPUT_UNREADABLE',
  'the query reads or gives more rows or bytes than the server lets this user',
  'Read less with --since and --until, or have max_rows_to_read, max_bytes_to_read or max_result_rows of the user raised.',
]

/** Numbers of errors as in ClickHouse's `ErrorCodes.cpp`. */
const BY_NUMBER: Readonly<Record<number, Fault>> = {
  16: MISSING_COLUMN,
  47: MISSING_COLUMN,
  60: NO_TABLE,
  81: NO_TABLE,
  158: LIMIT,
  159: TIME,
  160: TIME,
  164: [
    'INPUT_UNREADABLE',
    'the user may not set limits for its own queries (readonly = 1)',
    'Give the user readonly = 2: it reads and sets, and cannot write.',
  ],
  192: CREDENTIALS,
  193: CREDENTIALS,
  194: CREDENTIALS,
  201: [
    'INPUT_UNREADABLE',
    'the quota of the user is used up on the server',
    'Wait until its interval is over, or have it raised.',
  ],
  202: ['INPUT_UNREADABLE', 'the server runs as many queries as it may at once', 'Run it again when it is less busy.'],
  209: SHARD,
  210: SHARD,
  241: MEMORY,
  279: SHARD,
  307: LIMIT,
  394: ['INPUT_UNREADABLE', 'the query was stopped on the server', 'Ask who stopped it, and run it again.'],
  396: LIMIT,
  452: [
    'INPUT_UNREADABLE',
    'the user may not set a limit as this scan does: a constraint of its profile forbids it',
    'Lower --clickhouse-max-seconds or --clickhouse-max-memory, or have the constraint loosened.',
  ],
  497: ['INPUT_UNREADABLE', 'the user may not read the table', 'Grant it SELECT on the table.'],
  516: CREDENTIALS,
}

const TIMEOUT: Fault = [
  'INPUT_UNREADABLE',
  'ClickHouse did not answer in time',
  'Raise --clickhouse-read-timeout, or see what the server is busy with.',
]

const UNREACHABLE: Fault = [
  'INPUT_NOT_FOUND',
  'no ClickHouse server answers at this URL',
  'Check host, port and protocol of --clickhouse; the port is that of HTTP, 8123 or 8443.',
]

const NOT_HTTP: Fault = [
  'INPUT_NOT_FOUND',
  'what answers at this URL is not the HTTP interface of ClickHouse',
  'Its port is 8123, or 8443 with https; 9000 and 9440 are those of the native protocol.',
]

const BY_SYSTEM: Readonly<Record<string, Fault>> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ECONNRESET: GONE,
  EPIPE: GONE,
  ETIMEDOUT: TIMEOUT,
}

/** The step before all others: a server that does not answer later did answer once. */
export const CONNECTING = 'connecting'

/** The error for people, of whatever the client threw. */
export function asScanError(error: unknown, step: string): ScanError {
  if (error instanceof ScanError) return error
  const { code, message = '' } = error as { code?: string; message?: string }
  const number = Number(/Code: (?<number>\d+)/u.exec(message)?.groups?.number ?? code)
  const isFirst = step === CONNECTING && Number.isNaN(number)
  return faulty(BY_NUMBER[number] ?? faultOf(code, message, isFirst) ?? unknown(number), step, error)
}

const faulty = ([name, text, hint]: Fault, step: string, cause: unknown): ScanError =>
  new ScanError(name, `${text} (${step})`, hint, { cause })

/**
 * A fault without a number that is known.
 *
 * @param isFirst nothing that only ClickHouse says has come yet, so that anything may be at the other end
 */
function faultOf(code: string | undefined, message: string, isFirst: boolean): Fault | undefined {
  const known = BY_SYSTEM[code ?? ''] ?? byMessage(code, message)
  if (isFirst) return known === undefined || known === GONE ? NOT_HTTP : known
  return known === UNREACHABLE ? GONE : known
}

function byMessage(code: string | undefined, message: string): Fault | undefined {
  if (/^\s*</u.test(message)) return undefined // a page of a web server
  if (/timeout/iu.test(message)) return TIMEOUT
  if (/socket hang up|aborted|premature close|ECONNRESET|terminated/iu.test(message)) return GONE
  if (/certificate|self[- ]signed|SSL|TLS|EPROTO/u.test(`${code} ${message}`)) {
    return [
      'INPUT_UNREADABLE',
      'no secure connection to ClickHouse could be made',
      'Name the authority with --clickhouse-ca, and check that the port speaks TLS.',
    ]
  }
  if (/Authentication/u.test(message)) return CREDENTIALS
  return undefined
}

/** The error for an answer that ClickHouse does not give. */
export const notClickHouse = (cause?: unknown): ScanError => faulty(NOT_HTTP, CONNECTING, cause)

const unknown = (number: number): Fault => [
  'INPUT_UNREADABLE',
  `ClickHouse refused the query${Number.isFinite(number) ? ` with error ${number}` : ''}`,
  'Its own log says why; print the queries with distill-scan sql.',
]

export const tooManyRows = (most: number, step: string): ScanError =>
  new ScanError(
    'OUT_OF_MEMORY',
    `more than ${most} rows of evidence would have to be brought (${printable(step, 40)})`,
    'Read less with --since and --until, or raise --clickhouse-max-rows if memory and disk carry it.',
  )
