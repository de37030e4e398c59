import { compileExpression } from '../expression.ts'
import type { Preset } from '../preset.ts'
import { UNUSED_REASONS } from '../reject-reasons.ts'
import { parseInstant } from '../values/instant.ts'
import { canonicalValue } from './canonical-value.ts'
import { checkRecord, standIn } from './check.ts'
import type { Record_, TranslateOptions, Translation, Translator } from './translator.ts'

/** Reads a value out of a record. */
export type Read = (record: Record_) => unknown

/**
 * A translator for the records of a preset.
 *
 * @param overrides canonical field → what the user says fills it (`--map`)
 * @param more canonical field → columns known by their names, which an open preset tries last
 */
export function translateByPreset(
  preset: Preset,
  options: TranslateOptions,
  overrides: ReadonlyMap<string, Read> = new Map(),
  more: ReadonlyMap<string, readonly Read[]> = new Map(),
): Translator {
  const named = compilePreset(preset, overrides, options.fields)
  const known = named.fields.map(({ field, read }) => ({ field, read: [...read, ...(more.get(field) ?? [])] }))
  const isNew = (field: string): boolean =>
    options.fields.has(field) && field !== 'timestamp' && !named.fields.some((each) => each.field === field)
  const added = [...more].filter(([field]) => isNew(field)).map(([field, read]) => ({ field, read }))
  const plan = { ...named, fields: [...known, ...added] }
  return (record) => {
    if (!plan.keeps(record)) return { unused: UNUSED_REASONS.notRequest }
    return translate(record, plan, options)
  }
}

/** A single value as text; an object is none, and need not have a way to become one. */
const textOf = (value: unknown): string => (typeof value === 'object' && value !== null ? '' : String(value))

interface Plan {
  readonly keeps: (record: Record_) => boolean
  readonly time: readonly Read[]
  readonly fields: readonly { readonly field: string; readonly read: readonly Read[] }[]
  readonly addsCached: boolean
}

function compilePreset(preset: Preset, overrides: ReadonlyMap<string, Read>, fields: ReadonlySet<string>): Plan {
  const readers = (field: string, expressions: readonly string[]): readonly Read[] => {
    const override = overrides.get(field)
    return override === undefined ? expressions.map(compileExpression) : [override]
  }
  const keep = Object.entries(preset.keep ?? {}).map(([path, allowed]) => ({
    read: compileExpression(path),
    allowed: new Set(allowed.map(String)),
  }))
  const names = [...new Set([...Object.keys(preset.fields), ...overrides.keys()])]
  const wanted = names.filter((field) => field !== 'timestamp' && (fields.has(field) || field === 'cached_tokens'))
  return {
    keeps: (record) => keep.every(({ read, allowed }) => allowed.has(textOf(read(record)))),
    time: readers('timestamp', preset.time),
    fields: wanted.map((field) => ({ field, read: readers(field, preset.fields[field] ?? []) })),
    addsCached: preset.inputTokens === 'without-cache',
  }
}

function translate(record: Record_, plan: Plan, options: TranslateOptions): Translation {
  const values: Record<string, string | number> = {}
  const instant = firstInstant(record, plan.time)
  if (instant !== null) values.timestamp = instant
  for (const { field, read } of plan.fields) {
    for (const each of read) {
      const value = canonicalValue(field, each(record), options.isTrusted)
      if (value === null) continue
      if (typeof value === 'object') return value
      values[field] = value
      break
    }
  }
  const { cached_tokens: cached, input_tokens: input } = values
  if (plan.addsCached && typeof cached === 'number' && typeof input === 'number') values.input_tokens = input + cached
  standIn(values)
  return checkRecord(values, options)
}

/** Epoch milliseconds, or text for a stamp without a zone; a value that is no instant is handed on, to be rejected. */
function firstInstant(record: Record_, time: readonly Read[]): string | number | null {
  let unreadable: string | null = null
  for (const read of time) {
    const raw = read(record)
    if (raw === null || raw === undefined || raw === '') continue
    const instant = parseInstant(raw)
    if (instant !== null) return 'ms' in instant ? instant.ms : instant.local
    unreadable ??= typeof raw === 'object' ? 'object' : String(raw).slice(0, 100)
  }
  return unreadable
}
