import type { Command } from 'commander'
import { EXIT } from '../errors.ts'
import { escapeJson } from '../report/safe-text.ts'
import { createPen, type Pen } from '../report/table/pen.ts'
import { renderColumns } from './columns.ts'
import { type Merged, type MergedValue, mergedConfig } from './config/merged.ts'
import type { CommandContext } from './context.ts'
import { reportWidth, wantsColor, wantsUnicode } from './terminal.ts'

/**
 * `distill-scan config`: prints the settings that a scan with the same flags would have, and where each value comes from.
 * It reads no log and writes no file.
 *
 * @returns 0
 * @throws ScanError CONFIG_INVALID
 */
export async function runConfig(command: Command, { io }: CommandContext): Promise<number> {
  const merged = mergedConfig(command)
  const flags = command.opts()
  if (flags.format === 'json') {
    await io.out(`${escapeJson(JSON.stringify({ schemaVersion: 1, ...merged }, null, 2))}\n`)
    return EXIT.ok
  }
  const style = {
    width: reportWidth(io.env, io.stdoutIsTerminal ? io.columns : null),
    color: wantsColor({ flag: flags.color, env: io.env, isTerminal: io.stdoutIsTerminal }),
    unicode: wantsUnicode(io.env, io.platform),
  }
  await io.out(renderMerged(merged, createPen({ ...style, minSeverity: 'low', top: null, details: 0 })))
  return EXIT.ok
}

function renderMerged({ file, settings, options, presets }: Merged, pen: Pen): string {
  const given = options.filter(({ value }) => value !== null)
  const blocks = [
    [`Configuration file: ${file === null ? 'none' : pen.text(file, 1000)}`],
    [pen.strong('Settings'), ...valueLines(settings, file, pen)],
    [pen.strong('Flags that are given or have a default'), ...valueLines(given, file, pen)],
    ...(presets.length === 0 ? [] : [[`Presets of its own: ${pen.text(presets.join(', '), 1000)}`]]),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function valueLines(values: readonly MergedValue[], file: string | null, pen: Pen): readonly string[] {
  const left = (title: string) => ({ title, align: 'left' }) as const
  const rows = values.map(({ name, value, unit, from, flag }) => [
    name,
    pen.text(wordOf(value), 200),
    unit ?? '',
    from === 'flag' ? `flag ${flag}` : from === 'file' ? pen.text(file ?? '', 200) : 'default',
  ])
  return renderColumns(['Name', 'Value', 'Unit', 'From'].map(left), rows, pen)
}

const wordOf = (value: unknown): string =>
  typeof value === 'string' ? value || '-' : Array.isArray(value) ? value.join(', ') : String(value)
