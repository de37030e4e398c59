import { compileExpression, type Expression } from './expression.ts'
import type { Preset } from './preset.ts'

type Row = Readonly<Record<string, unknown>>

/** Points for a preset's keys: all of them must be there, what they hold tells most (docs/formats.md, "How a file is recognised"). */
const POINTS = { all: 2, values: 3, any: 1 } as const

/** Shapes of records whose candidates are remembered, and characters of one; a log has a few, and no long ones. */
const MAX_SHAPES = 10_000
const MAX_SHAPE_LENGTH = 4096

interface Candidate {
  readonly preset: Preset
  readonly all: readonly Expression[]
  readonly any: readonly Expression[]
  readonly none: readonly Expression[]
  readonly values: readonly { readonly find: Expression; readonly pattern: RegExp }[]
  /** Top-level keys without which it cannot be; a first look that costs nothing. */
  readonly keys: readonly string[]
}

/**
 * A function that gives the preset of a record: the one with most points; on a tie the one that comes first; `null` if
 * none fits.
 */
export function createRecogniser(presets: readonly Preset[]): (record: Row) => Preset | null {
  const candidates = presets.map(candidateOf)
  const byShape = new Map<string, readonly Candidate[]>()
  return (record) => {
    const shape = Object.keys(record).join('\0')
    let possible = byShape.get(shape)
    if (possible === undefined) {
      const keys = new Set(Object.keys(record))
      possible = candidates.filter((candidate) => candidate.keys.every((key) => hasKey(keys, key)))
      if (byShape.size < MAX_SHAPES && shape.length <= MAX_SHAPE_LENGTH) byShape.set(shape, possible)
    }
    let best: { readonly preset: Preset | null; readonly score: number } = { preset: null, score: 0 }
    for (const candidate of possible) {
      const score = scoreOf(candidate, record)
      if (score > best.score) best = { preset: candidate.preset, score }
    }
    return best.preset
  }
}

/** Whether one of the keys is the path, or its beginning: `a` for `a.b` and `a[0]`. */
const hasKey = (keys: ReadonlySet<string>, given: string): boolean => {
  if (keys.has(given)) return true
  const path = given.replace(/\[.*$/, '')
  for (let at = path.length; at > 0; at = path.lastIndexOf('.', at - 1)) if (keys.has(path.slice(0, at))) return true
  return false
}

function candidateOf(preset: Preset): Candidate {
  const { all, any, none, values } = preset.detect
  return {
    preset,
    all: all.map(compileExpression),
    any: any.map(compileExpression),
    none: none.map(compileExpression),
    values: Object.entries(values).map(([path, pattern]) => ({
      find: compileExpression(path),
      pattern: new RegExp(pattern),
    })),
    keys: all.map((path) => path.replace(/\|.*$/, '')),
  }
}

function scoreOf({ all, any, none, values }: Candidate, record: Row): number {
  if (!all.every((find) => find(record) !== undefined)) return 0
  if (none.some((find) => find(record) !== undefined)) return 0
  const present = any.filter((find) => find(record) !== undefined).length
  if (any.length > 0 && present === 0) return 0
  const matches = values.every(({ find, pattern }) => {
    const value = find(record)
    return (typeof value === 'string' || typeof value === 'number') && pattern.test(String(value).slice(0, 1000))
  })
  return matches ? POINTS.all * all.length + POINTS.values * values.length + POINTS.any * present : 0
}

/** The preset of which most keys are there, if it is half of them or more; and the keys that are not. */
export function nearestPreset(
  record: Row,
  presets: readonly Preset[],
): { readonly preset: Preset; readonly missing: readonly string[] } | null {
  let best: { readonly preset: Preset; readonly missing: readonly string[]; readonly share: number } | null = null
  for (const preset of presets) {
    const { all } = preset.detect
    const missing = all.filter((path) => compileExpression(path)(record) === undefined)
    const share = all.length === 0 ? 0 : 1 - missing.length / all.length
    if (share >= 0.5 && (best === null || share > best.share)) best = { preset, missing, share }
  }
  return best
}

/**
 * Table programs write headers in another case. Of the presets whose keys are all there but for the case, the keys as
 * they are → the keys as the preset spells them; `null` where the header needs none.
 */
export function recaseHeader(
  header: readonly string[],
  presets: readonly Preset[],
): ReadonlyMap<string, string> | null {
  const present = new Set(header)
  const byLower = new Map(header.map((key) => [key.toLowerCase().trim(), key]))
  for (const { detect, fields, time } of presets) {
    const keys = detect.all.map(firstKey)
    if (keys.length < 4 || keys.every((key) => present.has(key))) continue
    if (!keys.every((key) => byLower.has(key.toLowerCase()))) continue
    const wanted = [...keys, ...[...Object.values(fields).flat(), ...time, ...detect.any].map(firstKey)]
    const recased = wanted.flatMap((key) => {
      const given = byLower.get(key.toLowerCase())
      return given === undefined || given === key ? [] : [[given, key] as const]
    })
    return new Map(recased)
  }
  return null
}

/** A header's key is a whole path. */
const firstKey = (expression: string): string => expression.split('|')[0]!
