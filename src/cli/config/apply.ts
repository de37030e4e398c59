import { relative } from 'node:path'
import type { Command } from 'commander'
import { safeText } from '../../report/safe-text.ts'
import type { CommandContext } from '../context.ts'
import { findConfigFile } from './find.ts'

/**
 * Before a command with `--config` runs: reads the file that is named, or found above the working directory, and fills in
 * the flags that were not given. Says which file that was: named ones with `--verbose`, found ones unless `--quiet`.
 *
 * @throws ScanError CONFIG_INVALID
 */
export async function applyConfig(command: Command, { io }: CommandContext): Promise<void> {
  const flags = command.opts()
  const knows = (key: string): boolean => command.options.some((option) => option.attributeName() === key)
  if (!knows('config') || flags.config === false || flags.from !== undefined) return // a saved report is not read again
  const path = flags.config ?? (await found())
  if (path === null) return
  const { readConfigFile } = await import('./read.ts')
  const file = await readConfigFile(path)
  for (const [key, value] of Object.entries(file.options)) {
    if (knows(key) && command.getOptionValueSource(key) !== 'cli')
      command.setOptionValueWithSource(key, value, 'config')
  }
  command.setOptionValueWithSource('configFile', file, 'config')
  const isSaid = flags.quiet !== true && (flags.config === undefined || flags.verbose === true)
  if (isSaid && command.name() !== 'config') io.err(`configuration: ${safeText(path, { maxLength: 2000 })}\n`)
}

async function found(): Promise<string | null> {
  const folder = process.cwd()
  const path = await findConfigFile(folder)
  return path === null ? null : relative(folder, path)
}
