import { join } from 'node:path'
import { CANONICAL_FIELDS, canonicalField } from '../../formats/fields.ts'
import { SEVERITIES } from '../../model.ts'
import { type Issue, isObject, pathOf, unknownName } from './issue.ts'

/** What a key of the file may hold. */
export type OptionKind = 'paths' | 'texts' | 'columns' | 'format' | 'severity' | 'positive' | 'count' | 'switch'

interface Kind {
  /** What is wrong with a value; paths start below the key. Empty if nothing is. */
  readonly issues: (value: unknown) => readonly Issue[]
  /** The value as the flag gives it. */
  readonly toFlag: (value: never, folder: string) => unknown
  /** The same rule as a JSON Schema (draft 2020-12). */
  readonly schema: Readonly<Record<string, unknown>>
}

const simple =
  (isRight: (value: unknown) => boolean, problem: string): Kind['issues'] =>
  (value) =>
    isRight(value) ? [] : [{ path: '', problem }]

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText)
const asIs = (value: unknown): unknown => value
const TEXTS = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } }

/** Whole numbers from `least` on. */
const whole = (least: number): Kind => ({
  issues: simple(
    (value) => Number.isSafeInteger(value) && (value as number) >= least,
    `is no whole number from ${least} on`,
  ),
  toFlag: asIs,
  schema: { type: 'integer', minimum: least },
})

/** One rule for each kind of value, from which checks, flags and the JSON Schema are made. */
export const KINDS: Readonly<Record<OptionKind, Kind>> = {
  paths: {
    issues: simple(isTexts, 'is no list of paths'),
    // Relative to the file, wherever the command is run; `join` keeps them short, and absolute ones stay.
    toFlag: (paths: readonly string[], folder) =>
      paths.map((path) => (path.startsWith('/') ? path : join(folder, path))),
    schema: TEXTS,
  },
  texts: { issues: simple(isTexts, 'is no list of texts'), toFlag: asIs, schema: TEXTS },
  columns: {
    issues: columnIssues,
    toFlag: (map: Readonly<Record<string, string>>) =>
      Object.entries(map).map(([field, column]) => `${field}=${column}`),
    schema: {
      type: 'object',
      propertyNames: { enum: CANONICAL_FIELDS.map(({ name }) => name) },
      additionalProperties: { type: 'string', minLength: 1 },
    },
  },
  format: {
    issues: simple(isText, 'is no id of a format'),
    toFlag: (id: string) => [id],
    schema: { type: 'string', minLength: 1 },
  },
  severity: { issues: severityIssues, toFlag: asIs, schema: { enum: [...SEVERITIES] } },
  positive: whole(1),
  count: whole(0),
  switch: {
    issues: simple((value) => typeof value === 'boolean', 'is neither true nor false'),
    toFlag: asIs,
    schema: { type: 'boolean' },
  },
}

function columnIssues(value: unknown): readonly Issue[] {
  if (!isObject(value)) return [{ path: '', problem: 'is no object: write {"account_id": "customer"}' }]
  const names = CANONICAL_FIELDS.map(({ name }) => name)
  return Object.entries(value).flatMap(([field, column]) => {
    if (canonicalField(field) === undefined)
      return [{ path: pathOf(field), problem: unknownName('field', field, names) }]
    return isText(column) ? [] : [{ path: pathOf(field), problem: 'is no name of a column' }]
  })
}

function severityIssues(value: unknown): readonly Issue[] {
  if ((SEVERITIES as readonly unknown[]).includes(value)) return []
  return [{ path: '', problem: unknownName('severity', String(value), SEVERITIES) }]
}
