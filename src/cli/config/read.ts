import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ScanError } from '../../errors.ts'
import type { Preset } from '../../formats/preset.ts'
import { reasonOf } from '../folder.ts'
import { contentIssues } from './check.ts'
import type { ConfigFile } from './file.ts'
import { isObject } from './issue.ts'
import { FILE_KEYS } from './keys.ts'
import { KINDS } from './kinds.ts'

/**
 * Reads a configuration file.
 *
 * @param path as it is shown; paths inside the file are relative to its folder
 * @throws ScanError CONFIG_INVALID for a file that cannot be read or is no JSON object, and else with everything that is
 *   wrong with its content at once, each with its place and the nearest name
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw invalid(`cannot read '${path}': ${reasonOf(error)}`, 'Name a JSON file.', { cause: error })
  })
  const content = parseObject(path, text.replace(/^\uFEFF/u, ''))
  const issues = await contentIssues(content)
  if (issues.length > 0) {
    const count = issues.length === 1 ? 'something is wrong' : `${issues.length} things are wrong`
    const details = issues.map(({ path: place, problem }) => `${place} ${problem}`)
    throw invalid(`'${path}': ${count}`, "See README, 'Settings', and for presets docs/formats.md.", { details })
  }
  return accept(path, content)
}

/** What has passed the checks. */
async function accept(path: string, content: Readonly<Record<string, unknown>>): Promise<ConfigFile> {
  const { settings = {}, presets = [] } = content
  const given = Object.entries(content).filter(([key]) => Object.hasOwn(FILE_KEYS, key))
  const options = given.map(([key, value]) => [key, KINDS[FILE_KEYS[key]!.kind].toFlag(value as never, dirname(path))])
  return {
    path,
    settings: settings as ConfigFile['settings'],
    options: Object.fromEntries(options),
    presets: await acceptPresets(presets as readonly unknown[]),
  }
}

/** Checked once more on the way, for that fills in the lists which may be left out. */
async function acceptPresets(presets: readonly unknown[]): Promise<readonly Preset[]> {
  if (presets.length === 0) return []
  const { checkPreset } = await import('../../formats/check-preset.ts')
  return presets.map((preset, i) => checkPreset(preset, `preset ${i + 1}`))
}

function parseObject(path: string, text: string): Readonly<Record<string, unknown>> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const place = placeOf(error, text)
    throw invalid(`'${path}'${place} is not valid JSON`, 'Check it, for example with: jq . FILE', { cause: error })
  }
  if (!isObject(content)) throw invalid(`'${path}' is no JSON object`, 'Write {"settings": {}, "presets": []}.')
  return content
}

/** `, line 3, column 7`; nothing where the parser does not say. Its own words would quote the file. */
function placeOf(error: unknown, text: string): string {
  const at = /at position (\d+)/u.exec(String(error))?.[1]
  if (at === undefined) return ''
  const lines = text.slice(0, Number(at)).split('\n')
  return `, line ${lines.length}, column ${lines.at(-1)!.length + 1},`
}

const invalid = (
  message: string,
  hint: string,
  options?: { cause?: unknown; details?: readonly string[] },
): ScanError => new ScanError('CONFIG_INVALID', `configuration: ${message}`, hint, options)
