import { FILE_KEYS } from '../../src/cli/config/keys.ts'
import { KINDS } from '../../src/cli/config/kinds.ts'
import { presetSchema } from '../../src/formats/check-preset.ts'
import { SETTINGS, type Setting } from '../../src/settings.ts'

/** The JSON Schema of the configuration file, made from the tables and rules that check it. */

type Schema = Readonly<Record<string, unknown>>

export const configSchema = (): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Configuration of distill-scan',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    settings: {
      description: 'Settings of the scan; a flag wins.',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, settingSchema(setting)])),
    },
    presets: {
      description: 'Formats of your own (docs/formats.md).',
      type: 'array',
      items: { $ref: '#/$defs/preset' },
    },
    ...Object.fromEntries(
      Object.entries(FILE_KEYS).map(([key, { kind, meaning }]) => [
        key,
        { description: sentence(meaning), ...KINDS[kind].schema },
      ]),
    ),
  },
  $defs: { preset: ofRules(presetSchema) },
})

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

function settingSchema({ default: value, unit, meaning, reason, least, most, isWhole }: Setting): Schema {
  const type = typeof value === 'number' ? (isWhole ? 'integer' : 'number') : typeof value
  const range = { ...(least === undefined ? {} : { minimum: least }), ...(most === undefined ? {} : { maximum: most }) }
  const measured = unit === null ? '' : ` Unit: ${unit}.`
  return { type, ...range, default: value, description: `${sentence(meaning)}${measured} ${sentence(reason)}` }
}

/** A rule of the validation library, of the kinds that presets use. What it checks by code stays out. */
interface Rule {
  readonly type: string
  readonly entries?: Readonly<Record<string, Rule>>
  readonly item?: Rule
  readonly key?: Rule
  readonly value?: Rule
  readonly wrapped?: Rule
  readonly literal?: unknown
  readonly options?: readonly unknown[]
  readonly pipe?: readonly (Rule & { readonly requirement?: unknown })[]
}

const makers: Readonly<Record<string, (rule: Rule) => Schema>> = {
  string: () => ({ type: 'string' }),
  number: () => ({ type: 'number' }),
  literal: ({ literal }) => ({ const: literal }),
  picklist: ({ options }) => ({ enum: options }),
  union: ({ options }) => ({ anyOf: (options as readonly Rule[]).map(ofRules) }),
  optional: ({ wrapped }) => ofRules(wrapped!),
  array: ({ item }) => ({ type: 'array', items: ofRules(item!) }),
  record: ({ value }) => ({ type: 'object', additionalProperties: ofRules(value!) }),
  object_with_rest: ({ entries }) => ({
    type: 'object',
    additionalProperties: false,
    required: Object.keys(entries!).filter((key) => entries![key]!.type !== 'optional'),
    properties: Object.fromEntries(Object.entries(entries!).map(([key, rule]) => [key, ofRules(rule)])),
  }),
  regex: ({ requirement }: Rule & { readonly requirement?: unknown }) => ({ pattern: (requirement as RegExp).source }),
  min_length: ({ requirement }: Rule & { readonly requirement?: unknown }) => ({ minItems: requirement }),
  non_empty: () => ({ minLength: 1 }),
  check: () => ({}),
}

/** @throws Error for a kind of rule that is not known here, so that none is lost silently */
function ofRules(rule: unknown): Schema {
  const { pipe, ...own } = rule as Rule
  if (pipe !== undefined) return Object.assign({}, ...pipe.map(({ pipe: _, ...each }) => ofRules(each)))
  const make = makers[own.type]
  if (make === undefined) throw new Error(`no JSON Schema for the rule '${own.type}'`)
  return make(own)
}
