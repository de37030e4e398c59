import * as v from 'valibot'
import { ScanError } from '../errors.ts'
import { printable } from '../sources/printable.ts'
import { compileExpression } from './expression.ts'
import { canonicalField } from './fields.ts'
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
const field = v.pipe(
  v.string(),
  v.check((name) => canonicalField(name) !== undefined, 'is no canonical field'),
)

const presetSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,59}$/, 'is not lower-case letters, digits and underscores')),
  title: v.pipe(v.string(), v.nonEmpty('is empty')),
  kind: v.picklist(KINDS, `is none of ${KINDS.join(', ')}`),
  detect: v.strictObject({
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
})

/**
 * A preset as it was written down, checked.
 *
 * @param where what it is called in the message, such as `'presets.json', preset 1`
 * @throws ScanError CONFIG_INVALID that names the property that is wrong
 */
export function checkPreset(given: unknown, where: string): Preset {
  const result = v.safeParse(presetSchema, given)
  if (result.success) return result.output as Preset
  const [issue] = result.issues
  const path = v.getDotPath(issue) ?? 'it'
  throw new ScanError(
    'CONFIG_INVALID',
    `${where}: '${printable(path, 80)}' ${printable(issue.message, 120)}`,
    'See docs/formats.md, "Your own preset".',
  )
}
