import type { Command } from 'commander'
import { resolveConfig } from '../../config.ts'
import { SETTING_NAMES, SETTINGS, type Setting } from '../../settings.ts'
import { flagKeyOf, settingsOfFlags } from '../setting-flags.ts'
import type { ConfigFile } from './file.ts'
import { FILE_KEYS } from './keys.ts'

/** One value of the merged configuration. */
export interface MergedValue {
  readonly name: string
  /** `null`: not given, and without a default. */
  readonly value: unknown
  readonly from: 'default' | 'file' | 'flag'
  /** `--memory`; `null` without a flag. */
  readonly flag: string | null
  readonly unit: string | null
  readonly meaning: string
}

/** The configuration that a scan with the same flags would have. */
export interface Merged {
  /** The file that was used, as people see it. */
  readonly file: string | null
  readonly settings: readonly MergedValue[]
  readonly options: readonly MergedValue[]
  /** Ids of the file's own presets. */
  readonly presets: readonly string[]
}

/**
 * Merges defaults, file and flags of a command that has run through `applyConfig`.
 *
 * @throws ScanError CONFIG_INVALID for a flag out of range
 */
export function mergedConfig(command: Command): Merged {
  const flags = command.opts()
  const file = flags.configFile as ConfigFile | undefined
  return {
    file: file?.path ?? null,
    settings: mergedSettings(command, file?.settings ?? {}),
    options: Object.entries(FILE_KEYS).map(([key, { meaning }]) => ({
      name: key,
      value: flags[key] ?? null,
      from: ORIGINS[command.getOptionValueSource(key) ?? 'default'] ?? 'default',
      flag: command.options.find((option) => option.attributeName() === key)?.long ?? null,
      ...{ unit: null, meaning },
    })),
    presets: (file?.presets ?? []).map(({ id }) => id),
  }
}

/** commander's words for where a value came from, in ours. */
const ORIGINS: Readonly<Record<string, MergedValue['from']>> = { cli: 'flag', config: 'file' }

function mergedSettings(command: Command, fromFile: ConfigFile['settings']): readonly MergedValue[] {
  const fromFlags = settingsOfFlags(command.opts())
  const config = resolveConfig(fromFile, fromFlags)
  return SETTING_NAMES.map((name) => {
    const { flag, unit, meaning }: Setting = SETTINGS[name]
    const isFlag = flagKeyOf(name) !== null && Object.hasOwn(fromFlags, name)
    const from = isFlag ? 'flag' : Object.hasOwn(fromFile, name) ? 'file' : 'default'
    return { name, value: config[name], from, flag: flag ?? null, unit, meaning }
  })
}
