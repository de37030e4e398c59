import { resolve } from 'node:path'
import { ScanError } from '../errors.ts'
import type { ScanResult } from '../model.ts'
import { limit } from '../report/limit.ts'
import { formatOfName, REPORT_ENDINGS, type ReportFormat, type ReportKind, reports } from '../report/registry.ts'
import type { Io } from './io.ts'
import type { ScanFlags } from './options.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'
import { type Output, openOutput } from './write-output.ts'

/** One report that a scan is to write. */
interface ReportFile {
  readonly format: ReportFormat
  readonly output: Output
}

/**
 * Opens every report that was asked for, the main one first, before the scan begins.
 *
 * @param inputs files that must not be written over
 * @throws ScanError USAGE for an ending that no format has, and for two reports in one file; OUTPUT_UNWRITABLE
 */
export async function openReports(flags: ScanFlags, io: Io, inputs: readonly string[]): Promise<readonly ReportFile[]> {
  const { output: main, also = [] } = flags
  const format = flags.format ?? formatOfName(main ?? '') ?? 'table'
  const files: ReportFile[] = [{ format, output: await openOutput(main, io, inputs) }]
  const taken = new Set([resolve(main ?? '-')])
  const rejects = flags.rejects === undefined || flags.rejects === '-' ? [] : [flags.rejects]
  for (const name of [...rejects, ...also]) {
    if (taken.has(resolve(name)))
      throw new ScanError('USAGE', `two outputs in one file: '${name}'`, 'Name another file.')
    taken.add(resolve(name))
    if (rejects.includes(name)) continue
    files.push({ format: alsoFormat(name), output: await openOutput(name, io, inputs) })
  }
  return files
}

function alsoFormat(name: string): ReportFormat {
  const format = formatOfName(name)
  if (format !== null) return format
  throw new ScanError(
    'USAGE',
    `--also: the ending of '${name}' names no format`,
    `Use one of: ${[...REPORT_ENDINGS].sort().join(' ')}`,
  )
}

/**
 * Writes one result in every format that was asked for.
 *
 * @param shown already without what may not be shown
 */
export async function writeReports(
  files: readonly ReportFile[],
  shown: ScanResult,
  flags: ScanFlags,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<void> {
  for (const { format, output } of files) {
    const style = {
      width: reportWidth(io.env, output.isTerminal ? io.columns : null),
      color: wantsColor({ flag: flags.color, env: io.env, isTerminal: output.isTerminal }),
      unicode: wantsUnicode(io.env, io.platform),
      minSeverity: flags.minSeverity ?? reports[format].minSeverity,
      top: flags.top ?? null,
      details: flags.details,
    }
    const kind: ReportKind = reports[format]
    const limited = limit(shown, { ...style, onlyNews: flags.sinceLast === true })
    const pieces = await kind.loadPieces?.()
    await output.write(pieces ? pieces(limited, style) : [(await kind.load())(limited, style)], signal)
  }
}
