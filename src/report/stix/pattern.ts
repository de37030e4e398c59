import { networkObservable } from './observables.ts'

/**
 * A text as a string constant of a pattern. Source: STIX 2.1, 9.2: in single quotes, with a backslash before a quote and
 * a backslash; all other characters stand for themselves.
 */
export const patternString = (text: string): string => `'${text.replace(/[\\']/gu, '\\$&')}'`

/**
 * Fields that describe the client, the device or the template, and no person. STIX has no observable for a request to a
 * language model, so that the pattern names one of our own (docs/reports.md, "STIX 2.1").
 */
const REQUEST_FIELDS = new Set([
  'client_headers',
  'device_fingerprint',
  'prompt_hash',
  'signature_hash',
  'system_prompt_hash',
  'template_id',
  'tls_fingerprint',
  'tools_hash',
  'user_agent',
])

const REQUEST_TYPE = 'x-distill-scan-request'

/** Longer values are texts, and nobody matches on a text. */
const MAX_LENGTH = 500

/** Shortened before it came here: an ellipsis, or the number behind values that look alike once shortened. */
const SHORTENED = /…|\.\.\.| #\d+$/u

/** The pattern that finds a value; `null` for a field that makes no indicator, and for a value that is not whole. */
export function patternOf(field: string, value: string): string | null {
  const place = networkObservable(field, value)
  if (place?.type === 'autonomous-system') return `[autonomous-system:number = ${place.number}]`
  if (place !== null) {
    const operator = String(place.value).includes('/') ? 'ISSUBSET' : '='
    return `[${place.type}:value ${operator} ${patternString(String(place.value))}]`
  }
  const isWhole = value !== '' && value.length <= MAX_LENGTH && !SHORTENED.test(value)
  return isWhole && REQUEST_FIELDS.has(field) ? `[${REQUEST_TYPE}:${field} = ${patternString(value)}]` : null
}
