import { existsSync } from 'node:fs'
import { noCase } from '../casefile/no-case.ts'
import { EXIT, ScanError } from '../errors.ts'
import { explain } from '../explain/explain.ts'
import type { Report } from '../explain/explanation.ts'
import { renderExplanationJson } from '../explain/json.ts'
import { renderExplanation } from '../explain/text.ts'
import type { ScanResult } from '../model.ts'
import { readReport } from '../saved/read-report.ts'
import type { ScanOptions } from '../scan.ts'
import { renderAfterword } from './afterword.ts'
import type { CommandContext } from './context.ts'
import { exitCodeOf } from './exit-code.ts'
import { idUnderKey } from './id-under-key.ts'
import type { Io } from './io.ts'
import { readKey } from './key-file.ts'
import type { ExplainFlags } from './options.ts'
import { nameOf, readInput } from './read-input.ts'
import { type Privacy, shownAs } from './shown.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'
import { type Output, openOutput } from './write-output.ts'

/**
 * `distill-scan explain ID (--from REPORT | --case CASE | LOGS…)`: says why an account is in its network, or how a network
 * got its score. Only the result document is read, so that all sources give the same answer.
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
  const key = await readKey(flags.pseudonymize, { io, isQuiet: flags.quiet === true })
  const own = [...(flags.accounts ?? []), ...(flags.known ?? []), ...(flags.labels ?? [])]
  const inputs = [
    ...files,
    ...own,
    ...[flags.from, flags.case, flags.pseudonymize].filter((each) => each !== undefined),
  ]
  const output = await openOutput(flags.output, io, inputs)
  const source =
    flags.from === undefined ? await scanLogs(files, flags, context) : await openReport(flags.from, context)
  const { report } = source
  const shown = shownOf(report as ScanResult, { reveal: flags.reveal === true, key }, flags.from !== undefined)
  const known = key === null ? id : idUnderKey(id, { report, shown, key })
  const explanation = known === null ? null : explain(shown, known)
  if (explanation === null) throw unknownId(id, report)
  const text =
    flags.format === 'json'
      ? renderExplanationJson(explanation)
      : renderExplanation(explanation, styleOf(flags, io, output))
  await output.write(text, signal)
  source.finish()
  return source.exitCode
}

/** A saved document that has its pseudonyms keeps them: the key only says what an id is called there. */
function shownOf(report: ScanResult, privacy: Privacy, isSaved: boolean): ScanResult {
  if (!isSaved || privacy.key === null) return shownAs(report, privacy)
  if (report.identifiers === 'pseudonymised') return report
  const hint = 'Save the report with --pseudonymize, or explain it from the logs.'
  throw new ScanError('USAGE', '--pseudonymize: the saved report has no pseudonyms', hint)
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
  const [{ observe }, { scanOptionsOf }, { scan }, { exitCodeWith, renderExpired }] = await Promise.all([
    import('./scan.ts'),
    import('./scan-options.ts'),
    import('../scan.ts'),
    import('./reviews.ts'),
  ])
  const asked = await scanOptionsOf(files, flags, context)
  const { config } = asked
  const options = flags.case === undefined ? asked.options : ofCase(asked.options, flags.case)
  const { maxRejectRate } = config
  const { observer, warnings, stopwatch, bar } = observe(io, flags)
  const report = await scan({ ...options, observer }).finally(bar.stop)
  signal.throwIfAborted()
  stopwatch.stop()
  const facts = { warnings, maxRejectRate, stopwatch, isQuiet: flags.quiet === true, isVerbose: flags.verbose === true }
  return {
    report,
    exitCode: exitCodeWith(report, exitCodeOf(report, { failOn: null, maxRejectRate })),
    finish: () =>
      io.err(renderAfterword(report, { ...facts, peakMemoryBytes: io.peakMemoryBytes() }) + renderExpired(report)),
  }
}

/** The scan of a night without any file: it shows what the case holds, and adds nothing. A configuration file may name side files. */
function ofCase(options: Omit<ScanOptions, 'observer'>, caseFile: string): Omit<ScanOptions, 'observer'> {
  if (!existsSync(caseFile)) throw noCase(caseFile)
  return { ...options, inputs: [], accounts: [], caseFile, allowEmpty: true }
}

function checkSource(files: readonly string[], { from, case: caseFile }: ExplainFlags): void {
  const isGiven = from !== undefined || caseFile !== undefined
  if (isGiven && files.length > 0) {
    const [flag, what] = from === undefined ? ['--case', 'the case'] : ['--from', 'the report']
    throw new ScanError('USAGE', `logs and ${flag} are two sources for one answer`, `Name the logs, or ${what}.`)
  }
  if (isGiven || files.length > 0) return
  const hint = 'Name log files behind the id, --from report.json, or --case case.duckdb.'
  throw new ScanError('USAGE', 'nothing to explain it from', hint)
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
