import { ScanError } from '../errors.ts'
import { CLAIMS, SEVERITIES } from '../model.ts'
import type { Report } from './explanation.ts'

/** What a value has to be: a type, one of some words, `null` or that, a list of that, or an object with such keys. */
type Check =
  | 'text'
  | 'number'
  | 'truth'
  | { readonly oneOf: readonly unknown[] }
  | { readonly orNull: Check }
  | { readonly list: Check }
  | { readonly keys: Readonly<Record<string, Check>>; readonly optional?: Readonly<Record<string, Check>> }

const held = { field: 'text', value: 'text' } as const
const instant = { orNull: 'text' } as const
const list = <C extends Check>(check: C) => ({ list: check })
const keys = <K extends Readonly<Record<string, Check>>>(each: K, optional: Readonly<Record<string, Check>> = {}) => ({
  keys: each,
  optional,
})
const hypothesis = { name: 'text', residualBits: 'number' } as const
const seen = { requests: 'number', outputTokens: 'number', firstSeen: instant, lastSeen: instant } as const

const network = keys(
  {
    id: 'text',
    rank: 'number',
    score: 'number',
    severity: { oneOf: SEVERITIES },
    claim: { oneOf: CLAIMS },
    confidence: 'text',
    accounts: list('text'),
    accountCount: 'number',
    ...seen,
    evidence: list(
      keys({
        family: 'text',
        signal: 'text',
        bits: 'number',
        countedBits: 'number',
        summary: 'text',
        values: list(keys({ ...held, inside: 'number', outside: 'number' })),
      }),
    ),
    hypotheses: list(keys(hypothesis)),
    innocentExplanation: keys({ ...hypothesis, wouldBeConfirmedBy: 'text' }),
    fragile: { orNull: keys({ dependsOn: 'text' }) },
    tests: list(keys({ signal: 'text', statistic: 'text', p: 'number', confirmed: 'truth' })),
    members: list(keys({ accountId: 'text', cell: 'number', ...seen, links: list(keys({ ...held, bits: 'number' })) })),
    hubs: list(keys({ ...held, memberCount: 'number', verdict: 'text' })),
  },
  { falseDiscoveryRate: 'number' },
)

/** The version of the document that is read. */
const VERSION = 1

/** The parts of the document that an explanation, a comparison and the shortening of values read; the schema has the rest. */
const document: Check = {
  keys: {
    schemaVersion: { oneOf: [VERSION] },
    inputs: list(keys({ records: 'number', rejected: keys({ count: 'number' }) })),
    window: keys({ from: instant, to: instant }),
    coverage: list(keys({ family: 'text', tested: 'truth', why: 'text' })),
    networks: list(network),
    explained: list(keys({ accounts: list('text'), accountCount: 'number', explanation: 'text' })),
    suppressedValues: list(keys(held)),
    notes: list('text'),
    omitted: keys({ networks: 'number', accounts: 'number' }),
  },
  optional: { accountIndex: keys({ hash: 'text', bits: 'number', prefixes: 'text' }) },
}

const HINT = 'Name a report that was made with --format json.'

/**
 * The document in a text that `--format json` wrote.
 *
 * @param name of the file, for messages, which never quote what is in it
 * @throws ScanError INPUT_UNREADABLE for what is no JSON, another version, or no report
 */
export function readReport(text: string, name: string): Report {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/u, ''))
  } catch (error) {
    throw notOneDocument(text, name, error)
  }
  if (isLine(value)) throw notOneDocument(text, name)
  const place = misfit(value, document, '')
  if (place === null) return value as Report
  if (isLater(value)) throw laterVersion(name)
  const version = place === '.schemaVersion' ? ` of schema version ${VERSION}` : ''
  throw new ScanError('INPUT_UNREADABLE', `'${name}' is no report${version}: look at ${place || 'the top'}`, HINT)
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

/** Where the value first differs from what it has to be, as a path of the schema's own keys; `null` for nowhere. */
function misfit(value: unknown, check: Check, path: string): string | null {
  if (check === 'text') return typeof value === 'string' ? null : path
  if (check === 'number') return typeof value === 'number' ? null : path
  if (check === 'truth') return typeof value === 'boolean' ? null : path
  if ('oneOf' in check) return check.oneOf.includes(value) ? null : path
  if ('orNull' in check) return value === null ? null : misfit(value, check.orNull, path)
  if ('list' in check) {
    if (!Array.isArray(value)) return path
    for (const [i, item] of value.entries()) {
      const place = misfit(item, check.list, `${path}[${i}]`)
      if (place !== null) return place
    }
    return null
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return path
  const object = value as Readonly<Record<string, unknown>>
  for (const [key, inner] of [...Object.entries(check.keys), ...Object.entries(check.optional ?? {})]) {
    if (!Object.hasOwn(object, key) && check.optional?.[key] === inner) continue
    const place = misfit(Object.hasOwn(object, key) ? object[key] : undefined, inner, `${path}.${key}`)
    if (place !== null) return place
  }
  return null
}
