import Table from 'cli-table3'
import { LOG_TITLES } from './data.js'
import { floorOf } from './rounds.js'
import { fixed, known, median, paired, spread } from './statistics.js'

/**
 * A part of the report: text, and a table whose first column is words and whose others are figures.
 *
 * @typedef {{ title: string, lines: string[], head: string[], rows: string[][] }} Section
 */

/** @typedef {import('./rounds.js').Result} Result */

const MIB = 2 ** 20

/**
 * The tables of one size.
 *
 * @param {readonly Result[]} results
 * @param {ReadonlyMap<import('./data.js').LogName, number>} bytes sizes of the logs as stored
 * @param {readonly string[]} [leftOut] what did not run and why, a sentence each
 * @returns {Section[]}
 */
export function sizeSections(results, bytes, leftOut = []) {
  const size = sizeOf(results)
  const main = {
    title: size,
    lines: [
      ...[...bytes].map(([log, size]) => `${LOG_TITLES[log]}: ${count(Math.round(size / 1e6))} MB.`),
      ...results.flatMap(failureLines),
      ...leftOut,
    ],
    head: ['', 'wall, s', 'CPU, s', 'peak memory, MiB', 'MB/s', '× floor', '× floor, CPU', '× query'],
    rows: results.map((result) => mainRow(result, results, bytes.get(result.each.log) ?? Number.NaN)),
  }
  const scans = results.filter(({ each, runs }) => isOurs(each) && runs.some(({ scan }) => scan))
  return scans.length === 0 ? [main] : [main, stageSection(size, scans)]
}

/** @param {import('./cases.js').Case} each */
const isOurs = ({ kind, isBefore }) => kind === 'scan' && isBefore !== true

/**
 * In words: how much was read.
 *
 * @param {readonly Result[]} results
 */
export function sizeOf(results) {
  const counted = results.flatMap(({ runs }) => runs.flatMap(({ floor, scan }) => floor ?? scan ?? [])).at(0)
  return counted ? `${count(counted.rows)} rows of ${count(counted.accounts)} accounts` : 'no rows counted'
}

/**
 * @param {Result} result
 * @returns {string[]}
 */
function failureLines({ each, runs }) {
  const failures = runs.flatMap(({ failure }) => failure ?? [])
  if (failures.length === 0) return []
  const title = `${each.title}, ${LOG_TITLES[each.log]}`
  return [`FAILED, ${title}, in ${failures.length} of ${runs.length} rounds: ${failures[0]}.`]
}

/**
 * @param {Result} result
 * @param {readonly Result[]} results
 * @param {number} bytes
 */
function mainRow({ each, runs }, results, bytes) {
  const walls = runs.map(wall)
  const cpus = runs.map(cpu)
  const floor = each.kind === 'floor' ? undefined : floorOf(each, results)?.runs
  const queries = floor?.map(({ floor }) => floor?.seconds ?? Number.NaN)
  return [
    `${each.title}, ${LOG_TITLES[each.log]}`,
    known(walls).length === 0 ? 'failed' : spread(walls, 2),
    fixed(median(cpus), 2),
    fixed(Math.max(...known(runs.map(peak))) / MIB, 0),
    fixed(bytes / 1e6 / median(walls), 0),
    floor ? spread(paired(walls, floor.map(wall)), 1) : '',
    floor ? fixed(median(paired(cpus, floor.map(cpu))), 1) : '',
    queries ? fixed(median(paired(walls, queries)), 1) : '',
  ]
}

/**
 * @param {string} size
 * @param {readonly Result[]} scans
 * @returns {Section}
 */
function stageSection(size, scans) {
  const names = [...new Set(scans.flatMap(({ runs }) => runs.flatMap(({ scan }) => [...(scan?.stages.keys() ?? [])])))]
  const rows = scans.map(({ each, runs }) => {
    const seconds = names.map((name) => median(runs.map(({ scan }) => scan?.stages.get(name) ?? Number.NaN)))
    const outside = median(
      runs.map(({ wallSeconds, scan }) => wallSeconds - [...(scan?.stages.values() ?? [])].reduce((a, b) => a + b, 0)),
    )
    const total = median(runs.map(wall))
    const networks = runs.find(({ scan }) => scan)?.scan?.networks ?? 0
    return [
      `${each.title}, ${LOG_TITLES[each.log]}`,
      ...[...seconds, outside].map((s) => `${fixed(s, 2)} s ${fixed((100 * s) / total, 0)} %`),
      count(networks),
    ]
  })
  return { title: `Where the time goes: ${size}`, lines: [], head: ['', ...names, 'start and end', 'networks'], rows }
}

