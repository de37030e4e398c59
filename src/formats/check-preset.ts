import * as v from 'valibot'
import { ScanError } from '../errors.ts'
import { printable } from '../sources/printable.ts'
import { compileExpression } from './expression.ts'
import { CANONICAL_FIELDS, canonicalField } from './fields.ts'
import { nearestName } from './nearest.ts'
import { KINDS, type Preset } from './preset.ts'

/** Loaded only where a preset is to be checked: by the tests, and for presets of the user's own. */

const compiles = (text: string): boolean => {
  try {
    compileExpression(text)
    return text.trim() !== ''
  } catch {
    return false
  }
}

const isPattern = (text: string): boolean => {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

const expression = v.pipe(v.string(), v.check(compiles, 'is no expression'))
const paths = v.optional(v.array(expression), [])
const NO_FIELD = 'is no canonical field'
const field = v.pipe(
  v.string(),
  v.check((name) => canonicalField(name) !== undefined, NO_FIELD),
)

/** Unlike a strict object, it names every property that there is none of, not the first alone. */
const closed = <E extends v.ObjectEntries>(entries: E) => v.objectWithRest(entries, v.never())

const properties = {
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,59}$/, 'is not lower-case letters, digits and underscores')),
  title: v.pipe(v.string(), v.nonEmpty('is empty')),
  kind: v.picklist(KINDS, `is none of ${KINDS.join(', ')}`),
  detect: closed({
    all: v.pipe(v.array(expression), v.minLength(1, 'names no key')),
    any: paths,
    none: paths,
    values: v.optional(v.record(expression, v.pipe(v.string(), v.check(isPattern, 'is no regular expression'))), {}),
  }),
  time: paths,
  zone: v.optional(v.literal('local')),
  fields: v.record(field, v.pipe(v.array(expression), v.minLength(1, 'has no expression'))),
  keep: v.optional(v.record(expression, v.array(v.union([v.string(), v.number()])))),
  inputTokens: v.optional(v.literal('without-cache')),
  mergesRows: v.optional(v.literal(true)),
  isOpen: v.optional(v.literal(true)),
  columns: v.optional(v.array(v.string())),
  notes: v.optional(v.array(v.string())),
}

/** The rules of a preset; the JSON Schema of the configuration file is made from them, too. */
export const presetSchema = closed(properties)

/** Where something is wrong with a preset, and what; `path` is empty for the whole. */
export interface PresetIssue {
  readonly path: string
  /** Follows the path in a sentence. */
  readonly problem: string
}

/** Everything that is wrong with a preset as it was written down. */
export const presetIssues = (given: unknown): readonly PresetIssue[] =>
  (v.safeParse(presetSchema, given).issues ?? []).map(issueOf)

function issueOf(issue: v.BaseIssue<unknown>): PresetIssue {
  const path = printable(v.getDotPath(issue) ?? '', 80)
  return { path, problem: printable(problemOf(issue), 120) }
}

/** The schema's own words, but where they are the library's. */
function problemOf({ expected, received, message, path }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return unknownProperty(path ?? [])
  if (received === 'undefined') return 'is missing'
  if (message === NO_FIELD)
    return `${message}${meant(
      String(path?.at(-1)?.key),
      CANONICAL_FIELDS.map(({ name }) => name),
    )}`
  return message.startsWith('Invalid ') ? `is ${received}, not ${expected}` : message
}

function unknownProperty(path: readonly { readonly key?: unknown }[]): string {
  const known = path[0]?.key === 'detect' && path.length > 1 ? properties.detect.entries : properties
  return `is no property of a preset${meant(String(path.at(-1)?.key), Object.keys(known))}`
}

function meant(given: string, names: readonly string[]): string {
  const near = nearestName(given, names)
  return near === null ? '' : `; did you mean '${near}'?`
}

/**
 * A preset as it was written down, checked.
 *
 * @param where what it is called in the message, such as `'presets.json', preset 1`
 * @throws ScanError CONFIG_INVALID that names the property that is wrong
 */
export function checkPreset(given: unknown, where: string): Preset {
  const result = v.safeParse(presetSchema, given)
  if (result.success) return result.output as Preset
  const { path, problem } = issueOf(result.issues[0])
  throw new ScanError(
    'CONFIG_INVALID',
    `${where}: '${path || 'it'}' ${problem}`,
    'See docs/formats.md, "Your own preset".',
  )
}
