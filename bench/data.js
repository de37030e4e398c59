import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CONVERTED, run } from './converted.js'
import { DERIVED, takeApart } from './derived.js'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'bin', 'distill-scan.js')

/**
 * @typedef {'ndjson' | 'rotate' | 'csv' | 'gz' | 'zst' | 'parquet' | 'damaged' | 'array' | 'cutGz' | 'twice' | 'apart'} LogName
 * @typedef {Record<LogName | 'accounts' | 'edge', string>} Files paths; those that were not wanted may not exist
 */

/** What is written of a log and how, in words for the report. */
export const LOG_TITLES = /** @type {const} */ ({
  ndjson: 'NDJSON',
  rotate: 'NDJSON, an address per request',
  csv: 'CSV',
  gz: 'NDJSON, gzip',
  zst: 'NDJSON, zstd',
  parquet: 'Parquet',
  damaged: 'NDJSON, one line in 200 cut',
  array: 'a JSON array',
  cutGz: 'NDJSON, gzip, cut at nine tenths',
  twice: 'NDJSON, delivered twice',
  apart: 'NDJSON without what an edge sees',
})

/** Flags of `distill-scan simulate` for each log; the others are made from `ndjson`. */
const FLAGS = /** @type {const} */ ({ ndjson: [], rotate: ['--rotate-ip'], csv: ['--format', 'csv'] })

/**
 * Makes the logs that are wanted, or finds them in the cache. A log stays until the simulator or its flags change.
 *
 * @param {{ rows: number, seed: string, cache: string, logs: ReadonlySet<LogName>, say: (text: string) => void }} wanted
 * @returns {Promise<Files>}
 */
export async function prepareLogs({ rows, seed, cache, logs, say }) {
  /** @param {LogName} name */
  const folder = (name) => join(cache, String(rows), name)
  for (const name of /** @type {const} */ (['ndjson', 'rotate', 'csv'])) {
    const isBase = name === 'ndjson' && [...logs].some((log) => !(log in FLAGS))
    if (!logs.has(name) && !isBase) continue
    const flags = ['--preset', 'bench', '--requests', String(rows), '--seed', seed, ...FLAGS[name]]
    await makeOnce(folder(name), [...flags, simulatorDigest()].join(' '), async (out) => {
      say(`making ${rows} rows of ${LOG_TITLES[name]} in ${out}`)
      await simulate([...flags, '--out', out])
    })
  }
  const ndjson = join(folder('ndjson'), 'logs.ndjson')
  await derive(ndjson, folder, { logs, say })
  return {
    ndjson,
    rotate: join(folder('rotate'), 'logs.ndjson'),
    csv: join(folder('csv'), 'logs.csv'),
    gz: join(folder('gz'), CONVERTED.gz.file),
    zst: join(folder('zst'), CONVERTED.zst.file),
    parquet: join(folder('parquet'), CONVERTED.parquet.file),
    accounts: join(folder('ndjson'), 'accounts.csv'),
    damaged: join(folder('damaged'), 'logs.ndjson'),
    array: join(folder('array'), 'logs.json'),
    cutGz: join(folder('cutGz'), 'logs.ndjson.gz'),
    twice: join(folder('twice'), 'logs.ndjson'),
    apart: join(folder('apart'), 'requests.ndjson'),
    edge: join(folder('apart'), 'edge.ndjson'),
  }
}

const ENDINGS = { damaged: 'ndjson', array: 'json', cutGz: 'ndjson.gz', twice: 'ndjson' }

/**
 * Logs that are made of the plain one.
 *
 * @param {string} ndjson
 * @param {(name: LogName) => string} folder
 * @param {{ logs: ReadonlySet<LogName>, say: (text: string) => void }} wanted
 */
async function derive(ndjson, folder, { logs, say }) {
  const of = (/** @type {string} */ what) => `${readFileSync(join(folder('ndjson'), MADE), 'utf8')} | ${what}`
  for (const [name, { file, by, make }] of Object.entries(CONVERTED)) {
    const log = /** @type {keyof typeof CONVERTED} */ (name)
    if (!logs.has(log)) continue
    await makeOnce(folder(log), of(by), async (out) => {
      say(`making ${LOG_TITLES[log]} in ${out}`)
      await make(ndjson, join(out, file))
    })
  }
  for (const name of /** @type {const} */ (['damaged', 'array', 'cutGz', 'twice'])) {
    if (!logs.has(name)) continue
    await makeOnce(folder(name), of(name), async (out) => {
      say(`making ${LOG_TITLES[name]} in ${out}`)
      await DERIVED[name](ndjson, join(out, `logs.${ENDINGS[name]}`))
    })
  }
  if (!logs.has('apart')) return
  await makeOnce(folder('apart'), of('apart'), async (out) => {
    say(`taking the log apart in ${out}`)
    await takeApart(ndjson, { requests: join(out, 'requests.ndjson'), edge: join(out, 'edge.ndjson') })
  })
}

/** Holds what a folder was made from; written last, so that a folder without it is not finished. */
const MADE = 'made-from.txt'

/**
 * @param {string} folder
 * @param {string} recipe
 * @param {(folder: string) => Promise<void>} make
 */
export async function makeOnce(folder, recipe, make) {
  const made = join(folder, MADE)
  if (existsSync(made) && readFileSync(made, 'utf8') === recipe) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await make(folder)
  writeFileSync(made, recipe)
}

/** Of the simulator as built: another simulator writes other logs for the same flags. */
export function simulatorDigest() {
  const folder = join(ROOT, 'dist', 'simulate')
  const hash = createHash('sha256')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}

/** @param {readonly string[]} flags */
const simulate = (flags) => run([process.execPath, BIN, 'simulate', ...flags, '--quiet'])

/**
 * Reads a file once, so that every timed reading finds it in memory (if it fits there).
 *
 * @param {string} path
 */
export async function warm(path) {
  for await (const _ of createReadStream(path, { highWaterMark: 1 << 20 }));
  return statSync(path).size
}

/**
 * The first lines of a log as a file of their own.
 *
 * @param {string} log
 * @param {{ lines: number, to: string }} cut
 */
export async function cutHead(log, { lines, to }) {
  /** @type {string[]} */
  const kept = []
  const input = createReadStream(log)
  for await (const line of createInterface({ input })) {
    if (kept.push(line) === lines) break
  }
  input.destroy()
  writeFileSync(to, kept.map((line) => `${line}\n`).join(''))
}
