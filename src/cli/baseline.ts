import { historyOfReport } from '../change/from-report.ts'
import type { History } from '../change/history.ts'
import { ScanError } from '../errors.ts'
import type { ScanResult } from '../model.ts'
import { plural } from '../report/table/words.ts'
import * as forms from '../report/value-forms.ts'
import { readReport } from '../saved/read-report.ts'
import { STDIN } from '../sources/resolve.ts'
import type { CommandContext } from './context.ts'
import type { ScanFlags } from './options.ts'
import { nameOf, readInput } from './read-input.ts'

/**
 * What the scan is held against, read before it begins.
 *
 * @param inputs of the scan; standard input can be read once
 * @returns `null` without an earlier report
 * @throws ScanError USAGE for `--since-last` without one; INPUT_NOT_FOUND; INPUT_UNREADABLE for what is no report
 */
export async function openHistory(
  { baseline, sinceLast, case: caseFile }: ScanFlags,
  inputs: readonly string[],
  { io, signal }: CommandContext,
): Promise<History | null> {
  if (baseline === undefined) {
    if (sinceLast !== true || caseFile !== undefined) return null
    throw new ScanError(
      'USAGE',
      '--since-last needs an earlier report or a case',
      'Name one: --baseline report.json or --case case.duckdb.',
    )
  }
  if (caseFile !== undefined) {
    throw new ScanError(
      'USAGE',
      '--case and --baseline are two histories',
      'A case compares with its latest scan: leave --baseline out.',
    )
  }
  if (baseline === STDIN && inputs.includes(STDIN)) {
    throw new ScanError(
      'USAGE',
      'the logs and --baseline both come from standard input',
      'Name a file for one of them.',
    )
  }
  const text = await readInput(baseline, { io, signal, example: 'report.json' })
  const name = nameOf(baseline)
  return historyOfReport(readReport(text, name), forms, name)
}

/** What a person should know of the comparison before relying on it. */
export function historyWarnings({ networks, omittedNetworks }: History, result: ScanResult): string[] {
  const isNothingKnown =
    networks.length > 0 && result.networks.length > 0 && result.goneNetworks.length === networks.length
  return [
    ...(omittedNetworks > 0
      ? [
          `the earlier report leaves out ${plural(omittedNetworks, 'network')} (--top, --min-severity or --since-last): what it left out looks new`,
        ]
      : []),
    ...(isNothingKnown
      ? ['no network of the earlier report is found again: is it a report on the same accounts?']
      : []),
  ]
}
