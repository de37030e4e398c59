import { EXIT, ScanError } from '../errors.ts'
import { escapeJson, safeText } from '../report/safe-text.ts'
import { readVerifiable } from '../saved/read-report.ts'
import type { VerifiableReport } from '../saved/report.ts'
import { STDIN } from '../sources/resolve.ts'
import { compareInputs } from '../verify/compare-inputs.ts'
import type { InputCheck, Verification } from '../verify/verification.ts'
import { identifiersOf, verify } from '../verify/verify.ts'
import { version } from '../version.ts'
import { renderAfterword } from './afterword.ts'
import type { CommandContext } from './context.ts'
import { hashFiles } from './hash-files.ts'
import type { Io } from './io.ts'
import { readKey } from './key-file.ts'
import { nameOf, readInput } from './read-input.ts'
import { shownAs } from './shown.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'
import { renderVerification } from './verification-text.ts'
import type { VerifyFlags } from './verify-options.ts'
import { type Output, openOutput } from './write-output.ts'

/**
 * `distill-scan verify REPORT FILES…`: says whether the files are the inputs of a saved report, and whether reading them
 * again gives the same result.
 *
 * @returns 0 if both are so, 1 if one is not
 * @throws ScanError USAGE, INPUT_NOT_FOUND, INPUT_UNREADABLE, CONFIG_INVALID, and whatever a scan throws
 */
export async function runVerify(
  name: string,
  files: readonly string[],
  flags: VerifyFlags,
  context: CommandContext,
): Promise<number> {
  const { io, signal } = context
  checkNames(files)
  const output = await openOutput(flags.output, io, [
    name,
    ...files,
    ...(flags.pseudonymize === undefined ? [] : [flags.pseudonymize]),
  ])
  const report = readVerifiable(await readInput(name, { io, signal, example: 'report.json' }), nameOf(name))
  const key = await keyOf(report, flags, io)
  const given = await hashFiles(files, signal)
  const checks = compareInputs(report.inputs, given.files)
  if (flags.inputsOnly !== true) checkAlone(report)
  const isReadAgain = flags.inputsOnly !== true && report.inputs.every((_, i) => checks[i]!.status === 'same')
  const again = isReadAgain ? await readAgain(report, checks, flags, context) : null
  const shown = again && shownAs(again.result, { reveal: identifiersOf(report) === 'revealed', key })
  const verification = verify(report, checks, shown, version)
  await output.write(textOf(verification, name, flags, { io, output }), signal)
  const warnings = [...given.warnings, ...verification.warnings]
  if (flags.quiet !== true) for (const warning of warnings) io.err(`warning: ${safeText(warning)}\n`)
  again?.finish()
  return verification.verdict === 'same' ? EXIT.ok : EXIT.findings
}

/** A report that rests on more than its inputs cannot follow from them alone. */
function checkAlone({ networks, explained, expiredDeclarations = [], case: held = null }: VerifiableReport): void {
  const isCompared = networks.some(({ change = null }) => change !== null)
  const isReviewed =
    networks.some(({ review = null }) => review !== null) ||
    explained.some(({ basis = 'organization' }) => basis !== 'organization') ||
    expiredDeclarations.length > 0
  const what = held !== null ? 'a case' : isCompared ? 'an earlier report' : isReviewed ? '--known or --labels' : null
  if (what === null) return
  throw new ScanError(
    'USAGE',
    `the report rests on more than its inputs: ${what}`,
    'Compare the --inputs-only; a scan without it can be verified whole.',
  )
}

function checkNames(files: readonly string[]): void {
  if (files.length > 0 && !files.includes(STDIN)) return
  const what =
    files.length === 0 ? 'no files to hold the report against' : 'an input on standard input is read only once'
  throw new ScanError('USAGE', what, 'Name the inputs: distill-scan verify report.json logs.ndjson accounts.csv')
}

/** The key that pseudonyms are compared by; hashes alone need none. */
async function keyOf(report: VerifiableReport, flags: VerifyFlags, io: Io): Promise<Uint8Array | null> {
  const key = await readKey(flags.pseudonymize, { io, isQuiet: flags.quiet === true })
  const isPseudonymised = identifiersOf(report) === 'pseudonymised'
  if (isPseudonymised === (key !== null) || (isPseudonymised && flags.inputsOnly === true)) return key
  const [what, hint] = isPseudonymised
    ? ['the report has pseudonyms', 'Name the key of then with --pseudonymize, or compare the --inputs-only.']
    : ['--pseudonymize: the report has no pseudonyms', 'Leave the flag out.']
  throw new ScanError('USAGE', what, hint)
}

/** The scan is loaded only here: hashes need no engine. */
async function readAgain(
  report: VerifiableReport,
  checks: readonly InputCheck[],
  flags: VerifyFlags,
  { io, signal }: CommandContext,
) {
  const [{ observe }, { secondReadingOf }, { scan }] = await Promise.all([
    import('./scan.ts'),
    import('./second-reading.ts'),
    import('../scan.ts'),
  ])
  const options = await secondReadingOf(report, checks, flags)
  const { observer, warnings, stopwatch, bar } = observe(io, flags)
  const result = await scan({ ...options, signal, observer }).finally(bar.stop)
  signal.throwIfAborted()
  stopwatch.stop()
  const facts = { warnings, stopwatch, isQuiet: flags.quiet === true, isVerbose: flags.verbose === true }
  return {
    result,
    // Whether it is complete was the scan's to judge: here the reports are held against each other.
    finish: () =>
      io.err(renderAfterword(result, { ...facts, maxRejectRate: 1, peakMemoryBytes: io.peakMemoryBytes() })),
  }
}

function textOf(
  verification: Verification,
  name: string,
  flags: VerifyFlags,
  { io, output }: { readonly io: Io; readonly output: Output },
): string {
  if (flags.format === 'json') return `${escapeJson(JSON.stringify(verification, null, 2))}\n`
  return renderVerification(verification, nameOf(name), {
    width: reportWidth(io.env, output.isTerminal ? io.columns : null),
    color: wantsColor({ flag: flags.color, env: io.env, isTerminal: output.isTerminal }),
    unicode: wantsUnicode(io.env, io.platform),
  })
}
