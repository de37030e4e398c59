import { LOG_TITLES } from './data.js'
import { sizeOf } from './report.js'
import { fixed, known, median, paired, spread } from './statistics.js'

/**
 * Our scans beside those of another build, both from the same rounds, the ratio first. Nothing without such scans.
 *
 * @param {readonly import('./rounds.js').Result[]} results
 * @returns {import('./report.js').Section[]}
 */
export function beforeSection(results) {
  const rows = results.flatMap(({ each, runs }) => {
    const before = results.find((other) => other.each.id === `before:${each.id}`)
    return before === undefined ? [] : [rowOf(`${each.title}, ${LOG_TITLES[each.log]}`, runs, before.runs)]
  })
  if (rows.length === 0) return []
  const lines = ['Below 1 is less than before. Ratios are medians of what was measured in the same round.']
  const head = [
    ...['', '× wall', '× CPU', '× peak memory'],
    ...['wall before, s', 'wall now, s', 'peak before, MiB', 'peak now, MiB', 'same report'],
  ]
  return [{ title: `Before and after: ${sizeOf(results)}`, lines, head, rows }]
}

/**
 * @param {string} title
 * @param {readonly import('./rounds.js').Run[]} runs
 * @param {readonly import('./rounds.js').Run[]} before
 */
function rowOf(title, runs, before) {
  /** @param {'wallSeconds' | 'cpuSeconds' | 'peakBytes'} what */
  const both = (what) => [runs.map((run) => run[what]), before.map((run) => run[what])]
  const [walls = [], wallsBefore = []] = both('wallSeconds')
  const [cpus = [], cpusBefore = []] = both('cpuSeconds')
  const [peaks = [], peaksBefore = []] = both('peakBytes')
  /** @param {readonly number[]} bytes */
  const most = (bytes) => fixed(Math.max(...known(bytes)) / 2 ** 20, 0)
  const reports = new Set([...runs, ...before].map(({ scan }) => scan?.report ?? null))
  return [
    title,
    spread(paired(walls, wallsBefore), 2),
    fixed(median(paired(cpus, cpusBefore)), 2),
    fixed(median(paired(peaks, peaksBefore)), 2),
    fixed(median(wallsBefore), 2),
    fixed(median(walls), 2),
    most(peaksBefore),
    most(peaks),
    reports.size === 1 && !reports.has(null) ? 'yes' : 'no',
  ]
}
