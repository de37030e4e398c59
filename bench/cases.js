import { join } from 'node:path'
import { missingTool, PEERS } from './peers/list.js'

const BIN = join(import.meta.dirname, '..', 'bin', 'distill-scan.js')
const FLOOR = join(import.meta.dirname, 'floor.js')

/**
 * One process that is timed.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} title
 * @property {import('./data.js').LogName} log the log it reads; its floor is the floor of that log
 * @property {'floor' | 'scan' | 'peer' | 'other'} kind
 * @property {string} [against] the case whose time and memory it is held against
 * @property {boolean} [isBefore] a scan by the other build, see `--against`
 * @property {boolean} [once] in the first round alone: it is slow, and nobody asks how its second run went
 * @property {(output: string) => { rows: number, accounts: number }} [count] of a peer: what it counted
 * @property {(files: import('./data.js').Files, threads: number) => string[]} command
 */

/**
 * @param {import('./data.js').LogName} log
 * @returns {Case}
 */
const floorOf = (log) => ({
  id: `floor:${log}`,
  title: 'floor query',
  log,
  kind: 'floor',
  command: (files, threads) => [process.execPath, FLOOR, files[log], String(threads)],
})

/** @param {number} threads */
const flagsOf = (threads) => ['--format', 'json', ...(threads > 0 ? ['--threads', String(threads)] : [])]

/**
 * @param {string} id
 * @param {import('./data.js').LogName} log
 * @param {string} title
 * @param {boolean} [withAccounts]
 * @returns {Case}
 */
const scanOf = (id, log, title, withAccounts = false) => ({
  id,
  title,
  log,
  kind: 'scan',
  command: (files, threads) => [
    ...[process.execPath, BIN, files[log], ...flagsOf(threads)],
    ...(withAccounts ? ['--accounts', files.accounts] : []),
  ],
})

/** The same log, but nobody knows how long it is, and it can be read only once. */
const piped = /** @type {Case} */ ({
  ...scanOf('pipe', 'ndjson', 'scan through a pipe'),
  command: (files, threads) => [
    ...['sh', '-c', 'file=$1; shift; cat "$file" | "$@"', 'sh', files.ndjson],
    ...[process.execPath, BIN, '-', ...flagsOf(threads)],
  ],
})

/**
 * A scan of a log that was made of another, held against the scan of that one.
 *
 * @param {string} id
 * @param {import('./data.js').LogName} log
 * @param {string} against
 * @param {(files: import('./data.js').Files) => string[]} [more]
 * @returns {Case}
 */
const derivedOf = (id, log, against, more = () => []) => ({
  ...scanOf(id, log, 'scan'),
  against,
  command: (files, threads) => [
    ...scanOf(id, log, 'scan').command(files, threads),
    ...more(files),
    '--max-reject-rate',
    '1',
  ],
})

/**
 * @param {import('./peers/list.js').Peer} peer
 * @returns {Case}
 */
const peerOf = ({ id, title, log, command, count }) => ({
  ...{ id, title, log, kind: 'peer', once: true, count },
  command: (files) => command(files[log]),
})

/** In the order of the table; a scan stands next to its floor, so that both meet the same machine. */
const CASES = /** @type {Case[]} */ ([
  { id: 'cat', title: 'cat > /dev/null', log: 'ndjson', kind: 'other', command: (files) => ['cat', files.ndjson] },
  floorOf('ndjson'),
  scanOf('scan', 'ndjson', 'scan'),
  scanOf('accounts', 'ndjson', 'scan with --accounts', true),
  piped,
  floorOf('rotate'),
  scanOf('rotate', 'rotate', 'scan'),
  floorOf('csv'),
  scanOf('csv', 'csv', 'scan'),
  floorOf('gz'),
  scanOf('gz', 'gz', 'scan'),
  floorOf('zst'),
  scanOf('zst', 'zst', 'scan'),
  floorOf('parquet'),
  scanOf('parquet', 'parquet', 'scan'),
  derivedOf('damaged', 'damaged', 'scan'),
  derivedOf('array', 'array', 'scan'),
  derivedOf('cutGz', 'cutGz', 'gz'),
  { ...derivedOf('dedupe', 'twice', 'scan', () => ['--dedupe']), title: 'scan with --dedupe' },
  derivedOf('alone', 'apart', 'scan'),
  { ...derivedOf('join', 'apart', 'alone', (files) => [files.edge]), title: 'scan with the edge beside it' },
  ...PEERS.map(peerOf),
])

const PEER_IDS = PEERS.map(({ id }) => id)

/** Several cases under one name. */
export const GROUPS = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  formats: ['cat', 'scan', 'pipe', 'rotate', 'csv', 'gz', 'zst', 'parquet'],
  peers: PEER_IDS,
})

/** What `--only` takes, beside the names of {@link GROUPS}. */
export const CASE_IDS = ['floor', ...CASES.filter(({ kind }) => kind !== 'floor').map(({ id }) => id), 'startup']

/** Rows up to which all cases run without being asked for: peers take minutes for a million, other formats as much disk again. */
export const MOST_ROWS_FOR_ALL = 4_000_000

/** What runs on a longer log. */
const ON_LONG_LOGS = ['cat', 'scan', 'startup'] // a scan brings its floor

/**
 * The cases that were asked for, and the floors of the scans and peers among them.
 *
 * @param {readonly string[]} only
 * @param {{ against?: string | null }} [how] folder of another build, whose scans run before ours
 * @returns {Case[]}
 */
export function chooseCases(only, { against = null } = {}) {
  const held = CASES.filter(({ id, kind }) => (kind === 'scan' || kind === 'peer') && only.includes(id))
  const wanted = CASES.filter(
    ({ id, kind, log }) =>
      only.includes(id) || (kind === 'floor' && (only.includes('floor') || held.some((each) => each.log === log))),
  )
  return against === null
    ? wanted
    : wanted.flatMap((each) => (each.kind === 'scan' ? [beforeOf(each, against), each] : [each]))
}

/**
 * The same scan by another build.
 *
 * @param {Case} scan
 * @param {string} folder
 * @returns {Case}
 */
function beforeOf({ against: _, ...scan }, folder) {
  const other = join(folder, 'bin', 'distill-scan.js')
  return {
    ...scan,
    id: `before:${scan.id}`,
    title: `before: ${scan.title}`,
    isBefore: true,
    command: (files, threads) => scan.command(files, threads).map((part) => (part === BIN ? other : part)),
  }
}

/**
 * Takes away what cannot run here or would take too long, and says so.
 *
 * @param {readonly string[]} only
 * @param {{ rows: number, named: readonly string[] }} what `named`: cases that were asked for one by one
 * @returns {{ only: string[], leftOut: string[] }} sentences for the report
 */
export function leaveOut(only, { rows, named }) {
  /** @type {string[]} */
  const leftOut = []
  const kept = only.filter((id) => {
    const peer = PEERS.find((each) => each.id === id)
    const missing = peer && missingTool(peer)
    if (peer && missing) leftOut.push(`Left out: ${peer.title} (${missing} is not installed).`)
    else if (rows <= MOST_ROWS_FOR_ALL || named.includes(id) || ON_LONG_LOGS.includes(id)) return true
    return false
  })
  const isPart = rows > MOST_ROWS_FOR_ALL && kept.length + leftOut.length < only.length
  if (isPart) leftOut.push('Left out at this size: other formats and what people use instead; `--only` names them.')
  return { only: kept, leftOut }
}
