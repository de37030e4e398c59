import { listColumns } from '../formats/columns.ts'
import { canonicalField } from '../formats/fields.ts'
import type { Kind, Preset } from '../formats/preset.ts'
import { PRESETS } from '../formats/presets.ts'
import { nearestPreset } from '../formats/recognise.ts'
import { isSecretName } from '../formats/values/secrets.ts'
import type { FilePlan } from '../intake/plan.ts'
import { type FilledField, type Preview, previewFile } from '../intake/preview.ts'
import type { Coverage } from '../model.ts'
import { shortenValue } from '../report/redact.ts'

/** How one file is read. */
export interface FileInspection {
  readonly path: string
  readonly role: 'log' | 'edge' | 'accounts'
  readonly kind: Kind
  /** Id of the preset of most records; `generic` where columns were recognised by their names. */
  readonly preset: string
  /** Why it was chosen, one sentence. */
  readonly because: string
  /** Presets of the sampled records, most first; `null` for those of no known product. */
  readonly presets: readonly { readonly preset: string | null; readonly records: number }[]
  /** `ndjson`, `json`, `csv`, `tsv`, `lines` or `parquet`. */
  readonly format: string
  readonly compression: string
  readonly encoding: string
  readonly bytes: number
  /** `null` unless the file is delimited. */
  readonly dialect: null | { readonly delimiter: string; readonly quote: string; readonly headerLines: number }
  /** Why the file is translated into a copy before the engine reads it; `null` when it is read where it is. */
  readonly translated: string | null
  /** Sampled records, and those among them that a scan would use. */
  readonly sampledRecords: number
  readonly usedRecords: number
  /** Reason → sampled records that a scan would not use. */
  readonly others: Readonly<Record<string, number>>
  readonly fields: readonly FilledField[]
  /** Columns that fill nothing. */
  readonly unusedColumns: readonly string[]
  /** Columns named like a password, a token or a key: never read. */
  readonly withheldColumns: readonly string[]
  /** Why the file cannot be scanned, and what to do; `null` if it can. */
  readonly problem: null | { readonly message: string; readonly hint: string }
  readonly notes: readonly string[]
  /** One record by canonical field, values shortened. */
  readonly example: Readonly<Record<string, string>>
}

export interface Inspection {
  readonly schemaVersion: 1
  readonly files: readonly FileInspection[]
  /** Which evidence families these files together allow. */
  readonly families: readonly Coverage[]
}

/** Describes one file from its plan and its sample. */
export function describeFile(plan: FilePlan, isTrusted: (address: string) => boolean): FileInspection {
  const { source, view, problem } = plan
  const { dialect } = source
  const preview = previewFile(plan, isTrusted)
  return {
    path: source.name,
    role: source.role,
    kind: plan.kind,
    preset: plan.preset,
    because: reasonOf(plan),
    presets: countPresets(plan),
    format: dialect?.delimiter === '\t' ? 'tsv' : (source.givenContainer ?? source.container),
    compression: source.givenContainer === undefined ? (source.givenCompression ?? source.compression) : 'none',
    encoding: source.encoding,
    bytes: source.bytes,
    dialect: dialect && { delimiter: dialect.delimiter, quote: dialect.quote, headerLines: dialect.headerLines },
    translated: plan.translatedBecause,
    sampledRecords: view.records.length,
    usedRecords: preview.records,
    others: preview.others,
    fields: preview.fields,
    ...columnsLeft(plan, preview),
    problem: problem && { message: problem.message, hint: problem.hint },
    notes: [...(plan.mapping?.notes ?? []), ...(presetOf(plan)?.notes ?? [])],
    example: exampleOf(preview),
  }
}

const presetOf = (plan: FilePlan): Preset | null =>
  plan.forced ?? plan.view.presets.find((preset) => preset?.id === plan.preset) ?? null

/** Why the preset was chosen, or what was nearest. */
function reasonOf(plan: FilePlan): string {
  if (plan.forced !== null) return '--input-format names it'
  if (plan.isGenericForced) return '--input-format asks for columns recognised by their names'
  const preset = presetOf(plan)
  if (preset !== null) {
    const { all, values } = preset.detect
    const shown = all.slice(0, 6).map((path) => `'${path}'`)
    const keys = `${shown.join(', ')}${all.length > shown.length ? ', …' : ''}`
    const matched = Object.entries(values).map(([path, pattern]) => `'${path}' matches ${pattern}`)
    return `records hold ${[keys, ...matched].filter((text) => text !== '').join('; ')}`
  }
  const nearest = plan.view.records[0] === undefined ? null : nearestPreset(plan.view.records[0], PRESETS)
  const names = 'no known product; columns recognised by their names'
  if (nearest === null || plan.problem === null) return names
  const missing = nearest.missing.slice(0, 4).map((path) => `'${path}'`)
  return `${names}; nearest is ${nearest.preset.id}, which also has ${missing.join(', ')}`
}

function countPresets({ view }: FilePlan): FileInspection['presets'] {
  const counts = new Map<string | null, number>()
  for (const preset of view.presets) counts.set(preset?.id ?? null, (counts.get(preset?.id ?? null) ?? 0) + 1)
  return [...counts].map(([preset, records]) => ({ preset, records })).sort((a, b) => b.records - a.records)
}

/** Columns that fill nothing: those that no expression leads to or through. */
function columnsLeft({ source, view }: FilePlan, { fields }: Preview) {
  const used = fields.flatMap(({ columns }) => columns.map((text) => text.split('|')[0]!))
  const leads = (from: string, to: string): boolean => to.startsWith(from) && /^[.[]/u.test(to.slice(from.length))
  const isUsed = (name: string): boolean => used.some((path) => path === name || leads(name, path) || leads(path, name))
  const names = [...new Set(listColumns({ ...source, sample: view.records }).map(({ name }) => name))]
  return {
    unusedColumns: names.filter((name) => !isUsed(name) && !isSecretName(name)),
    withheldColumns: names.filter((name) => !isUsed(name) && isSecretName(name)),
  }
}

/** A prompt is never shown; personal data are shortened as in a report. */
function exampleOf({ example }: Preview): Record<string, string> {
  const shown = Object.entries(example).map(([field, value]) => {
    const text = String(value)
    if (canonicalField(field)?.role === 'text') return [field, `(text of ${text.length} characters)`]
    return [field, shortenValue(field, text)]
  })
  return Object.fromEntries(shown)
}
