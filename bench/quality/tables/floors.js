import { fixed } from '../../statistics.js'
import { highest, lowest, mean } from '../figures.js'
import { atFullStrength, campaignsByLabel, evaluationsOf, floorSeverity, methodsOfPart, rowAt } from '../select.js'
import { notFraud } from './ablations.js'

/** @typedef {import('../run-cell.js').CellResult} CellResult */
/** @typedef {import('../select.js').Campaign} Campaign */

const PRECISION = 0.995
const RECALL = 0.97
const RECALL_OF_ABLATIONS = 0.9
const PAIR_F1 = 0.97

/**
 * What was promised, and whether it holds. A floor on a mean says beside it in how many logs or campaigns it is missed.
 *
 * @param {readonly CellResult[]} results of one size
 * @returns {import('../../report.js').Section | null}
 */
export function floorsTable(results) {
  const full = evaluationsOf(atFullStrength(results), 'ours')
  const byLabel = campaignsByLabel(full)
  const rows = [
    floorRow(
      'precision at high',
      PRECISION,
      full.map((each) => rowAt(each, 'high').accounts.precision ?? Number.NaN),
    ),
    ...falseAlarmRow(results),
    ...[...byLabel].flatMap(([label, campaigns]) => campaignRow(label, campaigns)),
    ...methodsOfPart(results, 'ablation').map(({ id, title }) => ablationRow(results, id, title)),
    ...pairRows(full),
  ]
  const known = rows.filter((row) => row.length > 0)
  if (known.length === 0) return null
  return {
    title: 'Floors',
    lines: [
      'Judged on the mean at full strength; the number of mostly innocent or abusive networks in every log of any kind.',
    ],
    head: ['', 'floor', 'mean', 'worst', 'missed in', ''],
    rows: known,
  }
}

/**
 * @param {string} title
 * @param {number} floor
 * @param {readonly number[]} values
 */
function floorRow(title, floor, values) {
  if (values.length === 0) return []
  const missed = values.filter((value) => value < floor).length
  const state = mean(values) >= floor ? 'holds' : 'MISSED'
  return [title, `≥ ${floor}`, fixed(mean(values), 3), fixed(lowest(values), 3), `${missed} of ${values.length}`, state]
}

/**
 * Of everything that is reported, which is what the floor means; and of what is left at medium and at high.
 *
 * @param {readonly import('../select.js').Evaluation[]} evaluations
 */
const pairRows = (evaluations) =>
  /** @type {const} */ (['low', 'medium', 'high']).map((severity) => {
    const values = evaluations.map((each) => rowAt(each, severity).pairs.f1 ?? Number.NaN)
    return severity === 'high'
      ? floorRow('pair F1 at high', PAIR_F1, values)
      : figureRow(`pair F1 at ${severity}`, values)
  })

/**
 * A figure without a floor.
 *
 * @param {string} title
 * @param {readonly number[]} values
 */
const figureRow = (title, values) =>
  values.length === 0 ? [] : [title, 'none', fixed(mean(values), 3), fixed(lowest(values), 3), '', 'reported']

/** @param {readonly CellResult[]} results */
function falseAlarmRow(results) {
  const methods = results.flatMap((each) => each.methods.filter(({ part }) => part !== 'baseline'))
  const values = methods.flatMap(({ evaluation }) => (evaluation ? [notFraud(evaluation)] : []))
  if (values.length === 0) return []
  const missed = values.filter((value) => value > 0).length
  const title = 'networks at high that are mostly innocent, or abuse'
  return [
    [
      title,
      '0',
      fixed(mean(values), 2),
      String(highest(values)),
      `${missed} of ${values.length}`,
      missed > 0 ? 'MISSED' : 'holds',
    ],
  ]
}

/**
 * @param {string} label
 * @param {readonly Campaign[]} campaigns
 */
function campaignRow(label, campaigns) {
  const [first] = campaigns
  if (!first || first.class === 'abuse') return []
  const severity = floorSeverity(first)
  const recalls = campaigns.map(({ recallBySeverity }) => recallBySeverity[severity ?? 'low'])
  if (severity === null) return [figureRow(`recall at low: ${label}`, recalls)]
  return [floorRow(`recall at ${severity}: ${label}`, RECALL, recalls)]
}

/**
 * The kind of campaign that suffers most from the ablation.
 *
 * @param {readonly CellResult[]} results
 * @param {string} id
 * @param {string} title
 */
function ablationRow(results, id, title) {
  const byLabel = [...campaignsByLabel(evaluationsOf(atFullStrength(results), id))]
  const recalls = byLabel
    .filter(([, [first]]) => first && floorSeverity(first) === 'high')
    .map(([label, campaigns]) => ({ label, all: campaigns.map(({ recallBySeverity }) => recallBySeverity.high) }))
  const [worst] = recalls.toSorted((a, b) => mean(a.all) - mean(b.all))
  return worst ? floorRow(`recall at high, ${title}: ${worst.label}`, RECALL_OF_ABLATIONS, worst.all) : []
}
