import { isPlaceholder } from '../formats/placeholders.ts'
import type { Preset } from '../formats/preset.ts'
import { ALL_FIELDS, type Translator, translateUnknown } from '../formats/translate/translator.ts'
import type { FilePlan } from './plan.ts'
import { createTranslators } from './translators.ts'

/** How one canonical field is filled in the sample of a file. */
export interface FilledField {
  readonly field: string
  /** Columns or expressions that fill it, best first. */
  readonly columns: readonly string[]
  /** Share of the sampled records in [0, 1] that have a value. */
  readonly filled: number
}

export interface Preview {
  readonly fields: readonly FilledField[]
  /** One record as it would be read: the first of those that fill most fields; empty if none could be read. */
  readonly example: Readonly<Record<string, string | number>>
  /** Sampled records that would be read, and reasons with counts for the others. */
  readonly records: number
  readonly others: Readonly<Record<string, number>>
}

type Values = Readonly<Record<string, string | number>>

/** Translates the sample of a file as a scan would, with all fields. */
export function previewFile(plan: FilePlan, isTrusted: (address: string) => boolean): Preview {
  const translatorFor = createTranslators(plan, false)
  const how = { role: plan.source.role, isTrusted, mayJoin: true, fields: ALL_FIELDS }
  const known = new Map<Preset | null, Translator>()
  const translate = (preset: Preset | null): Translator => {
    if (!known.has(preset)) known.set(preset, translatorFor(preset, how) ?? translateUnknown)
    return known.get(preset)!
  }
  const rows: Values[] = []
  const others: Record<string, number> = {}
  for (const [i, record] of plan.view.records.entries()) {
    const preset = plan.forced ?? (plan.isGenericForced ? null : plan.view.presets[i]!)
    const result = translate(preset)(record)
    if ('values' in result) rows.push(result.values)
    else {
      const reason = 'rejected' in result ? result.rejected : result.unused
      others[reason] = (others[reason] ?? 0) + 1
    }
  }
  const from = sourcesOf(plan)
  const fields = [...from].map(([field, texts]) => ({ field, columns: texts, filled: share(rows, field) }))
  return { fields, example: fullest(rows), records: rows.length, others }
}

/** Canonical field → what fills it, over all presets of the file and the columns that were recognised by name. */
function sourcesOf(plan: FilePlan): ReadonlyMap<string, readonly string[]> {
  const from = new Map<string, string[]>()
  const add = (field: string, texts: readonly string[]): void => {
    from.set(field, [...new Set([...(from.get(field) ?? []), ...texts])])
  }
  const presets = plan.forced ? [plan.forced] : plan.isGenericForced ? [] : plan.view.presets
  for (const preset of new Set(presets)) {
    if (preset === null) continue
    if (preset.time.length > 0) add('timestamp', preset.time)
    for (const [field, expressions] of Object.entries(preset.fields)) add(field, expressions)
  }
  for (const [field, paths] of Object.entries(plan.mapping?.fields ?? {})) {
    add(
      field,
      paths.map(({ column, path }) => [column, ...path].join('.')),
    )
  }
  for (const [field, { name }] of plan.overrides) from.set(field, [name])
  return from
}

function share(rows: readonly Values[], field: string): number {
  const filled = rows.filter((row) => row[field] !== undefined && !isPlaceholder(String(row[field]))).length
  return rows.length === 0 ? 0 : Math.round((filled / rows.length) * 1000) / 1000
}

function fullest(rows: readonly Values[]): Values {
  let best: Values = {}
  for (const row of rows) if (Object.keys(row).length > Object.keys(best).length) best = row
  return best
}
