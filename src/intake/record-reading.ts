import { createHash } from 'node:crypto'
import type { Preset } from '../formats/preset.ts'
import type { Reading } from '../model.ts'

/** What a user may say of the reading, beside settings and what each input is. */
export interface ReadingChoices {
  readonly map?: Readonly<Record<string, string>>
  readonly columns?: readonly string[]
  readonly presets?: readonly Preset[]
}

/** The choices as the document keeps them. Presets are only named: their text is the user's, and may be long. */
export const recordReading = ({ map = {}, columns, presets = [] }: ReadingChoices): Reading => ({
  map,
  columns: columns ?? null,
  presets: presets
    .map((preset) => ({ id: preset.id, sha256: hashPreset(preset) }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
})

/** Lower-case hex SHA-256 of a preset as JSON with sorted keys and no blanks: layout and order do not matter. */
export const hashPreset = (preset: Preset): string =>
  createHash('sha256')
    .update(JSON.stringify(withSortedKeys(preset)))
    .digest('hex')

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, withSortedKeys(inner)]))
}
