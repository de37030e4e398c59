import { EXIT, ScanError } from '../errors.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import { parseLabels } from '../evaluate/labels.ts'
import { parseReport, type ReadReport } from '../evaluate/report.ts'
import { escapeJson, safeText } from '../report/safe-text.ts'
import { plural } from '../report/table/words.ts'
import { STDIN } from '../sources/resolve.ts'
import type { CommandContext } from './context.ts'
import { renderEvaluation } from './evaluation-text.ts'
import type { EvaluateFlags } from './options.ts'
import { nameOf, readInput } from './read-input.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'
import { openOutput } from './write-output.ts'

/**
 * `distill-scan evaluate REPORT --labels FILE`: holds a JSON report against labels and prints how right it is.
 *
 * @returns 0: figures are no verdict, whatever they are
 */
export async function runEvaluate(
  report: string | undefined,
  flags: EvaluateFlags,
  { io, signal }: CommandContext,
): Promise<number> {
  if (report === undefined || flags.labels === undefined) {
    const missing = report === undefined ? 'no report' : 'no labels'
    throw new ScanError('USAGE', missing, 'Name both: distill-scan evaluate report.json --labels labels.csv')
  }
  if (report === STDIN && flags.labels === STDIN) {
    throw new ScanError('USAGE', "standard input ('-') is named twice", 'Name it once.')
  }
  const output = await openOutput(flags.output, io, [report, flags.labels])
  // Labels first: they are a file as a rule, and a wrong one should be known before a scan in the pipe is over.
  const labels = parseLabels(await readInput(flags.labels, { io, signal, example: 'labels.csv' }), nameOf(flags.labels))
  const read = parseReport(await readInput(report, { io, signal, example: 'report.json' }), nameOf(report))
  const { minSeverity, minSize } = flags
  const evaluation = evaluate(read, labels, { minSeverity, minSize })
  const style = {
    width: reportWidth(io.env, output.isTerminal ? io.columns : null),
    color: wantsColor({ flag: flags.color, env: io.env, isTerminal: output.isTerminal }),
    unicode: wantsUnicode(io.env, io.platform),
  }
  const text = flags.format === 'json' ? renderJson(evaluation, read) : renderEvaluation(evaluation, style)
  await output.write(text, signal)
  if (flags.quiet !== true) for (const warning of warningsOf(evaluation, read)) io.err(`warning: ${warning}\n`)
  return EXIT.ok
}

const renderJson = (evaluation: Evaluation, { omittedNetworks }: ReadReport): string =>
  `${escapeJson(JSON.stringify({ schemaVersion: 1, ...evaluation, omittedNetworks }, null, 2))}\n`

function warningsOf({ accounts, unlabelled }: Evaluation, { omittedNetworks }: ReadReport): string[] {
  const limited = `the report leaves out ${plural(omittedNetworks, 'network')} (--top, --min-severity or --since-last): recall may be too low; evaluate a full report`
  const isNobodyKnown = unlabelled > 0 && unlabelled === accounts.reported
  const unknown = isNobodyKnown
    ? 'none of the reported accounts has a label: do the labels belong to this log?'
    : `${unlabelled} of ${plural(accounts.reported, 'reported account')} ${unlabelled === 1 ? 'has' : 'have'} no label and count${unlabelled === 1 ? 's' : ''} as innocent`
  return [...(omittedNetworks > 0 ? [limited] : []), ...(unlabelled > 0 ? [unknown] : [])].map((each) => safeText(each))
}
