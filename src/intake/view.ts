import type { Preset } from '../formats/preset.ts'
import { recaseHeader } from '../formats/recognise.ts'
import { unwrap } from '../formats/unwrap.ts'
import type { Source } from '../sources/source.ts'

/** Sampled records that are looked at after unwrapping; an envelope may hold thousands. */
const MAX_VIEWED = 1000

type Row = Readonly<Record<string, unknown>>

/** The beginning of a file as records: envelopes taken off, each record recognised. */
export interface View {
  readonly source: Source
  readonly records: readonly Row[]
  /** The preset of each record, `null` for one of no known format. */
  readonly presets: readonly (Preset | null)[]
  /** Records stand in envelopes, so that the file must be translated. */
  readonly isWrapped: boolean
  /** Keys of a delimited file's records that differ from a preset's by case alone → the preset's. */
  readonly recased: ReadonlyMap<string, string> | null
}

/** What a record is recognised by. */
export interface Recognition {
  readonly presets: readonly Preset[]
  readonly recognise: (record: Row) => Preset | null
}

export function viewSource(source: Source, { presets, recognise }: Recognition): View {
  const recased = source.container === 'csv' ? recaseHeader(Object.keys(source.sample[0] ?? {}), presets) : null
  const records: Row[] = []
  let isWrapped = false
  for (const value of source.sample) {
    const isFlat = source.container === 'csv' || source.container === 'table'
    const inner = isFlat ? [recase(value, recased)] : unwrap(value)
    if (inner.length !== 1 || inner[0] !== value) isWrapped ||= !isFlat
    for (const record of inner) if (record !== null && records.length < MAX_VIEWED) records.push(record)
  }
  return { source, records, presets: records.map(recognise), isWrapped, recased }
}

/** The record with its keys as the preset spells them. */
export function recase(record: Row, recased: ReadonlyMap<string, string> | null): Row {
  if (recased === null || recased.size === 0) return record
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [recased.get(key) ?? key, value]))
}
