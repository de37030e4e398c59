import { isAlone } from './envelope.ts'
import { isObject, own, type Row } from './objects.ts'

/** OpenTelemetry's JSON encoding (opentelemetry-proto, `examples/trace.json`): batches of spans or log records. */

/** Values in values that are resolved. */
const MAX_DEPTH = 8

/** A span or log record with the attributes of its resource. */
export interface OtlpItem {
  readonly record: Row
  readonly resource: unknown
}

const SHAPES = [
  { batches: 'resourceSpans', scopes: ['scopeSpans', 'instrumentationLibrarySpans'], items: 'spans' },
  { batches: 'resourceLogs', scopes: ['scopeLogs', 'instrumentationLibraryLogs'], items: 'logRecords' },
] as const

/** The spans or log records of a batch, `null` among them for what is none; `null` if the object is no batch. */
export function otlpItems(value: Row): readonly (OtlpItem | null)[] | null {
  for (const { batches, scopes, items } of SHAPES) {
    const list = own(value, batches)
    if (!Array.isArray(list) || !isAlone(value, Object.keys(value), batches)) continue
    return list.flatMap((batch) => {
      if (!isObject(batch)) return [null]
      const resource = isObject(batch.resource) ? own(batch.resource, 'attributes') : undefined
      const inside = scopes.flatMap((key) => listOf(own(batch, key)))
      return inside
        .flatMap((scope) => (isObject(scope) ? listOf(own(scope, items)) : [null]))
        .map((record) => (isObject(record) ? { record, resource } : null))
    })
  }
  return null
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The record with its attributes as an object `attr`, those of the resource below its own, and how long it took. */
export function flattenOtlp({ record, resource }: OtlpItem): Row {
  const attr = Object.fromEntries([...attributesOf(resource), ...attributesOf(own(record, 'attributes'))])
  const started = numberOf(own(record, 'startTimeUnixNano'))
  const ended = numberOf(own(record, 'endTimeUnixNano'))
  const took = ended > started && started > 0 ? { __dur_ns: ended - started } : {}
  const body = own(record, 'body')
  return { ...record, ...(body === undefined ? {} : { body: plainValue(body, 0) }), ...took, attr, __otlp: true }
}

const numberOf = (value: unknown): number =>
  typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN

const attributesOf = (list: unknown): [string, unknown][] =>
  listOf(list).flatMap((entry) =>
    isObject(entry) && typeof entry.key === 'string'
      ? [[entry.key, plainValue(entry.value, 0)] as [string, unknown]]
      : [],
  )

/** The value inside its type: `{"stringValue": "x"}` → `x`. */
function plainValue(value: unknown, depth: number): unknown {
  if (!isObject(value) || depth > MAX_DEPTH) return value
  for (const type of ['stringValue', 'intValue', 'doubleValue', 'boolValue', 'bytesValue']) {
    const plain = own(value, type)
    if (plain !== undefined) return plain
  }
  const array = own(value, 'arrayValue')
  if (isObject(array)) return listOf(own(array, 'values')).map((each) => plainValue(each, depth + 1))
  const map = own(value, 'kvlistValue')
  if (!isObject(map)) return undefined
  const entries = listOf(own(map, 'values')).filter(isObject)
  const named = entries.filter((entry) => typeof entry.key === 'string')
  return Object.fromEntries(named.map((entry) => [entry.key, plainValue(entry.value, depth + 1)]))
}