/**
 * How time and memory grow with rows, and what a rotating address costs.
 *
 * @param {readonly (readonly Result[])[]} sizes
 * @returns {string[]}
 */
export function comparisons(sizes) {
  const lines = sizes.flatMap((results) => [...rotationLines(results), ...againstLines(results)])
  const [first, last] = [sizes[0] ?? [], sizes.at(-1) ?? []]
  if (first === last) return lines
  for (const { each, runs } of first.filter(({ each }) => isOurs(each))) {
    const other = last.find((result) => result.each.id === each.id)?.runs ?? []
    const rows = (other[0]?.scan?.rows ?? Number.NaN) / (runs[0]?.scan?.rows ?? Number.NaN)
    lines.push(
      `${each.title}, ${LOG_TITLES[each.log]}: ${ratio(other, runs, wall)} times the time and ${ratio(other, runs, peak)} times the memory for ${fixed(rows, 2)} times the rows.`,
    )
  }
  return lines
}

/** @param {readonly Result[]} results */
function rotationLines(results) {
  const easy = results.find(({ each }) => each.id === 'scan')?.runs
  const hard = results.find(({ each }) => each.id === 'rotate')?.runs
  if (!easy || !hard) return []
  const rows = count(easy[0]?.scan?.rows ?? Number.NaN)
  return [
    `A new address with every request, ${rows} rows: ${ratio(hard, easy, wall)} times the time and ${ratio(hard, easy, peak)} times the memory of the easy log.`,
  ]
}

/** @param {readonly Result[]} results */
function againstLines(results) {
  return results.flatMap(({ each, runs }) => {
    const base = results.find((other) => other.each.id === each.against)
    if (!base) return []
    const of = `${base.each.title}, ${LOG_TITLES[base.each.log]}`
    return [
      `${each.title}, ${LOG_TITLES[each.log]}: ${ratio(runs, base.runs, wall)} times the time and ${ratio(runs, base.runs, peak)} times the memory of: ${of}.`,
    ]
  })
}

/** @typedef {import('./rounds.js').Run} Run */

/** @param {Run} run */
const wall = ({ wallSeconds }) => wallSeconds
/** @param {Run} run */
const cpu = ({ cpuSeconds }) => cpuSeconds
/** @param {Run} run */
const peak = ({ peakBytes }) => peakBytes

/**
 * @param {readonly Run[]} runs
 * @param {readonly Run[]} bases
 * @param {(run: Run) => number} measure
 */
const ratio = (runs, bases, measure) => fixed(median(paired(runs.map(measure), bases.map(measure))), 2)

/**
 * @param {readonly import('./startup.js').Startup[]} jobs
 * @returns {Section}
 */
export const startupSection = (jobs) => ({
  title: 'Start-up',
  lines: [
    `${jobs[0]?.runs.length ?? 0} rounds each; the whole process, and the moment at which its first output arrived.`,
    'The floor is Node, the engine and one count. `NODE_EXTRA_CA_CERTS` is taken away: Node 20 reads what it names first.',
  ],
  head: ['', 'wall, ms', 'first output, ms', 'CPU, ms', 'peak memory, MiB'],
  rows: jobs.map(({ title, runs }) => [
    title,
    spread(
      runs.map(({ wallSeconds }) => wallSeconds * 1000),
      0,
    ),
    fixed(median(runs.map(({ firstByteSeconds }) => firstByteSeconds)) * 1000, 0),
    fixed(median(runs.map(({ cpuSeconds }) => cpuSeconds)) * 1000, 0),
    fixed(median(runs.map(({ peakBytes }) => peakBytes)) / MIB, 0),
  ]),
})

const count = new Intl.NumberFormat('en').format

/**
 * For the terminal.
 *
 * @param {Section} section
 */
export function renderTerminal({ title, lines, head, rows }) {
  const align = /** @type {('left' | 'right')[]} */ (head.map((_, i) => (i === 0 ? 'left' : 'right')))
  const table = new Table({ head, colAligns: align, style: { head: [], border: [], compact: true } })
  table.push(...rows)
  return [title, ...(lines.length > 0 ? [lines.join(' ')] : []), table.toString(), ''].join('\n')
}

/**
 * For the documentation.
 *
 * @param {Section} section
 */
export function renderMarkdown({ title, lines, head, rows }) {
  /** @param {readonly string[]} cells */
  const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`
  const text = lines.length === 0 ? [] : [lines.join(' '), '']
  return [`## ${title}`, '', ...text, row(head), rule, ...rows.map(row), ''].join('\n')
}
