import { readFile } from 'node:fs/promises'
import { ScanError } from '../errors.ts'
import type { ScanOptions } from '../scan.ts'
import { unreadable } from '../sources/unreadable.ts'
import type { ClickHouseFlags } from './clickhouse-options.ts'
import type { Io } from './io.ts'

type ClickHouseOptions = NonNullable<ScanOptions['clickhouse']>
type TlsOptions = NonNullable<ClickHouseOptions['tls']>

/**
 * What the flags ask of a server. The password comes from the environment or a file, never from the command line, which
 * everybody on the machine can read.
 *
 * @param runId begins the names of this run's queries on the server
 * @returns `null` without `--clickhouse`
 * @throws ScanError USAGE for flags that do not go together; INPUT_NOT_FOUND, INPUT_UNREADABLE for a file
 */
export async function clickHouseOf(
  flags: ClickHouseFlags,
  io: Pick<Io, 'env'>,
  runId: string,
): Promise<ClickHouseOptions | null> {
  checkTogether(flags)
  const { clickhouse: url, table } = flags
  if (url === undefined) return null
  const password = await passwordOf(flags, io)
  const username = namesUser(url) ? undefined : io.env.CLICKHOUSE_USER
  const tls = await tlsOf(flags)
  return {
    url,
    table: table!,
    runId,
    window: { sinceMs: flags.since ?? null, untilMs: flags.until ?? null },
    ...(username === undefined || username === '' ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === null ? {} : { tls }),
    ...(flags.accountsTable === undefined ? {} : { accountsTable: flags.accountsTable }),
    ...(flags.clickhouseMaxSeconds === undefined ? {} : { maxSeconds: flags.clickhouseMaxSeconds }),
    ...(flags.clickhouseMaxMemory === undefined ? {} : { maxMemoryMiB: flags.clickhouseMaxMemory }),
    ...(flags.clickhouseReadTimeout === undefined ? {} : { readTimeoutSeconds: flags.clickhouseReadTimeout }),
    ...(flags.clickhouseMaxRows === undefined ? {} : { maxRows: flags.clickhouseMaxRows }),
  }
}

/** What is typed wins over the environment. */
const namesUser = (url: string): boolean => URL.canParse(url) && new URL(url).username !== ''

const ONLY_WITH: readonly (keyof ClickHouseFlags)[] = [
  ...([
    'table',
    'accountsTable',
    'since',
    'until',
    'clickhousePasswordFile',
    'clickhouseCa',
    'clickhouseCert',
  ] as const),
  ...(['clickhouseKey', 'clickhouseMaxSeconds', 'clickhouseMaxMemory', 'clickhouseReadTimeout'] as const),
  'clickhouseMaxRows',
]

function checkTogether(flags: ClickHouseFlags): void {
  const usage = (message: string, hint: string): ScanError => new ScanError('USAGE', message, hint)
  const stray = ONLY_WITH.find((each) => flags[each] !== undefined)
  if (flags.clickhouse === undefined && stray !== undefined) {
    throw usage(`${flagOf(stray)} is for --clickhouse`, 'Name the server with --clickhouse URL, or leave the flag out.')
  }
  if (flags.clickhouse !== undefined && flags.table === undefined) {
    throw usage('--clickhouse without --table', 'Name the table of the requests: --table requests.')
  }
  if ((flags.clickhouseCert === undefined) !== (flags.clickhouseKey === undefined)) {
    throw usage('--clickhouse-cert and --clickhouse-key go together', 'Name both files, or none.')
  }
  if (flags.clickhouseCert !== undefined && flags.clickhouseCa === undefined) {
    throw usage('--clickhouse-cert needs --clickhouse-ca', 'Name the certificates of the authority of the server.')
  }
  checkWindow(flags)
}

/** @throws ScanError USAGE for a window in which nothing can lie */
export function checkWindow({ since, until }: Pick<ClickHouseFlags, 'since' | 'until'>): void {
  if (since === undefined || until === undefined || since < until) return
  throw new ScanError('USAGE', '--since is not before --until', 'Name a window with a beginning before its end.')
}

/**
 * A case has a window from the night on that read it, and never reads it again.
 *
 * @throws ScanError USAGE for a window that has not ended
 */
export function checkEnded({ until }: Pick<ClickHouseFlags, 'until'>, { clockMs }: Pick<Io, 'clockMs'>): void {
  if (until === undefined || until <= clockMs()) return
  throw new ScanError(
    'USAGE',
    '--until is in the future, and --case never reads a window twice',
    'Name a window that has ended, and leave rows that come late some time to arrive.',
  )
}

const flagOf = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

async function passwordOf(
  { clickhousePasswordFile: path }: ClickHouseFlags,
  { env }: Pick<Io, 'env'>,
): Promise<string | undefined> {
  if (path === undefined) return env.CLICKHOUSE_PASSWORD
  return (await read(path)).toString('utf8').replace(/\r?\n$/u, '')
}

async function tlsOf({ clickhouseCa, clickhouseCert, clickhouseKey }: ClickHouseFlags): Promise<TlsOptions | null> {
  if (clickhouseCa === undefined) return null
  const ca = await read(clickhouseCa)
  if (clickhouseCert === undefined || clickhouseKey === undefined) return { ca }
  return { ca, cert: await read(clickhouseCert), key: await read(clickhouseKey) }
}

const read = (path: string): Promise<Buffer> =>
  readFile(path).catch((error) => {
    if (error.code !== 'ENOENT') throw unreadable(path, error)
    throw new ScanError('INPUT_NOT_FOUND', `no such file: '${path}'`, 'Check the name.', { cause: error })
  })
