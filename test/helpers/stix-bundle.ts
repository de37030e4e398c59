import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** A bundle as a partner reads it. */
export interface Bundle {
  readonly type: string
  readonly id: string
  readonly objects: readonly Item[]
}

// biome-ignore lint/suspicious/noExplicitAny: objects of all types
export type Item = Readonly<Record<string, any>>

/** The published schemas (github.com/oasis-open/cti-stix2-json-schemas, branch stix2.1): `STIX_SCHEMAS`, or beside the checkout. */
const FOLDER = process.env.STIX_SCHEMAS ?? '../shared/stix2.1-schemas'

/** They are not part of the repository: where they are absent, what needs them is skipped, and says so. */
export const HAS_SCHEMAS = existsSync(FOLDER)
if (!HAS_SCHEMAS)
  console.warn(`No STIX schemas in ${FOLDER} (STIX_SCHEMAS=FOLDER names one): validation against them is SKIPPED.`)

const BASE = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas'

/** `unicodeRegExp`: the published patterns escape hyphens, which the flag forbids. No format of ours is in use. */
const ajv = new Ajv2020({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: true, email: true, 'idn-hostname': true },
})
const names = !HAS_SCHEMAS
  ? []
  : readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
for (const name of names) ajv.addSchema(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')))

const schemaOf = (type: string) => {
  const name = names.find((each) => each.endsWith(`/${type}.json`))
  const validate = name === undefined ? undefined : ajv.getSchema(`${BASE}/${name}`)
  if (validate === undefined) throw new Error(`no schema for ${type}`)
  return validate
}

/** The published `bundle.json` does not know them: as other types they match two of its alternatives, and must match one. */
const NOT_IN_BUNDLE_SCHEMA = new Set(['grouping', 'note'])

/** What is wrong by the published schemas: each object by that of its type, the whole by that of a bundle. */
export function schemaProblems(bundle: Bundle): string[] {
  const known = bundle.objects.filter(({ type }) => !NOT_IN_BUNDLE_SCHEMA.has(type))
  return [...bundle.objects, { ...bundle, objects: known }].flatMap((item: Item) => {
    const validate = schemaOf(item.type)
    const isValid = validate(item) as boolean
    return isValid ? [] : [`${item.id}: ${ajv.errorsText(validate.errors)}`]
  })
}

/** References to what is not in the bundle, ids that come twice, and empty lists and nulls anywhere. */
export function integrityProblems({ objects }: Bundle): string[] {
  const ids = objects.map(({ id }) => id as string)
  const known = new Set(ids)
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} comes twice`)
  return [...twice, ...objects.flatMap((item) => walk(item, item.id, known))]
}

function walk(value: unknown, path: string, known: ReadonlySet<string>): string[] {
  if (value === null) return [`${path} is null`]
  if (Array.isArray(value) && value.length === 0) return [`${path} is empty`]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, held]) => {
    const refs = key.endsWith('_ref') ? [held] : key.endsWith('_refs') ? (held as string[]) : []
    const lost = refs.filter((ref) => !known.has(ref)).map((ref) => `${path}.${key}: ${ref} is not there`)
    return [...lost, ...walk(held, `${path}.${key}`, known)]
  })
}
