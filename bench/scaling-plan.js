import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { count } from './options.js'

export const AXES = /** @type {const} */ (['rows', 'accounts', 'share'])

export const SCALING_USAGE = `npm run bench:scaling -- [flags]

  --axes NAME,…      some of: ${AXES.join(' ')} (default: all)
  --rows N,…         steps of the axis of rows (default 1000000,4000000,28800000)
  --accounts N,…     steps of the axis of accounts (default 10000,100000,1000000)
  --shares X,…       steps of the axis of fraud: share of the accounts that are in campaigns (default 0.01,0.1,0.5)
  --at-rows N        rows on the other two axes (default 4000000)
  --at-accounts N    accounts on the other two axes (default 20000)
  --at-share X       share of fraud on the other two axes (default 0.1)
  --runs N           rounds; medians are taken (default 1)
  --threads N        threads of the engine (default: one per core)
  --memory MIB       memory bound of the engine (default: that of the program)
  --cache DIR        where the simulated logs are kept (default: distill-scan-bench in the temporary folder)
  --seed TEXT        seed of the simulated logs (default bench)
  --doc FILE         page with the lines <!-- bench:scaling --> in which the tables go (default: only printed)
`

/**
 * @typedef {(typeof AXES)[number]} Axis
 * @typedef {{ rows: number, accounts: number, share: number }} Point what the log is asked to have, about
 * @typedef {{ axis: Axis, points: Point[] }} Series
 *
 * @typedef {object} ScalingOptions
 * @property {Series[]} series
 * @property {number} runs
 * @property {number} threads 0: one per core
 * @property {number | null} memory MiB
 * @property {string} cache
 * @property {string} seed
 * @property {string | null} doc
 * @property {string} command as a person would type it
 */

/**
 * @param {string[]} argv without the interpreter and the script
 * @returns {ScalingOptions}
 */
export function parseScalingOptions(argv) {
  const names = ['axes', 'rows', 'accounts', 'shares', 'at-rows', 'at-accounts', 'at-share']
  const others = ['runs', 'threads', 'memory', 'cache', 'seed', 'doc']
  const text = /** @type {const} */ ({ type: 'string' })
  const options = Object.fromEntries([...names, ...others].map((name) => [name, text]))
  const values = /** @type {Record<string, string | undefined>} */ (parseArgs({ args: argv, options }).values)
  const axes = values.axes?.split(',') ?? [...AXES]
  const unknown = axes.find((axis) => !AXES.includes(/** @type {Axis} */ (axis)))
  if (unknown !== undefined) throw new Error(`--axes: no axis '${unknown}'; use some of ${AXES.join(', ')}`)
  const steps = stepsOf(values)
  const at = {
    rows: count('at-rows', values['at-rows'] ?? '4000000'),
    accounts: count('at-accounts', values['at-accounts'] ?? '20000'),
    share: share('at-share', values['at-share'] ?? '0.1'),
  }
  return {
    series: AXES.filter((axis) => axes.includes(axis)).map((axis) => ({
      axis,
      points: steps[axis].map((step) => ({ ...at, [axis]: step })),
    })),
    runs: count('runs', values.runs ?? '1'),
    threads: values.threads === undefined ? 0 : count('threads', values.threads),
    memory: values.memory === undefined ? null : count('memory', values.memory),
    cache: values.cache ?? join(tmpdir(), 'distill-scan-bench'),
    seed: values.seed ?? 'bench',
    doc: values.doc ?? null,
    command: ['npm run bench:scaling', ...(argv.length > 0 ? ['--', ...argv] : [])].join(' '),
  }
}

/** @param {Record<string, string | undefined>} values */
function stepsOf(values) {
  const steps = {
    rows: (values.rows ?? '1000000,4000000,28800000').split(',').map((each) => count('rows', each)),
    accounts: (values.accounts ?? '10000,100000,1000000').split(',').map((each) => count('accounts', each)),
    share: (values.shares ?? '0.01,0.1,0.5').split(',').map((each) => share('shares', each)),
  }
  for (const [axis, list] of Object.entries(steps)) {
    if (list.some((step, i) => i > 0 && step <= (list[i - 1] ?? 0)))
      throw new Error(`the steps of '${axis}' must rise: ${list.join(',')}`)
  }
  return steps
}

/**
 * @param {string} flag
 * @param {string} text
 */
function share(flag, text) {
  const value = Number(text)
  if (!(value > 0 && value < 1)) throw new Error(`--${flag}: '${text}' is no share between 0 and 1`)
  return value
}
