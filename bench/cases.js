import { join } from 'node:path'

const BIN = join(import.meta.dirname, '..', 'bin', 'distill-scan.js')
const FLOOR = join(import.meta.dirname, 'floor.js')

/** What `--only` takes. */
export const CASE_IDS = [
  'floor',
  'scan',
  'accounts',
  'rotate',
  'csv',
  'gz',
  'damaged',
  'array',
  'cutGz',
  'dedupe',
  'alone',
  'join',
  'cat',
  'startup',
]

/**
 * One process that is timed.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} title
 * @property {import('./data.js').LogName} log the log it reads; its floor is the floor of that log
 * @property {'floor' | 'scan' | 'other'} kind
 * @property {string} [against] the case whose time and memory it is held against
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
    ...[process.execPath, BIN, files[log], '--format', 'json'],
    ...(threads > 0 ? ['--threads', String(threads)] : []),
    ...(withAccounts ? ['--accounts', files.accounts] : []),
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

/** In the order of the table; a scan stands next to its floor, so that both meet the same machine. */
const CASES = /** @type {Case[]} */ ([
  { id: 'cat', title: 'cat > /dev/null', log: 'ndjson', kind: 'other', command: (files) => ['cat', files.ndjson] },
  floorOf('ndjson'),
  scanOf('scan', 'ndjson', 'scan'),
  scanOf('accounts', 'ndjson', 'scan with --accounts', true),
  floorOf('rotate'),
  scanOf('rotate', 'rotate', 'scan'),
  floorOf('csv'),
  scanOf('csv', 'csv', 'scan'),
  floorOf('gz'),
  scanOf('gz', 'gz', 'scan'),
  derivedOf('damaged', 'damaged', 'scan'),
  derivedOf('array', 'array', 'scan'),
  derivedOf('cutGz', 'cutGz', 'gz'),
  { ...derivedOf('dedupe', 'twice', 'scan', () => ['--dedupe']), title: 'scan with --dedupe' },
  derivedOf('alone', 'apart', 'scan'),
  { ...derivedOf('join', 'apart', 'alone', (files) => [files.edge]), title: 'scan with the edge beside it' },
])

/**
 * The cases that were asked for, and the floors of the scans among them.
 *
 * @param {readonly string[]} only
 * @returns {Case[]}
 */
export function chooseCases(only) {
  const scans = CASES.filter(({ id, kind }) => kind === 'scan' && only.includes(id))
  const wanted = CASES.filter(
    ({ id, kind, log }) =>
      only.includes(id) || (kind === 'floor' && (only.includes('floor') || scans.some((scan) => scan.log === log))),
  )
  return wanted
}
