import { SIZES } from './scenarios.js'
import { methodsOfPart } from './select.js'
import { ablationsTable } from './tables/ablations.js'
import { campaignsTable, strengthTable } from './tables/campaigns.js'
import { floorsTable } from './tables/floors.js'
import { innocentsTable } from './tables/innocents.js'
import { methodsTable } from './tables/methods.js'

/** @typedef {import('../report.js').Section} Section */

/**
 * The tables of one size, each with what was run.
 *
 * @param {readonly import('./run-cell.js').CellResult[]} results of one size
 * @returns {Section[]}
 */
export function sizeSections(results) {
  const hasOurs = methodsOfPart(results, 'ours').length > 0
  const sections = [
    floorsTable(results),
    methodsTable(results),
    ...(hasOurs ? [campaignsTable(results), strengthTable(results), innocentsTable(results)] : []),
    ablationsTable(results),
  ]
  const name = describe(results)
  const size = results[0]?.cell.size
  return sections
    .filter((section) => section !== null && section.rows.length > 0)
    .map(
      (section) =>
        /** @type {Section} */ ({
          ...section,
          title: `${section?.title}, ${size}`,
          lines: [`${name}.`, ...(section?.lines ?? [])],
        }),
    )
}

/** @param {readonly import('./run-cell.js').CellResult[]} results */
function describe(results) {
  const [first] = results
  if (!first) return ''
  const { size } = first.cell
  const seeds = [...new Set(results.map(({ cell }) => cell.seed))]
  const strengths = [...new Set(results.map(({ cell }) => cell.strength))]
  const count = new Intl.NumberFormat('en').format
  const named = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds ${seeds[0]} to ${seeds.at(-1)}`
  return `${count(first.accounts)} accounts, ${count(first.requests)} requests, ${SIZES[size].days} days, ${named}, ${strengths.length === 1 ? 'strength' : 'strengths'} ${strengths.join(', ')}`
}
