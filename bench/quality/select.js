import { FULL_STRENGTH } from './cells.js'

/** @typedef {import('./run-cell.js').CellResult} CellResult */
/** @typedef {import('./run-cell.js').MethodResult} MethodResult */
/** @typedef {import('../../dist/evaluate/evaluation.js').Evaluation} Evaluation */
/** @typedef {import('../../dist/evaluate/evaluation.js').CampaignResult} Campaign */

/** @param {readonly CellResult[]} results */
export const atFullStrength = (results) => results.filter(({ cell }) => cell.strength === FULL_STRENGTH)

/**
 * What one method made of each log; a log on which it failed is left out.
 *
 * @param {readonly CellResult[]} results
 * @param {string} id
 * @returns {Evaluation[]}
 */
export const evaluationsOf = (results, id) => runsOf(results, id).flatMap(({ evaluation }) => evaluation ?? [])

/**
 * @param {readonly CellResult[]} results
 * @param {string} id
 */
export const runsOf = (results, id) => results.flatMap(({ methods }) => methods.filter((method) => method.id === id))

/**
 * The methods of a part that were run on any log, in their order.
 *
 * @param {readonly CellResult[]} results
 * @param {MethodResult['part']} part
 * @returns {{ id: string, title: string }[]}
 */
export function methodsOfPart(results, part) {
  const all = results.flatMap(({ methods }) => methods.filter((method) => method.part === part))
  return [...new Map(all.map(({ id, title }) => [id, { id, title }])).values()]
}

/**
 * @param {Evaluation} evaluation
 * @param {import('../../dist/model.js').Severity} severity
 */
export const rowAt = ({ bySeverity }, severity) => {
  const row = bySeverity.find((each) => each.severity === severity)
  if (!row) throw new Error(`no row for ${severity}`)
  return row
}

/** Requests below which a campaign is held to medium instead of high. */
export const FEW_REQUESTS = 1000

/**
 * What a campaign is called in a table: its kind, and whether it is a small one.
 *
 * @param {Campaign} campaign
 */
export const labelOf = ({ kind, class: label, requests = Number.POSITIVE_INFINITY }) =>
  [kind, ...(label === 'abuse' ? ['(abuse)'] : requests < FEW_REQUESTS ? ['under 1,000 requests'] : [])].join(' ')

/**
 * Campaigns of all logs by what they are called; those with a floor at high come first.
 *
 * @param {readonly Evaluation[]} evaluations
 * @returns {Map<string, Campaign[]>}
 */
export function campaignsByLabel(evaluations) {
  const byLabel = /** @type {Map<string, Campaign[]>} */ (new Map())
  for (const campaign of evaluations.flatMap(({ campaigns }) => campaigns)) {
    const label = labelOf(campaign)
    byLabel.set(label, [...(byLabel.get(label) ?? []), campaign])
  }
  const order = (/** @type {Campaign[]} */ [first]) => FLOORS_IN_ORDER.indexOf(first ? floorSeverity(first) : null)
  return new Map([...byLabel].sort(([a, of], [b, others]) => order(of) - order(others) || (a < b ? -1 : 1)))
}

/**
 * The severity at which a campaign has to be found; `null` if nobody is asked to.
 *
 * @param {Campaign} campaign
 * @returns {'high' | 'medium' | 'low' | null}
 */
export function floorSeverity({ kind, class: label, requests = Number.POSITIVE_INFINITY }) {
  if (label === 'abuse' || kind === 'adaptive') return null
  if (kind === 'chain') return 'low'
  return requests < FEW_REQUESTS ? 'medium' : 'high'
}

const FLOORS_IN_ORDER = ['high', 'medium', 'low', null]
