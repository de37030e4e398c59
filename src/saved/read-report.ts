import * as v from 'valibot'
import { ScanError } from '../errors.ts'
import type { SavedReport, VerifiableReport } from './report.ts'
import { explainable, VERSION, verifiable } from './shape.ts'

const HINT = 'Name a report that was made with --format json.'

/**
 * The document in a text that `--format json` wrote, checked as far as an explanation reads it.
 *
 * @param name of the file, for messages, which never quote what is in it
 * @throws ScanError INPUT_UNREADABLE for what is no JSON, another version, or no report
 */
export const readReport = (text: string, name: string): SavedReport =>
  checked(text, name, explainable) as unknown as SavedReport

/** The same, checked as far as a verification reads it. */
export const readVerifiable = (text: string, name: string): VerifiableReport =>
  checked(text, name, verifiable) as unknown as VerifiableReport

function checked(text: string, name: string, shape: typeof explainable | typeof verifiable): unknown {
  const value = parse(text, name)
  if (isLine(value)) throw notOneDocument(text, name)
  const { success, issues } = v.safeParse(shape, value, { abortEarly: true })
  if (success) return value
  if (isLater(value)) throw laterVersion(name)
  const place = Array.isArray(value) ? '' : placeOf(issues[0])
  const version = place === '.schemaVersion' ? ` of schema version ${VERSION}` : ''
  throw new ScanError('INPUT_UNREADABLE', `'${name}' is no report${version}: look at ${place || 'the top'}`, HINT)
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''))
  } catch (error) {
    throw notOneDocument(text, name, error)
  }
}

function notOneDocument(text: string, name: string, cause?: unknown): ScanError {
  const what = isJsonLines(text) ? 'it is NDJSON, not one JSON document' : 'it is not one JSON document'
  return new ScanError('INPUT_UNREADABLE', `'${name}' is no report: ${what}`, HINT, { cause })
}

/** Whether a document says that a later version of the tool wrote it. */
const isLater = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'schemaVersion' in value &&
  typeof value.schemaVersion === 'number' &&
  value.schemaVersion > VERSION

const laterVersion = (name: string): ScanError =>
  new ScanError(
    'INPUT_UNREADABLE',
    `'${name}' is a report of a later schema version than ${VERSION}`,
    'Read it with the version of distill-scan that wrote it, or a later one.',
  )

/** Whether a value is a line of `--format ndjson`: a network that stands alone. */
const isLine = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'rank' in value && !('networks' in value)

/** Whether the first line is an object of its own. */
function isJsonLines(text: string): boolean {
  const [first = ''] = text.trimStart().split('\n', 1)
  try {
    return first.startsWith('{') && JSON.parse(first) !== null
  } catch {
    return false
  }
}

/** Keys whose own keys are anybody's: a message must not repeat those. */
const RECORDS = ['settings', 'totals', 'map']

/** Where the value first differs from what it has to be, as a path of the schema's own keys: `.networks[1].id`. */
function placeOf({ path }: v.BaseIssue<unknown>): string {
  const keys = path?.map(({ key }) => key) ?? []
  const record = keys.findIndex((key) => RECORDS.includes(String(key)))
  const own = record < 0 ? keys : keys.slice(0, record + 1)
  return own.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
}
