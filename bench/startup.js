import { join } from 'node:path'
import { cutHead } from './data.js'
import { measure } from './measure.js'

const BIN = join(import.meta.dirname, '..', 'bin', 'distill-scan.js')
const FLOOR = join(import.meta.dirname, 'floor.js')
const LINES = 1000
/** Short processes scatter more: more rounds than for the long ones. */
const ROUNDS = 10

/**
 * @typedef {{ title: string, runs: import('./measure.js').Measured[] }} Startup
 */

/**
 * What is started.
 *
 * @param {string} head a log of few lines
 * @param {string} bin
 * @param {string} [prefix] of the titles
 */
const jobsOf = (head, bin, prefix = '') =>
  [
    { title: 'distill-scan --version', args: [bin, '--version'] },
    { title: 'distill-scan --help', args: [bin, '--help'] },
    { title: `distill-scan, ${LINES} lines, table`, args: [bin, head] },
    { title: `distill-scan, ${LINES} lines, JSON`, args: [bin, head, '--format', 'json'] },
  ].map(({ title, args }) => ({ title: `${prefix}${title}`, args }))

/**
 * How long a person waits for the smallest jobs.
 *
 * @param {string} log a log of which the head is scanned
 * @param {{ scratch: string, say: (text: string) => void, against?: string | null }} how `against`: folder of another
 *   build, which is started in turn with ours
 * @returns {Promise<Startup[]>}
 */
export async function measureStartup(log, { scratch, say, against = null }) {
  const head = join(scratch, 'head.ndjson')
  await cutHead(log, { lines: LINES, to: head })
  const jobs = [
    { title: 'node, an empty script', args: ['--eval', '0'] },
    { title: `floor, ${LINES} lines`, args: [FLOOR, head, '0'] },
    ...(against === null ? [] : jobsOf(head, join(against, 'bin', 'distill-scan.js'), 'before: ')),
    ...jobsOf(head, BIN),
  ].map((job) => ({ ...job, runs: /** @type {import('./measure.js').Measured[]} */ ([]) }))
  say(`start-up: ${jobs.length} commands, ${ROUNDS} rounds`)
  for (let round = 0; round < ROUNDS; round++) {
    for (const { title, args, runs } of jobs) {
      const run = await measure([process.execPath, ...args], { scratch, stdout: null })
      if (run.exit !== 0) throw new Error(`'${title}' ended with ${run.exit}\n${run.stderr}`)
      runs.push(run)
    }
  }
  return jobs
}
