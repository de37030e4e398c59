import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { withChange } from '../change/with-change.ts'
import { ScanError } from '../errors.ts'
import type { ScanResult } from '../model.ts'
import { safeText } from '../report/safe-text.ts'
import { type ScanObserver, scan } from '../scan.ts'
import { renderAfterword } from './afterword.ts'
import { historyWarnings, openHistory } from './baseline.ts'
import { checkEnded, clickHouseOf } from './clickhouse.ts'
import { COMMANDS, type CommandContext } from './context.ts'
import { exitCodeOf } from './exit-code.ts'
import type { Io } from './io.ts'
import { readKey } from './key-file.ts'
import type { CommonFlags, ScanFlags } from './options.ts'
import { openPivot } from './pivot.ts'
import { createProgress, progressMode } from './progress.ts'
import { openRejects } from './rejects.ts'
import { openReports, writeReports } from './report-files.ts'
import { exitCodeWith, renderExpired } from './reviews.ts'
import { scanOptionsOf } from './scan-options.ts'
import { shownAs } from './shown.ts'
import { createStopwatch } from './stopwatch.ts'
import { nearest } from './suggest.ts'

/**
 * `distill-scan [scan] FILES…`: scans, prints the report, and says on standard error what it took.
 *
 * @returns the exit code
 */
export async function runScan(files: readonly string[], flags: ScanFlags, context: CommandContext): Promise<number> {
  const { io, signal } = context
  const clickhouse = await clickHouseOf(flags, io, `distill-scan-${randomUUID()}`)
  if (clickhouse === null) checkFiles(files)
  else if (flags.case !== undefined) checkEnded(flags, io)
  const { options, config } = await scanOptionsOf(files, flags, context)
  const { maxRejectRate } = config
  const logs = [...files, ...(flags.accounts ?? [])]
  const history = await openHistory(flags, logs, context)
  const key = await readKey(flags.pseudonymize, { io, isQuiet: flags.quiet === true })
  const named = [flags.baseline, flags.pseudonymize, flags.case, flags.configFile?.path].filter(
    (each) => each !== undefined,
  )
  const inputs = [...logs, ...(flags.known ?? []), ...(flags.labels ?? []), ...named]
  const reports = await openReports(flags, io, inputs)
  const rejects = await openRejects(flags.rejects, io, inputs)
  const lists = await openPivot(flags, io, inputs)
  const { observer, warnings, notes, stopwatch, bar } = observe(io, flags)
  const write = async (scanned: ScanResult): Promise<ScanResult> => {
    await rejects?.write(signal)
    signal.throwIfAborted()
    stopwatch.begin('report')
    const told = history === null ? scanned : withChange(scanned, history)
    if (history !== null) warnings.push(...historyWarnings(history, told))
    await writeReports(reports, shownAs(told, { reveal: flags.reveal === true, key }), flags, context)
    await lists?.write(told, signal)
    return told
  }
  const asked = { ...options, observer, ...(clickhouse && { clickhouse }), ...(rejects && { onReject: rejects.add }) }
  // A night enters the case once its report is written: what nobody was told must not pass for known.
  const result =
    flags.case === undefined
      ? await scan(asked).finally(bar.stop).then(write)
      : await scan({ ...asked, caseFile: flags.case, beforeKept: async (told) => void (await write(told)) }).finally(
          bar.stop,
        )
  stopwatch.stop()
  io.err(
    renderAfterword(result, {
      warnings,
      notes,
      maxRejectRate,
      stopwatch,
      peakMemoryBytes: io.peakMemoryBytes(),
      isQuiet: flags.quiet === true,
      isVerbose: flags.verbose === true,
    }),
  )
  io.err(renderExpired(result))
  return exitCodeWith(result, exitCodeOf(result, { failOn: flags.failOn ?? null, maxRejectRate }))
}

/** Watches a scan: the bar, the times, and the warnings that are printed when it is over. */
export function observe(io: Io, flags: CommonFlags) {
  const stopwatch = createStopwatch(io.nowMs)
  const bar = createProgress(io, progressMode(io, flags))
  const warnings: string[] = []
  const notes: string[] = []
  const observer: ScanObserver = {
    stage: (name) => {
      stopwatch.begin(name)
      bar.observer.stage(name)
    },
    ...(bar.isShown && { progress: bar.observer.progress }), // who shows nothing need not be told
    warn: (message) => warnings.push(safeText(message, { maxLength: 1000 })),
    note: (message) => notes.push(message),
  }
  return { observer, warnings, notes, stopwatch, bar }
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
