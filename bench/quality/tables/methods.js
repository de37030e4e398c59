import { fixed } from '../../statistics.js'
import { counts, highest, mean, share } from '../figures.js'
import { atFullStrength, evaluationsOf, methodsOfPart, rowAt, runsOf } from '../select.js'

/** @typedef {import('../run-cell.js').CellResult} CellResult */
/** @typedef {import('../../report.js').Section} Section */

const SEVERITIES = /** @type {const} */ (['low', 'medium', 'high'])

/**
 * Ours and the baselines side by side.
 *
 * @param {readonly CellResult[]} results of one size
 * @returns {Section}
 */
export function methodsTable(results) {
  const full = atFullStrength(results)
  const ours = SEVERITIES.map((severity) =>
    methodRow(full, { id: 'ours', title: `distill-scan, ${severity} and above`, severity }),
  )
  const others = methodsOfPart(full, 'baseline').map((method) => methodRow(full, { ...method, severity: 'high' }))
  const hasOurs = methodsOfPart(full, 'ours').length > 0
  return {
    title: 'Methods',
    lines: [
      'Campaigns at full strength; mean over seeds, the worst in brackets. Networks mostly innocent, or of trial credit',
      'abuse, are counted per log. Seconds are those of the method without the reading of the log.',
    ],
    head: ['', 'precision', 'recall', 'account F1', 'pair F1', 'networks', 'mostly innocent', 'abuse', 'seconds'],
    rows: [...(hasOurs ? ours : []), ...others],
  }
}

/**
 * @param {readonly CellResult[]} results
 * @param {{ id: string, title: string, severity: import('../../../dist/model.js').Severity }} method
 */
function methodRow(results, { id, title, severity }) {
  const runs = runsOf(results, id)
  const failures = runs.flatMap(({ failure }) => failure ?? [])
  const name =
    failures.length === 0 ? title : `${title} (${failures[0]?.split('\n')[0]}: ${failures.length} of ${runs.length})`
  const rows = evaluationsOf(results, id).map((evaluation) => rowAt(evaluation, severity))
  if (rows.length === 0) return [name, ...new Array(7).fill('–'), seconds(runs)]
  return [
    name,
    share(rows.map(({ accounts }) => accounts.precision)),
    share(rows.map(({ accounts }) => accounts.recall)),
    share(rows.map(({ accounts }) => accounts.f1)),
    share(rows.map(({ pairs }) => pairs.f1)),
    fixed(mean(rows.map(({ networks }) => networks)), 0),
    counts(rows.map(({ mostlyInnocent }) => mostlyInnocent)),
    counts(rows.map(({ abuse }) => abuse.networks)),
    seconds(runs),
  ]
}

/** @param {readonly { seconds: number }[]} runs */
const seconds = (runs) => {
  const all = runs.map((run) => run.seconds)
  return all.length === 1 ? fixed(mean(all), 1) : `${fixed(mean(all), 1)} (${fixed(highest(all), 1)})`
}
