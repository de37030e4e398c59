import { fixed, known, median, slope } from './statistics.js'

/** Above this the work grows faster than what it is done on. */
export const MOST_EXPONENT = 1.1
/** Stages that take less than this at the largest step say nothing about growth, seconds. */
const LEAST_STAGE_SECONDS = 0.5

/**
 * What was measured at one point: what the log really has, and the runs of the scan.
 *
 * @typedef {{ rows: number, accounts: number, share: number, bytes: number, runs: import('./rounds.js').Run[] }} Measured
 * @typedef {{ axis: import('./scaling-plan.js').Axis, points: Measured[] }} MeasuredSeries
 */

const TITLES = { rows: 'rows', accounts: 'accounts', share: 'share of fraud' }

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format

/** @param {Measured} point */
const cpu = ({ runs }) => median(runs.map(({ cpuSeconds }) => cpuSeconds))
/** @param {Measured} point */
const wall = ({ runs }) => median(runs.map(({ wallSeconds }) => wallSeconds))
/** @param {Measured} point */
const peak = ({ runs }) => Math.max(...known(runs.map(({ peakBytes }) => peakBytes)))

/**
 * Exponents first, then what they were made from.
 *
 * @param {readonly MeasuredSeries[]} series
 * @returns {import('./report.js').Section[]}
 */
export function scalingSections(series) {
  return [
    {
      title: 'How it grows',
      lines: [
        'Exponents are least-squares slopes of the logarithm of what was measured on the logarithm of the size: 1 is twice the',
        `work for twice the size, and none may be above ${MOST_EXPONENT}. The ratio is that of the last step to the first.`,
        'A share is no amount of work: its exponent says how little the work depends on it.',
      ],
      head: [
        ...['', 'from', 'to', 'exponent, CPU', 'exponent, wall', 'exponent, memory'],
        ...['CPU, ratio', `none above ${MOST_EXPONENT}`, 'steepest stage'],
      ],
      rows: series.map(exponentRow),
    },
    {
      title: 'What was measured',
      lines: ['Rows, accounts and shares as they are in the log. Each axis moves one of them.'],
      head: ['', 'rows', 'accounts', 'fraud', 'MB', 'wall, s', 'CPU, s', 'peak memory, MiB', 'networks'],
      rows: series.flatMap(({ axis, points }) => points.map((point) => pointRow(axis, point))),
    },
  ]
}

/**
 * The exponents of one axis; NaN with a single step.
 *
 * @param {MeasuredSeries} series
 */
export function exponentsOf({ axis, points }) {
  const sizes = points.map((point) => point[axis])
  return {
    cpu: slope(sizes, points.map(cpu)),
    wall: slope(sizes, points.map(wall)),
    memory: slope(sizes, points.map(peak)),
  }
}

/** @param {MeasuredSeries} series */
function exponentRow(series) {
  const { axis, points } = series
  const [first, last] = [points.at(0), points.at(-1)]
  const exponents = exponentsOf(series)
  const worst = Math.max(exponents.cpu, exponents.wall)
  const size = (/** @type {Measured | undefined} */ point) => (point === undefined ? '–' : sizeText(axis, point))
  return [
    TITLES[axis],
    size(first),
    size(last),
    ...[exponents.cpu, exponents.wall, exponents.memory].map((exponent) => fixed(exponent, 2)),
    first && last ? fixed(cpu(last) / cpu(first), 2) : '–',
    Number.isNaN(worst) ? '–' : worst <= MOST_EXPONENT ? 'yes' : 'NO',
    steepestStage(series),
  ]
}

/**
 * The stage whose seconds grow fastest, of those that matter at the last step.
 *
 * @param {MeasuredSeries} series
 */
function steepestStage({ axis, points }) {
  const sizes = points.map((point) => point[axis])
  const seconds = (/** @type {Measured} */ point, /** @type {string} */ name) =>
    median(point.runs.map(({ scan }) => scan?.stages.get(name) ?? Number.NaN))
  const last = points.at(-1)
  const names = [...(last?.runs.find(({ scan }) => scan)?.scan?.stages.keys() ?? [])]
  const [steepest] = names
    .filter((name) => last !== undefined && seconds(last, name) >= LEAST_STAGE_SECONDS)
    .map((name) => ({
      name,
      exponent: slope(
        sizes,
        points.map((point) => Math.max(0.01, seconds(point, name))),
      ),
    }))
    .filter(({ exponent }) => !Number.isNaN(exponent))
    .sort((a, b) => b.exponent - a.exponent)
  return steepest === undefined ? '–' : `${steepest.name} ${fixed(steepest.exponent, 2)}`
}

/** @param {import('./scaling-plan.js').Axis} axis @param {Measured} point */
const sizeText = (axis, point) => (axis === 'share' ? percent(point.share) : count(point[axis]))

/** @param {number} share */
const percent = (share) => `${fixed(share * 100, share < 0.1 ? 1 : 0)} %`

/** @param {import('./scaling-plan.js').Axis} axis @param {Measured} point */
function pointRow(axis, point) {
  const failure = point.runs.find(({ failure }) => failure !== null)?.failure
  return [
    failure ? `${TITLES[axis]}: FAILED, ${failure}` : TITLES[axis],
    count(point.rows),
    count(point.accounts),
    percent(point.share),
    count(point.bytes / 1e6),
    fixed(wall(point), 2),
    fixed(cpu(point), 2),
    fixed(peak(point) / 2 ** 20, 0),
    count(point.runs.find(({ scan }) => scan)?.scan?.networks ?? Number.NaN),
  ]
}
