import { readFile } from 'node:fs/promises'
import { ScanError } from '../errors.ts'
import type { Preset } from '../formats/preset.ts'
import { reasonOf } from './folder.ts'

/** What a `--config` file holds: a JSON object with either or both. */
export interface ConfigFile {
  readonly settings: Readonly<Record<string, unknown>>
  /** Presets of the user's own; one with the id of a built-in preset takes its place. */
  readonly presets: readonly Preset[]
}

const EMPTY: ConfigFile = { settings: {}, presets: [] }
const KEYS = ['settings', 'presets']

/**
 * Reads the file that `--config` names; without a name there are no settings and no presets.
 *
 * @throws ScanError CONFIG_INVALID for a file that cannot be read, is no JSON object, or holds an unknown key or a preset
 *   that is wrong
 */
export async function readConfigFile(path: string | undefined): Promise<ConfigFile> {
  if (path === undefined) return EMPTY
  const text = await readFile(path, 'utf8').catch((error) => {
    throw invalid(`cannot read '${path}': ${reasonOf(error)}`, 'Name a JSON file.', error)
  })
  const content = parseObject(path, text)
  const unknown = Object.keys(content).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) throw invalid(`'${path}': unknown key '${unknown}'`, `Use ${KEYS.join(' and ')}.`)
  const { settings = {}, presets = [] } = content
  if (!isObject(settings)) throw invalid(`'${path}': settings is no object`, 'Write {"settings": {"memoryMiB": 900}}.')
  if (!Array.isArray(presets)) throw invalid(`'${path}': presets is no list`, 'Write {"presets": [{…}]}.')
  if (presets.length === 0) return { settings, presets: [] }
  const { checkPreset } = await import('../formats/check-preset.ts') // the validation library, only for those who need it
  return { settings, presets: presets.map((preset, i) => checkPreset(preset, `'${path}', preset ${i + 1}`)) }
}

function parseObject(path: string, text: string): Readonly<Record<string, unknown>> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw invalid(`'${path}' is not valid JSON`, 'Check it, for example with: jq . FILE', error)
  }
  if (!isObject(content)) throw invalid(`'${path}' is no JSON object`, 'Write {"settings": {}, "presets": []}.')
  return content
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (message: string, hint: string, cause?: unknown): ScanError =>
  new ScanError('CONFIG_INVALID', `--config: ${message}`, hint, { cause })
