import { readFileSync } from 'node:fs'
import { loadEvaluate, loadParseLabels } from './built.js'

/** Smallest group that is evaluated, of methods and of labels: what the program reports as well. */
const MIN_SIZE = 3

/**
 * Groups of a method without severities, as if all were of severity high.
 *
 * @param {readonly (readonly number[])[]} groups
 * @param {readonly string[]} ids
 * @returns {import('./pipeline.js').Reported[]}
 */
export const asReport = (groups, ids) =>
  groups.map((group, i) => ({ rank: i + 1, severity: 'high', accounts: group.map((account) => ids[account]) }))

/**
 * @param {string} labels
 * @param {import('./pipeline.js').Evidence} evidence
 */
export async function createJudge(labels, { tables: { accounts } }) {
  const [evaluate, parseLabels] = await Promise.all([loadEvaluate(), loadParseLabels()])
  const truth = parseLabels(readFileSync(labels, 'utf8'), 'labels.csv')
  const requests = new Map(accounts.ids.map((id, account) => [id, accounts.requests[account]]))
  return (/** @type {import('./pipeline.js').Reported[]} */ networks) =>
    evaluate({ networks }, truth, { minSeverity: 'low', minSize: MIN_SIZE, requests })
}
