import { canonicalJson, PRODUCER_NAMESPACE, uuidV5, wellFormed } from './ids.ts'
import { TLP_MARKING } from './marking.ts'

/** One object of a bundle. A property that has no value is left out: STIX knows no null and no empty list. */
export interface StixObject {
  readonly type: string
  readonly id: string
  readonly [property: string]: unknown
}

type Properties = Readonly<Record<string, unknown>>

/**
 * An object that is marked, with an id made from all it says: the same id never stands for two contents, so that no
 * partner has to guess which of two versions is newer.
 */
export function sealed(type: string, properties: Properties): StixObject {
  const body = wellFormedDeep({ ...properties, object_marking_refs: [TLP_MARKING.id] }) as Properties
  const id = `${type}--${uuidV5(PRODUCER_NAMESPACE, canonicalJson({ type, ...body }))}`
  return { type, spec_version: '2.1', id, ...body }
}

/** Who says it and when; both stamps are the same, since another content has another id. */
export interface Stamp {
  /** Id of the producing identity. */
  readonly by: string
  /** Instant with milliseconds. */
  readonly at: string
}

/** A domain or relationship object of this producer. */
export const stamped = (type: string, { by, at }: Stamp, properties: Properties): StixObject =>
  sealed(type, { created_by_ref: by, created: at, modified: at, ...properties })

function wellFormedDeep(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (Array.isArray(value)) return value.map(wellFormedDeep)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, wellFormedDeep(held)]))
}

/** The first of every id, in order. */
export function distinct(objects: readonly StixObject[]): StixObject[] {
  const seen = new Set<string>()
  return objects.filter(({ id }) => !seen.has(id) && seen.add(id))
}
