import { forgetBefore } from '../casefile/forget.ts'
import { summarizeCase } from '../casefile/summary.ts'
import { exportCase, importCase } from '../casefile/transfer.ts'
import { EXIT, ScanError } from '../errors.ts'
import { plural } from '../report/table/words.ts'
import type { CaseFlags } from './case-options.ts'
import { renderCaseInputs, renderCaseSummary } from './case-text.ts'
import type { CommandContext } from './context.ts'
import { reportWidth, wantsUnicode } from './terminal.ts'

const styleOf = ({ io }: CommandContext) => ({
  width: reportWidth(io.env, io.stdoutIsTerminal ? io.columns : null),
  unicode: wantsUnicode(io.env, io.platform),
})

/** `distill-scan case list CASE`: what was read into it, night by night. */
export async function runCaseList(path: string, { format }: CaseFlags, context: CommandContext): Promise<number> {
  const summary = await summarizeCase(path)
  const text =
    format === 'json' ? `${JSON.stringify(summary.inputs, null, 2)}\n` : renderCaseInputs(summary, styleOf(context))
  await context.io.out(text)
  return EXIT.ok
}

/** `distill-scan case show CASE`: how much it holds, and of which days. */
export async function runCaseShow(path: string, { format }: CaseFlags, context: CommandContext): Promise<number> {
  const summary = await summarizeCase(path)
  const text =
    format === 'json' ? `${JSON.stringify(summary, null, 2)}\n` : renderCaseSummary(summary, styleOf(context))
  await context.io.out(text)
  return EXIT.ok
}

/** `distill-scan case forget CASE --before DATE`: drops whole days, and their bytes. */
export async function runCaseForget(path: string, { before }: CaseFlags, { io }: CommandContext): Promise<number> {
  if (before === undefined)
    throw new ScanError('USAGE', 'forget what?', 'Name the first day to keep: --before YYYY-MM-DD.')
  if (!/^\d{4}-\d\d-\d\d$/u.test(before) || !isDay(before)) {
    throw new ScanError('USAGE', `--before: '${before}' is no day`, 'Write it as 2026-06-30 (UTC).')
  }
  const { requests, accounts, inputs } = await forgetBefore(path, before)
  io.err(
    `forgot the days before ${before}: ${plural(requests, 'request')}, ${plural(accounts, 'account')} and ${plural(inputs, 'input')}; the file was written anew\n`,
  )
  return EXIT.ok
}

/** `distill-scan case export CASE FOLDER`. */
export async function runCaseExport(path: string, folder: string, { io }: CommandContext): Promise<number> {
  await exportCase(path, folder)
  io.err(`wrote the case to the folder '${folder}'\n`)
  return EXIT.ok
}

/** `distill-scan case import FOLDER CASE`. */
export async function runCaseImport(folder: string, path: string, { io }: CommandContext): Promise<number> {
  await importCase(folder, path)
  io.err(`made the case '${path}'\n`)
  return EXIT.ok
}

/** 31 February is none, though it can be parsed. */
const isDay = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}
