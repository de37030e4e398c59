import type { ScanResult } from '../model.ts'
import type { VerifiableReport } from '../saved/report.ts'
import { compareReports } from './compare-reports.ts'
import type { InputCheck, Rerun, Verification } from './verification.ts'

/** What documents without `identifiers` hold: earlier builds shortened values unless they were told not to. */
export const identifiersOf = ({ identifiers = 'shortened' }: Pick<VerifiableReport, 'identifiers'>) => identifiers

/**
 * Puts the answer together.
 *
 * @param found what the same inputs give now, with values as the report has them; `null` if they were not read again
 * @param toolVersion of this tool. Documents of one version have the same properties; one of another version may have
 *   more or fewer, and its networks may differ for that reason alone
 */
export function verify(
  report: VerifiableReport,
  inputs: readonly InputCheck[],
  found: ScanResult | null,
  toolVersion: string,
): Verification {
  const isSameVersion = report.tool.version === toolVersion
  const rerun = found && compareReports(report, found, isSameVersion)
  const isSame = !inputs.some(({ isDifference }) => isDifference) && (rerun === null || isEqual(rerun))
  return {
    schemaVersion: 1,
    verdict: isSame ? 'same' : 'differs',
    report: { toolVersion: report.tool.version, identifiers: identifiersOf(report) },
    toolVersion,
    inputs,
    rerun,
    warnings: [
      ...(isSameVersion ? [] : [`version ${report.tool.version} made the report, and this is ${toolVersion}`]),
      ...(rerun !== null && isOfAnotherKey(report, rerun) ? [ANOTHER_KEY] : []),
      ...(report.reading === undefined
        ? ['the report does not say how its inputs were read: --map, --columns and presets are taken for not given']
        : []),
    ],
  }
}

const ANOTHER_KEY = 'no pseudonym of a network is the same: was the report made with another key?'

const isOfAnotherKey = (report: VerifiableReport, { networks: { missing, unexpected } }: Rerun): boolean =>
  identifiersOf(report) === 'pseudonymised' &&
  unexpected.length > 0 &&
  missing.length > 0 &&
  missing.length === report.networks.length

const isEqual = ({ networks: { changed, missing, unexpected }, figures, parts }: Rerun): boolean =>
  [changed, missing, unexpected, figures, parts].every(({ length }) => length === 0)
