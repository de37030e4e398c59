import type { Preset } from '../formats/preset.ts'
import { compileColumn, readersOf, translateByColumns } from '../formats/translate/by-columns.ts'
import { translateByPreset } from '../formats/translate/by-preset.ts'
import type { TranslateOptions, Translator } from '../formats/translate/translator.ts'
import type { FilePlan } from './plan.ts'

/**
 * The translator for records of a preset in a file (`null`: by the names of their columns); `null` where such records
 * cannot be read.
 */
export function createTranslators(
  plan: FilePlan,
  hasTrusted: boolean,
): (preset: Preset | null, options: TranslateOptions) => Translator | null {
  const { mapping, source } = plan
  const overrides = new Map([...plan.overrides].map(([field, column]) => [field, compileColumn(column, source)]))
  const byName = mapping === null ? new Map() : readersOf(mapping, source)
  return (preset, options) => {
    if (preset !== null) return translateByPreset(preset, options, overrides, preset.isOpen ? byName : new Map())
    return mapping && translateByColumns(mapping, source, { ...options, hasTrusted })
  }
}
