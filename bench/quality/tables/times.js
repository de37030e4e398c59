import { fixed } from '../../statistics.js'

/**
 * Where the time of the run went.
 *
 * @param {readonly import('../run-cell.js').CellResult[]} results of all sizes
 * @returns {import('../../report.js').Section}
 */
export function timesTable(results) {
  const steps = /** @type {const} */ (['simulate', 'read', 'ours', 'baselines', 'ablations'])
  const sizes = [...new Set(results.map(({ cell }) => cell.size))]
  return {
    title: 'Time of this run',
    lines: ['Seconds, summed over the logs of a size; several logs run at a time.'],
    head: ['', 'logs', ...steps],
    rows: sizes.map((size) => {
      const own = results.filter(({ cell }) => cell.size === size)
      const spent = steps.map((step) =>
        fixed(
          own.reduce((sum, { seconds }) => sum + seconds[step], 0),
          0,
        ),
      )
      return [size, String(own.length), ...spent]
    }),
  }
}
