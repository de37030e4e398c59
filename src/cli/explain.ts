import { EXIT, ScanError } from '../errors.ts'
import { explain } from '../explain/explain.ts'
import type { Report } from '../explain/explanation.ts'
import { renderExplanationJson } from '../explain/json.ts'
import { readReport } from '../explain/read-report.ts'
import { renderExplanation } from '../explain/text.ts'
import type { ScanResult } from '../model.ts'
import { redact } from '../report/redact.ts'
import { renderAfterword } from './afterword.ts'
import type { CommandContext } from './context.ts'
import { exitCodeOf } from './exit-code.ts'
import type { Io } from './io.ts'
import type { ExplainFlags } from './options.ts'
import { nameOf, readInput } from './read-input.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'
import { type Output, openOutput } from './write-output.ts'

/**
 * `distill-scan explain ID (--from REPORT | LOGS…)`: says why an account is in its network, or how a network got its
 * score. Only the result document is read, so that both sources give the same answer.
 *
 * @returns the exit code; 0 also for an account in no network
 * @throws ScanError USAGE for an id that is neither an account nor a network
 */
export async function runExplain(
  given: string,
  files: readonly string[],
  flags: ExplainFlags,
  context: CommandContext,
): Promise<number> {
  const { io, signal } = context
  const id = given.trim() // ids of the logs are trimmed as well
  checkSource(files, flags)
  const inputs = [...files, ...(flags.accounts ?? []), ...(flags.from === undefined ? [] : [flags.from])]
  const output = await openOutput(flags.output, io, inputs)
  const source =
    flags.from === undefined ? await scanLogs(files, flags, context) : await openReport(flags.from, context)
  const { report } = source
  const explanation = explain(flags.reveal === true ? report : redact(report as ScanResult), id)
  if (explanation === null) throw unknownId(id, report)
  const text =
    flags.format === 'json'
      ? renderExplanationJson(explanation)
      : renderExplanation(explanation, styleOf(flags, io, output))
  await output.write(text, signal)
  source.finish()
  return source.exitCode
}

interface Source {
  readonly report: Report
  readonly exitCode: number
  /** Says on standard error what is to be said once the answer is out. */
  finish(): void
}

async function openReport(name: string, { io, signal }: CommandContext): Promise<Source> {
  const report = readReport(await readInput(name, { io, signal, example: 'report.json' }), nameOf(name))
  return { report, exitCode: EXIT.ok, finish: () => {} }
}

/** The scan is loaded only here: an answer from a saved report needs no engine. */
async function scanLogs(files: readonly string[], flags: ExplainFlags, context: CommandContext): Promise<Source> {
  const { io, signal } = context
  const [{ observe }, { scanOptionsOf }, { scan }] = await Promise.all([
    import('./scan.ts'),
    import('./scan-options.ts'),
    import('../scan.ts'),
  ])
  const { options, config } = await scanOptionsOf(files, flags, context)
  const { maxRejectRate } = config
  const { observer, warnings, stopwatch, bar } = observe(io, flags)
  const report = await scan({ ...options, observer }).finally(bar.stop)
  signal.throwIfAborted()
  stopwatch.stop()
  const facts = { warnings, maxRejectRate, stopwatch, isQuiet: flags.quiet === true, isVerbose: flags.verbose === true }
  return {
    report,
    exitCode: exitCodeOf(report, { failOn: null, maxRejectRate }),
    finish: () => io.err(renderAfterword(report, { ...facts, peakMemoryBytes: io.peakMemoryBytes() })),
  }
}

function checkSource(files: readonly string[], { from }: ExplainFlags): void {
  if (from !== undefined && files.length > 0) {
    throw new ScanError('USAGE', 'logs and --from are two sources for one answer', 'Name the logs, or the report.')
  }
  if (from !== undefined || files.length > 0) return
  throw new ScanError('USAGE', 'nothing to explain it from', 'Name log files behind the id, or --from report.json.')
}

function unknownId(id: string, { omitted }: Report): ScanError {
  const hint =
    omitted.networks > 0
      ? 'The report leaves out networks: save it without --top, --min-severity and --since-last, or check the id.'
      : 'Copy the id from the report or the logs: case counts.'
  return new ScanError('USAGE', `neither an account nor a network has the id '${id}'`, hint)
}

const styleOf = (flags: ExplainFlags, io: Io, output: Output) => ({
  width: reportWidth(io.env, output.isTerminal ? io.columns : null),
  color: wantsColor({ flag: flags.color, env: io.env, isTerminal: output.isTerminal }),
  unicode: wantsUnicode(io.env, io.platform),
})
