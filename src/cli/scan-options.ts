import { type Config, resolveConfig } from '../config.ts'
import { ScanError } from '../errors.ts'
import { parseMapFlags } from '../formats/map-flags.ts'
import type { ScanOptions } from '../scan.ts'
import { STDIN } from '../sources/resolve.ts'
import type { CommandContext } from './context.ts'
import { folderProblem } from './folder.ts'
import type { EngineFlags } from './options.ts'
import { readReviews } from './reviews.ts'
import { settingsOfFlags } from './setting-flags.ts'

/** What the flags ask of a scan, and of an inspection. */
export interface Asked {
  readonly options: Omit<ScanOptions, 'observer'>
  readonly config: Config
}

/**
 * The options of a scan of these files. Settings: defaults < config file < flags.
 *
 * @throws ScanError USAGE, CONFIG_INVALID
 */
export async function scanOptionsOf(
  files: readonly string[],
  flags: EngineFlags,
  context: CommandContext,
): Promise<Asked> {
  const { io, signal } = context
  const accounts = flags.accounts ?? []
  await checkTempDirectory(flags.tempDir)
  const { settings = {}, presets = [] } = flags.configFile ?? {}
  const given = { ...settings, ...settingsOfFlags(flags) }
  const config = resolveConfig(given)
  const options = {
    ...(await readReviews(flags, context)),
    inputs: files,
    accounts,
    map: parseMapFlags(flags.map ?? []),
    inputFormats: parseFormatFlags(flags.inputFormat ?? []),
    presets,
    config: given,
    signal,
    allowEmpty: flags.allowEmpty === true,
    ...(flags.columns === undefined ? {} : { columns: flags.columns }),
    ...(files.includes(STDIN) || accounts.includes(STDIN) ? { stdin: io.stdin } : {}),
    ...(flags.tempDir === undefined ? {} : { tempDirectory: flags.tempDir }),
  }
  return { options, config }
}

/** `id` for all logs, `file=id` for one; a file name may hold `=`. */
function parseFormatFlags(flags: readonly string[]): Readonly<Record<string, string>> {
  const formats: Record<string, string> = {}
  for (const flag of flags) {
    const at = flag.lastIndexOf('=')
    formats[at < 0 ? '*' : flag.slice(0, at)] = flag.slice(at + 1).trim()
  }
  return formats
}

/** @throws ScanError USAGE for a folder that cannot be written to */
export async function checkTempDirectory(folder: string | undefined): Promise<void> {
  const problem = folder === undefined ? null : await folderProblem(folder)
  if (problem === null) return
  throw new ScanError('USAGE', `--temp-dir: '${folder}' ${problem}`, 'Name a folder with room, or leave the flag out.')
}
