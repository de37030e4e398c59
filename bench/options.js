import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CASE_IDS, GROUPS, MOST_ROWS_FOR_ALL } from './cases.js'

export const USAGE = `npm run bench -- [flags]

  --rows N,…     requests in the simulated logs, about; one section each (default 1000000)
  --only ID,…    some of: ${CASE_IDS.join(' ')}; a scan brings its floor.
${Object.entries(GROUPS)
  .map(([name, ids]) => `                 ${name}: ${ids.join(' ')}`)
  .join('\n')}
                 What others count with (peers) runs once. Beyond ${MOST_ROWS_FOR_ALL} rows other formats and peers
                 run only if named here
  --runs N       rounds; the median is printed (default 3)
  --against DIR  another built checkout: its scans run beside ours in every round, and the ratio is printed first
  --threads N    threads of the engine, for the floor and for the scan (default: one per core)
  --cache DIR    where the simulated logs are kept (default: distill-scan-bench in the temporary folder)
  --seed TEXT    seed of the simulated logs (default bench)
  --doc FILE     where the tables go as Markdown (default docs/performance.md; with --only, nowhere)
`

/**
 * @typedef {object} Options
 * @property {number[]} rows
 * @property {string[]} only case ids; all of them if not given
 * @property {string[]} named those of them that were asked for
 * @property {string | null} against folder of another build
 * @property {number} runs
 * @property {number} threads 0: one per core
 * @property {string} cache
 * @property {string} seed
 * @property {string | null} doc `null`: the tables are only printed
 * @property {string} command as a person would type it
 */

/**
 * @param {string[]} argv without the interpreter and the script
 * @returns {Options}
 */
export function parseOptions(argv) {
  const text = /** @type {const} */ ({ type: 'string' })
  const { values } = parseArgs({
    args: argv,
    options: { rows: text, only: text, runs: text, against: text, threads: text, cache: text, seed: text, doc: text },
  })
  const only =
    values.only === undefined ? undefined : [...new Set(values.only.split(',').flatMap((id) => GROUPS[id] ?? id))]
  const unknown = only?.find((id) => !CASE_IDS.includes(id))
  if (unknown !== undefined) {
    const known = [...Object.keys(GROUPS), ...CASE_IDS].join(', ')
    throw new Error(`--only: no case '${unknown}'; use some of ${known}`)
  }
  return {
    rows: (values.rows ?? '1000000').split(',').map((each) => count('rows', each)),
    only: only ?? [...CASE_IDS],
    named: only ?? [],
    against: values.against === undefined ? null : checkBuild(values.against),
    runs: count('runs', values.runs ?? '3'),
    threads: values.threads === undefined ? 0 : count('threads', values.threads),
    cache: values.cache ?? join(tmpdir(), 'distill-scan-bench'),
    seed: values.seed ?? 'bench',
    doc: values.doc ?? (only === undefined ? join(import.meta.dirname, '..', 'docs', 'performance.md') : null),
    command: ['npm run bench', ...(argv.length > 0 ? ['--', ...argv] : [])].join(' '),
  }
}

/**
 * @param {string} flag
 * @param {string} text
 */
export function count(flag, text) {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${flag}: '${text}' is no whole number from 1 on`)
  return value
}

/**
 * @param {string} folder
 * @returns {string} the folder, absolute
 */
function checkBuild(folder) {
  const missing = ['bin/distill-scan.js', 'dist/cli/main.js'].find((file) => !existsSync(join(folder, file)))
  if (missing !== undefined)
    throw new Error(`--against: '${folder}' has no ${missing}; name a checkout in which 'npm run build' was run`)
  return resolve(folder)
}
