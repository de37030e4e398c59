import { settingIssues } from '../../config.ts'
import { nearestName } from '../../formats/nearest.ts'
import type { Preset } from '../../formats/preset.ts'
import { SETTING_NAMES } from '../../settings.ts'
import { flagKeyOf } from '../setting-flags.ts'
import { type Issue, isObject, joined, pathOf, unknownName } from './issue.ts'
import { FILE_KEYS } from './keys.ts'
import { KINDS } from './kinds.ts'

/** Keys at the top of a file. */
const TOP_KEYS = ['settings', 'presets', ...Object.keys(FILE_KEYS)]

/** Everything that is wrong with the content of a file, in its order. */
export async function contentIssues(content: Readonly<Record<string, unknown>>): Promise<readonly Issue[]> {
  const issues: Issue[] = []
  for (const [key, value] of Object.entries(content)) {
    if (key === 'settings') issues.push(...checkSettings(value))
    else if (key === 'presets') issues.push(...(await checkPresets(value)))
    else if (Object.hasOwn(FILE_KEYS, key)) issues.push(...checkOption(key, value))
    else if (key !== '$schema') issues.push({ path: pathOf(key), problem: unknownKey(key) })
  }
  return [...issues, ...(await formatIssues(content))]
}

function unknownKey(key: string): string {
  return (SETTING_NAMES as readonly string[]).includes(key)
    ? "is a setting: it belongs into 'settings'"
    : unknownName('key', key, TOP_KEYS)
}

function checkSettings(settings: unknown): readonly Issue[] {
  if (!isObject(settings)) return [{ path: 'settings', problem: 'is no object: write {"memoryMiB": 900}' }]
  return settingIssues(settings).map(({ name, problem }) => ({
    path: joined('settings', pathOf(name)),
    problem: problem === 'is no setting' ? unknownSetting(name) : problem,
  }))
}

/** Settings are also looked for by the names of their flags: `memory` means `memoryMiB`. */
function unknownSetting(name: string): string {
  if (Object.hasOwn(FILE_KEYS, name)) return "is no setting: it belongs beside 'settings'"
  const flags = SETTING_NAMES.map((setting) => flagKeyOf(setting) ?? setting)
  const near = nearestName(name, flags)
  const meant = near === null ? null : SETTING_NAMES[flags.indexOf(near)]
  return unknownName('setting', meant ?? name, SETTING_NAMES)
}

async function checkPresets(presets: unknown): Promise<readonly Issue[]> {
  if (!Array.isArray(presets)) return [{ path: 'presets', problem: 'is no list' }]
  if (presets.length === 0) return []
  const { presetIssues } = await import('../../formats/check-preset.ts') // the validation library, only for those who need it
  return presets.flatMap((preset, i) =>
    presetIssues(preset).map(({ path, problem }) => ({ path: joined(`presets${pathOf(i)}`, path), problem })),
  )
}

function checkOption(key: string, value: unknown): readonly Issue[] {
  const { kind } = FILE_KEYS[key]!
  return KINDS[kind].issues(value).map(({ path, problem }) => ({ path: joined(key, path), problem }))
}

/** A format may be one of the file's own presets, so the file is looked at as a whole. */
async function formatIssues({ inputFormat, presets }: Readonly<Record<string, unknown>>): Promise<readonly Issue[]> {
  if (typeof inputFormat !== 'string' || inputFormat === '') return []
  const { PRESETS } = await import('../../formats/presets.ts')
  const own = Array.isArray(presets) ? presets.filter(isObject) : []
  const ids = ['generic', ...([...own, ...PRESETS] as readonly Preset[]).map(({ id }) => id)]
  if (ids.includes(inputFormat)) return []
  const known = ids.filter((id) => typeof id === 'string')
  return [{ path: 'inputFormat', problem: unknownName('format', inputFormat, known) }]
}
