import { SETTING_NAMES, SETTINGS, type Setting, type SettingName } from '../settings.ts'

/** The name under which commander keeps the flag of a setting: `--max-reject-rate` is `maxRejectRate`; `null` without a flag. */
export function flagKeyOf(name: SettingName): string | null {
  const { flag }: Setting = SETTINGS[name]
  if (flag === undefined) return null
  return flag.slice(2).replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase())
}

/** The settings that flags give; what was not given stays with the config file or the defaults. Lists become one text. */
export function settingsOfFlags(flags: object): Readonly<Record<string, unknown>> {
  const values = flags as Readonly<Record<string, unknown>>
  const given = SETTING_NAMES.flatMap((name) => {
    const key = flagKeyOf(name)
    const value = key === null ? undefined : values[key]
    return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value] as const]
  })
  return Object.fromEntries(given)
}
