import { fixed } from '../../statistics.js'
import { highest, mean, share } from '../figures.js'
import { atFullStrength, campaignsByLabel, evaluationsOf, floorSeverity, methodsOfPart, rowAt } from '../select.js'

/**
 * What is left when something is taken away.
 *
 * @param {readonly import('../run-cell.js').CellResult[]} results of one size
 * @returns {import('../../report.js').Section | null} `null` if none was run
 */
export function ablationsTable(results) {
  const full = atFullStrength(results)
  const ablations = methodsOfPart(full, 'ablation')
  if (ablations.length === 0) return null
  const methods = [...methodsOfPart(full, 'ours').map(({ id }) => ({ id, title: 'everything' })), ...ablations]
  const evaluations = new Map(methods.map(({ id }) => [id, evaluationsOf(full, id)]))
  const labels = [...campaignsByLabel([...evaluations.values()].flat())]
    .filter(([, [first]]) => first !== undefined && first.class === 'fraud')
    .map(([label, [first]]) => ({ label, severity: (first && floorSeverity(first)) ?? 'low' }))
  return {
    title: 'Ablations',
    lines: [
      'Each evidence family removed in turn, columns and signals. Recall of each kind of campaign at the severity of its floor',
      '(chains and the adaptive campaign at low, crews under 1,000 requests at medium, others at high), mean over campaigns.',
    ],
    head: ['', 'precision at high', 'not fraud at high', 'pair F1', ...labels.map(({ label }) => label)],
    rows: methods.map(({ id, title }) => {
      const own = evaluations.get(id) ?? []
      const byLabel = campaignsByLabel(own)
      return [
        title,
        share(own.map((each) => rowAt(each, 'high').accounts.precision)),
        String(highest(own.map(notFraud))),
        fixed(mean(own.map((each) => rowAt(each, 'low').pairs.f1 ?? Number.NaN)), 3),
        ...labels.map(({ label, severity }) =>
          fixed(mean((byLabel.get(label) ?? []).map(({ recallBySeverity }) => recallBySeverity[severity])), 3),
        ),
      ]
    }),
  }
}

/** @param {import('../select.js').Evaluation} evaluation */
export const notFraud = ({ falseAlarms }) => falseAlarms.mostlyInnocent + falseAlarms.abuseAboveMedium
