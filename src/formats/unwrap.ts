import { explodeBuckets } from './unwrap/buckets.ts'
import { embeddedRecord } from './unwrap/embedded.ts'
import { envelopeItems } from './unwrap/envelope.ts'
import { flattenOtlp, otlpItems } from './unwrap/otlp.ts'
import { settleShape } from './unwrap/shapes.ts'

export type Row = Readonly<Record<string, unknown>>

/** Envelopes in envelopes. */
const MAX_LEVELS = 4

/**
 * The records that a JSON value holds: itself, or what is inside its envelopes. Whoever reads a file gives every value of
 * it to this function.
 *
 * @returns in their order; `null` for an element of an envelope that is no object; nothing for an empty envelope
 */
export function unwrap(value: Row): readonly (Row | null)[] {
  let level: readonly (Row | null)[] = [value]
  for (let depth = 0; depth < MAX_LEVELS; depth++) {
    const next = level.flatMap((each) => (each === null ? [null] : unwrapOnce(each)))
    if (next.length === level.length && next.every((each, i) => each === level[i])) return level
    level = next
  }
  return level
}

function unwrapOnce(value: Row): readonly (Row | null)[] {
  const spans = otlpItems(value)
  if (spans !== null) return spans.map((item) => item && flattenOtlp(item))
  const items = envelopeItems(value)
  if (items !== null) return items.map(asRow)
  const inner = embeddedRecord(value)
  if (inner !== null) return [inner]
  return explodeBuckets(value) ?? [settleShape(value)]
}

const asRow = (item: unknown): Row | null =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Row) : null
