import { fixed } from '../../statistics.js'
import { counts, mean } from '../figures.js'
import { atFullStrength, evaluationsOf } from '../select.js'

/**
 * Innocent accounts and mostly innocent networks that were reported, by kind.
 *
 * @param {readonly import('../run-cell.js').CellResult[]} results of one size
 * @returns {import('../../report.js').Section}
 */
export function innocentsTable(results) {
  const evaluations = evaluationsOf(atFullStrength(results), 'ours')
  const kinds = [...new Set(evaluations.flatMap(({ innocentKinds }) => innocentKinds.map(({ kind }) => kind)))].sort()
  return {
    title: 'Innocent kinds',
    lines: [
      'Accounts in reported networks and mostly innocent networks, per log: mean over seeds, the most in brackets.',
    ],
    head: ['', 'accounts', 'at low', 'networks', 'at medium', 'networks', 'at high', 'networks'],
    rows: kinds.map((kind) => {
      const own = evaluations.flatMap(({ innocentKinds }) => innocentKinds.filter((each) => each.kind === kind))
      return [
        kind === '' ? '(none)' : kind,
        fixed(mean(own.map(({ accounts }) => accounts)), 0),
        .../** @type {const} */ (['low', 'medium', 'high']).flatMap((severity) => [
          counts(own.map(({ reported }) => reported[severity])),
          counts(own.map(({ networks }) => networks[severity])),
        ]),
      ]
    }),
  }
}
