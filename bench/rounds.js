import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.js'

/**
 * What a floor query said of itself: seconds of the query alone, and what it counted.
 *
 * @typedef {{ seconds: number, rows: number, accounts: number, version: string }} FloorNote
 */

/**
 * What a scan said of itself: seconds by stage in their order, and what it counted. `report` is the SHA-256 of the report.
 *
 * @typedef {{ stages: Map<string, number>, rows: number, accounts: number, networks: number, report: string }} ScanNote
 */

/**
 * `failure` is `null` of a run that ended well; the figures of any other are NaN.
 *
 * @typedef {import('./measure.js').Measured & { floor: FloorNote | null, scan: ScanNote | null, counted: { rows: number, accounts: number } | null, failure: string | null }} Run
 * @typedef {{ each: import('./cases.js').Case, runs: Run[] }} Result one run per round
 */

/**
 * Runs all cases in turn, and that several times: what the machine does beside hits all of them alike. Every second
 * round goes backwards, so that no case always has the same one before it. Cases that are slow run in the first round alone.
 *
 * @param {readonly import('./cases.js').Case[]} cases
 * @param {{ files: import('./data.js').Files, rounds: number, threads: number, scratch: string, say: (text: string) => void }} how
 * @returns {Promise<Result[]>}
 */
export async function runRounds(cases, { files, rounds, threads, scratch, say }) {
  const results = cases.map((each) => ({ each, runs: /** @type {Run[]} */ ([]) }))
  for (let round = 0; round < rounds; round++) {
    for (const { each, runs } of round % 2 === 0 ? results : results.toReversed()) {
      if (each.once && round > 0) continue
      const run = await runOnce(each, each.command(files, threads), scratch)
      runs.push(run)
      say(`round ${round + 1}/${rounds}  ${each.id.padEnd(15)} ${run.failure ?? `${run.wallSeconds.toFixed(2)} s`}`)
    }
  }
  checkCounts(results)
  return results
}

/**
 * Runs a command to its end, and reads what it says of itself.
 *
 * @param {Pick<import('./cases.js').Case, 'kind' | 'count'>} each
 * @param {readonly string[]} command
 * @param {string} scratch
 * @returns {Promise<Run>}
 */
export async function runOnce({ kind, count }, command, scratch) {
  const output = join(scratch, 'output.json')
  const measured = await measure(command, kind === 'other' ? { scratch } : { scratch, stdout: output })
  const run = { ...measured, floor: null, scan: null, counted: null, failure: null }
  if (measured.exit !== 0) return failed(run)
  if (kind === 'other') return run
  const text = readFileSync(output, 'utf8')
  if (count !== undefined) return { ...run, counted: count(text) }
  const document = JSON.parse(text)
  return kind === 'floor'
    ? { ...run, floor: document }
    : { ...run, scan: { ...scanNote(run.stderr, document), report: digest(text) } }
}

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest('hex')

/**
 * A run that failed is shown as such, and takes no part in any figure.
 *
 * @param {Run} run
 * @returns {Run}
 */
const failed = (run) => ({
  ...run,
  wallSeconds: Number.NaN,
  cpuSeconds: Number.NaN,
  peakBytes: Number.NaN,
  failure: `exit ${run.exit}: ${run.stderr.trim().split('\n').at(0) ?? ''}`,
})

/**
 * @param {string} stderr
 * @param {{ inputs: { role: string, records: number, rejected: { count: number } }[], totals: { accounts: number }, networks: unknown[] }} document
 * @returns {Omit<ScanNote, 'report'>}
 */
function scanNote(stderr, { inputs, totals, networks }) {
  const line = stderr.split('\n').find((each) => each.includes('peak memory')) ?? ''
  const [stages = '', rest] = line.split('; total ')
  if (rest === undefined) throw new Error(`the scan did not print its times:\n${stderr}`)
  const logs = inputs.filter(({ role }) => role === 'log')
  return {
    stages: new Map(
      [...stages.matchAll(/([a-z ]+?) ([\d.]+) s/gu)].map(([, name = '', s]) => [name.trim(), Number(s)]),
    ),
    rows: logs.reduce((sum, { records, rejected }) => sum + records + rejected.count, 0),
    accounts: totals.accounts,
    networks: networks.length,
  }
}

/**
 * A time is worth nothing if the work was not done: a scan or a peer must have counted every row that its floor counted,
 * and a peer every account.
 *
 * @param {readonly Result[]} results
 */
export function checkCounts(results) {
  for (const { each, runs } of results.filter(({ each }) => each.kind === 'scan' || each.kind === 'peer')) {
    const floor = floorOf(each, results)?.runs.find(({ failure }) => failure === null)?.floor
    if (!floor) continue // made of another log: its records are counted by the tests
    for (const { scan, counted, failure } of runs) {
      if (failure !== null) continue
      const rows = scan?.rows ?? counted?.rows
      if (rows !== floor.rows) throw new Error(`'${each.id}' counted ${rows} rows, its floor ${floor.rows}`)
      if (counted !== null && counted.accounts !== floor.accounts)
        throw new Error(`'${each.id}' counted ${counted.accounts} accounts, its floor ${floor.accounts}`)
    }
  }
}

/**
 * The floor of the log that a case reads.
 *
 * @param {import('./cases.js').Case} each
 * @param {readonly Result[]} results
 */
export const floorOf = (each, results) =>
  results.find(({ each: { kind, log } }) => kind === 'floor' && log === each.log)
