import { existsSync } from 'node:fs'
import { type Config, resolveConfig } from '../config.ts'
import { ScanError } from '../errors.ts'
import { parseMapFlags } from '../formats/map-flags.ts'
import { limit } from '../report/limit.ts'
import { redact } from '../report/redact.ts'
import { defaultMinSeverity, type ReportStyle, renderers } from '../report/registry.ts'
import { safeText } from '../report/safe-text.ts'
import { type ScanObserver, scan } from '../scan.ts'
import { renderAfterword } from './afterword.ts'
import { COMMANDS, type CommandContext } from './context.ts'
import { exitCodeOf } from './exit-code.ts'
import { folderProblem } from './folder.ts'
import type { Io } from './io.ts'
import type { CommonFlags, EngineFlags, ScanFlags } from './options.ts'
import { createProgress } from './progress.ts'
import { createStopwatch } from './stopwatch.ts'
import { nearest } from './suggest.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'
import { type Output, openOutput } from './write-output.ts'

/**
 * `distill-scan [scan] FILES…`: scans, prints the report, and says on standard error what it took.
 *
 * @returns the exit code
 */
export async function runScan(
  files: readonly string[],
  flags: ScanFlags,
  { io, signal }: CommandContext,
): Promise<number> {
  checkFiles(files)
  const accounts = flags.accounts ?? []
  const map = parseMapFlags(flags.map ?? [])
  await checkTempDirectory(flags.tempDir)
  const config = configOf(flags)
  const { maxRejectRate } = resolveConfig(config)
  const output = await openOutput(flags.output, io, [...files, ...accounts])
  const { observer, warnings, stopwatch, bar } = observe(io, flags)
  const result = await scan({
    inputs: files,
    accounts,
    map,
    config,
    signal,
    observer,
    allowEmpty: flags.allowEmpty === true,
    ...(files.includes('-') || accounts.includes('-') ? { stdin: io.stdin } : {}),
    ...(flags.tempDir === undefined ? {} : { tempDirectory: flags.tempDir }),
  }).finally(bar.stop)
  signal.throwIfAborted()
  stopwatch.begin('report')
  const style = styleOf(flags, io, output)
  const shown = limit(flags.reveal === true ? result : redact(result), style)
  const render = await renderers[flags.format]()
  await output.write(render(shown, style), signal)
  stopwatch.stop()
  io.err(
    renderAfterword(result, {
      warnings,
      maxRejectRate,
      stopwatch,
      peakMemoryBytes: io.peakMemoryBytes(),
      isQuiet: flags.quiet === true,
      isVerbose: flags.verbose === true,
    }),
  )
  return exitCodeOf(result, { failOn: flags.failOn ?? null, maxRejectRate })
}

/** The settings that flags give; what was not given stays with the defaults. */
export function configOf(flags: EngineFlags): Partial<Config> {
  const { seed, memory: memoryMiB, threads, maxRejectRate } = flags
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(memoryMiB === undefined ? {} : { memoryMiB }),
    ...(threads === undefined ? {} : { threads }),
    ...(maxRejectRate === undefined ? {} : { maxRejectRate }),
  }
}

function styleOf(flags: ScanFlags, io: Io, output: Output): ReportStyle {
  return {
    width: reportWidth(io.env, output.isTerminal ? io.columns : null),
    color: wantsColor({ flag: flags.color, env: io.env, isTerminal: output.isTerminal }),
    unicode: wantsUnicode(io.env, io.platform),
    minSeverity: flags.minSeverity ?? defaultMinSeverity[flags.format],
    top: flags.top ?? null,
    details: flags.details,
  }
}

/** Watches a scan: the bar, the times, and the warnings that are printed when it is over. */
export function observe(io: Io, flags: CommonFlags) {
  const stopwatch = createStopwatch(io.nowMs)
  const bar = createProgress(io, flags.quiet !== true)
  const warnings: string[] = []
  const observer: ScanObserver = {
    stage: (name) => {
      stopwatch.begin(name)
      bar.observer.stage(name)
    },
    progress: bar.observer.progress,
    warn: (message) => warnings.push(safeText(message, { maxLength: 1000 })),
  }
  return { observer, warnings, stopwatch, bar }
}

function checkFiles(files: readonly string[]): void {
  const [first] = files
  if (first === undefined) {
    throw new ScanError('USAGE', 'no input file', 'Name log files, or - for standard input. See distill-scan --help.')
  }
  if (existsSync(first)) return
  const command = nearest(first, COMMANDS, 1)
  if (command === undefined) return
  const hint =
    command === first ? `Put the command first: distill-scan ${command} …` : `Did you mean the command '${command}'?`
  throw new ScanError('USAGE', `no such file or command: '${first}'`, hint)
}

export async function checkTempDirectory(folder: string | undefined): Promise<void> {
  const problem = folder === undefined ? null : await folderProblem(folder)
  if (problem === null) return
  throw new ScanError('USAGE', `--temp-dir: '${folder}' ${problem}`, 'Name a folder with room, or leave the flag out.')
}
