import { fixed } from '../../statistics.js'
import { highest, lowest, mean, share } from '../figures.js'
import { atFullStrength, campaignsByLabel, evaluationsOf, methodsOfPart, rowAt } from '../select.js'

/** @typedef {import('../run-cell.js').CellResult} CellResult */
/** @typedef {import('../../report.js').Section} Section */
/** @typedef {import('../select.js').Campaign} Campaign */

/**
 * What became of each kind of campaign, at full strength.
 *
 * @param {readonly CellResult[]} results of one size
 * @returns {Section}
 */
export function campaignsTable(results) {
  const byLabel = campaignsByLabel(evaluationsOf(atFullStrength(results), 'ours'))
  return {
    title: 'Campaigns',
    lines: [
      'Share of the accounts found by severity, mean over campaigns, the worst in brackets; reported networks that hold any',
      'of its accounts (1: whole).',
    ],
    head: ['', 'campaigns', 'accounts', 'requests', 'low', 'medium', 'high', 'fragments'],
    rows: [...byLabel].map(([label, campaigns]) => [
      label,
      String(campaigns.length),
      range(campaigns.map(({ accounts }) => accounts)),
      range(campaigns.map(({ requests = 0 }) => requests)),
      ...recallCells(campaigns),
      `${fixed(mean(campaigns.map(({ fragments }) => fragments)), 2)} (${highest(campaigns.map(({ fragments }) => fragments))})`,
    ]),
  }
}

/** @param {readonly Campaign[]} campaigns */
const recallCells = (campaigns) =>
  /** @type {const} */ (['low', 'medium', 'high']).map((severity) =>
    share(campaigns.map(({ recallBySeverity }) => recallBySeverity[severity])),
  )

/** @param {readonly number[]} values */
function range(values) {
  const [from, to] = [lowest(values), highest(values)].map((each) => new Intl.NumberFormat('en').format(each))
  return from === to ? String(from) : `${from}–${to}`
}

/**
 * The same as campaigns share less and less.
 *
 * @param {readonly CellResult[]} results of one size
 * @returns {Section | null} `null` with one strength
 */
export function strengthTable(results) {
  const strengths = [...new Set(results.map(({ cell }) => cell.strength))].sort((a, b) => b - a)
  if (strengths.length < 2 || methodsOfPart(results, 'ours').length === 0) return null
  const evaluations = strengths.map((strength) =>
    evaluationsOf(
      results.filter(({ cell }) => cell.strength === strength),
      'ours',
    ),
  )
  const all = evaluations.map(campaignsByLabel)
  const labels = [...new Set(all.flatMap((byLabel) => [...byLabel.keys()]))]
  const overall = /** @type {const} */ ([
    [
      'precision at high',
      (/** @type {import('../select.js').Evaluation} */ each) => rowAt(each, 'high').accounts.precision,
    ],
    ['recall at high', (/** @type {import('../select.js').Evaluation} */ each) => rowAt(each, 'high').accounts.recall],
    ['pair F1 at low', (/** @type {import('../select.js').Evaluation} */ each) => rowAt(each, 'low').pairs.f1],
  ])
  return {
    title: 'Strength',
    lines: [
      'Recall as the campaigns share less: at any severity / at high; mean over campaigns. Floors are judged at 1.',
    ],
    head: ['', ...strengths.map((strength) => `strength ${strength}`)],
    rows: [
      ...overall.map(([title, figure]) => [`all: ${title}`, ...evaluations.map((each) => share(each.map(figure)))]),
      ...labels.map((label) => [label, ...all.map((byLabel) => lowAndHigh(byLabel.get(label) ?? []))]),
    ],
  }
}

/** @param {readonly Campaign[]} campaigns */
function lowAndHigh(campaigns) {
  if (campaigns.length === 0) return '–'
  const at = (/** @type {'low' | 'high'} */ severity) =>
    fixed(mean(campaigns.map(({ recallBySeverity }) => recallBySeverity[severity])), 3)
  return `${at('low')} / ${at('high')}`
}
