import { ScanError } from './errors.ts'
import { SETTING_NAMES, SETTINGS, type Setting, type SettingName } from './settings.ts'

type Widened<T> = T extends string ? string : T extends boolean ? boolean : number

/** A value for every setting (`settings.ts` says what each means, in which unit, and why its default). */
export type Config = { readonly [K in SettingName]: Widened<(typeof SETTINGS)[K]['default']> }

/** The defaults of all settings. Later layers win: defaults < config file < flags. */
export const defaults = Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].default])) as Config

/** Something that is wrong with a layer of settings. */
export interface SettingIssue {
  /** As given, which may be no setting at all. */
  readonly name: string
  /** Follows the name in a sentence: `is no setting`, `is no whole number`. */
  readonly problem: string
}

/** Everything that is wrong with a layer of settings, in its order. A value of `undefined` is a flag that was not given. */
export function settingIssues(layer: Readonly<Record<string, unknown>>): SettingIssue[] {
  return Object.entries(layer).flatMap(([name, value]) => {
    if (value === undefined) return []
    const problem = Object.hasOwn(SETTINGS, name) ? problemOf(value, SETTINGS[name as SettingName]) : 'is no setting'
    return problem === null ? [] : [{ name, problem }]
  })
}

function problemOf(value: unknown, setting: Setting): string | null {
  const expected = typeof setting.default
  if (expected !== 'number') return typeof value === expected ? null : `is ${NOT_A[expected]}`
  if (typeof value !== 'number' || Number.isNaN(value)) return `is no number (${rangeOf(setting)})`
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = setting
  if (value < least || value > most) return `is out of range (${rangeOf(setting)})`
  return setting.isWhole && !Number.isSafeInteger(value) ? `is no whole number (${rangeOf(setting)})` : null
}

const NOT_A: Readonly<Record<string, string>> = { string: 'no text', boolean: 'neither true nor false' }

/** `0 to 1`, `64 or more, in MiB`. */
function rangeOf({ least, most, unit }: Setting): string {
  const range = most === undefined ? `${least} or more` : `${least} to ${most}`
  return unit === null || unit === 'share' ? range : `${range}, in ${unit}`
}

/**
 * Merges layers of settings over the defaults.
 *
 * @throws ScanError CONFIG_INVALID that tells all that is wrong: unknown settings, wrong types, numbers out of range
 */
export function resolveConfig(...layers: ReadonlyArray<Readonly<Record<string, unknown>>>): Config {
  const issues = layers.flatMap(settingIssues)
  if (issues.length > 0) {
    const told = issues.map(({ name, problem }) => `setting '${name}' ${problem}`).join('; ')
    throw new ScanError('CONFIG_INVALID', told, `The settings are: ${SETTING_NAMES.join(', ')}.`)
  }
  const given = layers.flatMap((layer) => Object.entries(layer)).filter(([, value]) => value !== undefined)
  return { ...defaults, ...(Object.fromEntries(given) as Partial<Config>) }
}
