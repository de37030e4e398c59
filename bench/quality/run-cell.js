import { rmSync } from 'node:fs'
import { LimitReached, startClock } from '../baselines/clock.js'
import { BASELINES } from '../baselines/registry.js'
import { ABLATIONS } from './ablations.js'
import { readActions } from './actions.js'
import { asReport, createJudge } from './judge.js'
import { prepareLog } from './log.js'
import { openLog } from './pipeline.js'

/** Seconds after which a baseline is stopped and said to have timed out. */
export const BASELINE_SECONDS = 600

/**
 * One log: a size, a seed, a strength, and what is to be run on it.
 *
 * @typedef {object} Cell
 * @property {import('./scenarios.js').SizeName} size
 * @property {string} seed
 * @property {number} strength
 * @property {readonly ('ours' | 'ablations' | 'baselines')[]} parts
 */

/**
 * What one method made of one log.
 *
 * @typedef {object} MethodResult
 * @property {'ours' | 'ablation' | 'baseline'} part
 * @property {string} id
 * @property {string} title
 * @property {number} seconds of the method alone, without the reading of the log
 * @property {import('../../dist/evaluate/evaluation.js').Evaluation | null} evaluation `null`: it failed
 * @property {string | null} failure why it gave nothing
 * @property {boolean} isBroken whether that should never happen: anything but a limit that was reached
 */

/**
 * @typedef {object} CellResult
 * @property {Cell} cell
 * @property {number} accounts
 * @property {number} requests
 * @property {{ simulate: number, read: number, ours: number, ablations: number, baselines: number }} seconds
 * @property {MethodResult[]} methods
 */

/**
 * @param {Cell} cell
 * @param {{ cache: string, keepsLogs: boolean, threads: number, say: (text: string) => void }} how
 * @returns {Promise<CellResult>}
 */
export async function runCell(cell, { cache, keepsLogs, threads, say }) {
  const files = await prepareLog(cell, { cache, threads })
  const startedMs = performance.now()
  const log = await openLog({ log: files.log, accounts: files.accounts, threads })
  const read = (performance.now() - startedMs) / 1000
  try {
    const judge = await createJudge(files.labels, log.evidence)
    const methods = /** @type {MethodResult[]} */ ([])
    for (const method of methodsOf(cell, log, { path: files.log, threads })) {
      const result = await runMethod(method, judge)
      methods.push(result)
      say(`${result.id} ${result.failure ?? `${result.seconds.toFixed(1)} s`}`)
    }
    /** @param {MethodResult['part']} part */
    const spent = (part) => methods.filter((each) => each.part === part).reduce((sum, { seconds }) => sum + seconds, 0)
    const seconds = { ours: spent('ours'), ablations: spent('ablation'), baselines: spent('baseline') }
    const { accounts } = log.evidence.tables
    return {
      cell,
      accounts: accounts.count,
      requests: accounts.requests.reduce((sum, each) => sum + each, 0),
      seconds: { simulate: files.seconds, read, ...seconds },
      methods,
    }
  } finally {
    await log.close()
    if (!keepsLogs) rmSync(files.folder, { recursive: true, force: true })
  }
}

/** @typedef {Pick<MethodResult, 'part' | 'id' | 'title'> & { run: () => Promise<import('./pipeline.js').Reported[]> }} Method */

/**
 * @param {Cell} cell
 * @param {import('./pipeline.js').OpenLog} log
 * @param {{ path: string, threads: number }} file
 * @returns {Method[]}
 */
function methodsOf({ parts }, { evidence, analyse }, { path, threads }) {
  const { tables } = evidence
  const ours = { part: /** @type {const} */ ('ours'), id: 'ours', title: 'distill-scan', run: () => analyse() }
  const ablations = ABLATIONS.map(({ id, title, variant }) => ({
    ...{ part: /** @type {const} */ ('ablation'), id, title },
    run: () => analyse(variant),
  }))
  const baselines = BASELINES.map(({ id, title, find }) => ({
    ...{ part: /** @type {const} */ ('baseline'), id, title },
    run: async () => {
      const actions = () => readActions(path, { ids: tables.accounts.ids, threads })
      const groups = await find({ tables, actions, clock: startClock(BASELINE_SECONDS) })
      return asReport(groups, tables.accounts.ids)
    },
  }))
  return [
    ...(parts.includes('ours') ? [ours] : []),
    ...(parts.includes('baselines') ? baselines : []),
    ...(parts.includes('ablations') ? ablations : []),
  ]
}

/**
 * @param {Method} method
 * @param {(networks: import('./pipeline.js').Reported[]) => import('../../dist/evaluate/evaluation.js').Evaluation} judge
 * @returns {Promise<MethodResult>}
 */
async function runMethod({ part, id, title, run }, judge) {
  const startedMs = performance.now()
  const secondsSoFar = () => (performance.now() - startedMs) / 1000
  try {
    const networks = await run()
    const seconds = secondsSoFar()
    return { part, id, title, seconds, evaluation: judge(networks), failure: null, isBroken: false }
  } catch (error) {
    const isBroken = !(error instanceof LimitReached)
    const failure = isBroken && error instanceof Error ? (error.stack ?? error.message) : String(Object(error).message)
    return { part, id, title, seconds: secondsSoFar(), evaluation: null, failure, isBroken }
  }
}
