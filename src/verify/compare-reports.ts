import type { ScanResult } from '../model.ts'
import type { SavedInput, VerifiableReport } from '../saved/report.ts'
import { compareNetworks } from './compare-networks.ts'
import { differences } from './differences.ts'
import type { FigureChange, Rerun } from './verification.ts'

/** Compared by themselves, or not of the result: who made the document, and what a limited one leaves out. */
const APART = ['tool', 'networks', 'totals', 'inputs', 'joins', 'omitted']

/**
 * Holds a saved document against that of a second reading. Paths are not compared: a file may have been renamed.
 *
 * @param found with values as the report has them, and all its networks
 * @param isStrict whether a property that only one of two has is a difference: so between documents of one version
 */
export function compareReports(report: VerifiableReport, found: ScanResult, isStrict: boolean): Rerun {
  const again = JSON.parse(JSON.stringify(found)) as ScanResult // as it would be read back: without -0 and undefined
  const joins = differences(withoutPaths(report.joins ?? []), withoutPaths(again.joins), true)
  const omittedValues = differences(
    { suppressedValues: report.omitted.suppressedValues },
    { suppressedValues: again.omitted.suppressedValues },
    isStrict,
  )
  return {
    networks: compareNetworks(report, again.networks, isStrict),
    figures: compareFigures(report.totals, again.totals, isStrict),
    parts: [
      ...differences(report, again, isStrict).filter((key) => !APART.includes(key)),
      ...(joins.length > 0 ? ['joins'] : []),
      ...(omittedValues.length > 0 ? ['omitted'] : []),
      ...(haveSameCounts(report.inputs, again.inputs, isStrict) ? [] : ['inputs']),
    ],
  }
}

const withoutPaths = (joins: readonly { readonly path: string }[]): object => joins.map(({ path: _, ...join }) => join)

function compareFigures(reported: object, found: object, isStrict: boolean): FigureChange[] {
  const figure = (of: object, name: string): number | null => (of as Record<string, number>)[name] ?? null
  return differences(reported, found, isStrict).map((name) => ({
    name,
    reported: figure(reported, name),
    found: figure(found, name),
  }))
}

/** Whether every input gave the same records and rejects. The order may be another, as the same bytes may come twice. */
function haveSameCounts(reported: readonly SavedInput[], found: readonly SavedInput[], isStrict: boolean): boolean {
  const left = new Set(found)
  return reported.every((input) => {
    const { path: _, ...own } = input
    const twin = [...left].find(({ path: __, ...other }) => differences(own, other, isStrict).length === 0)
    return twin !== undefined && left.delete(twin)
  })
}
