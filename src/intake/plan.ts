import { ScanError } from '../errors.ts'
import type { Column } from '../formats/columns.ts'
import { listColumns } from '../formats/columns.ts'
import { type DetectSource, mapFile, resolveOverrides } from '../formats/detect.ts'
import type { FieldMapping } from '../formats/format.ts'
import { guessKind } from '../formats/guess-kind.ts'
import { matchColumns } from '../formats/match-columns.ts'
import type { Kind, Preset } from '../formats/preset.ts'
import { mapByPreset } from '../formats/preset-mapping.ts'
import { findCardNumbers } from '../formats/values/secrets.ts'
import { printable } from '../sources/printable.ts'
import type { Source } from '../sources/source.ts'
import { type Recognition, type View, viewSource } from './view.ts'

/** Files that the engine reads in one query; of more, each is translated, and copies hold many files. */
const MAX_IN_PLACE = 64
/** Growth in decompression beyond which a file is read by the reader that stops. */
const SUSPICIOUS_EXPANSION = 200

/** What is to be done with one input. */
export interface FilePlan {
  /** With the role that was told by the content, unless a flag gave it. */
  readonly source: Source
  /** What most of its records are. */
  readonly kind: Kind
  /** Id of the preset of most records; `generic` for columns recognised by name, `custom` where `--map` gave the key. */
  readonly preset: string
  /** `null` when the engine reads the file where it is. */
  readonly translatedBecause: string | null
  /** Columns by name; `null` where every sampled record has a preset. */
  readonly mapping: FieldMapping | null
  readonly overrides: ReadonlyMap<string, Column>
  /** What the user said that it is (`--input-format`), `generic` for columns by name; `null` if nothing. */
  readonly inputFormat: string | null
  /** The preset that the user named, for every record. */
  readonly forced: Preset | null
  /** The user wants columns recognised by name, whatever a record looks like. */
  readonly isGenericForced: boolean
  readonly view: View
  /** Why the file cannot be scanned; `null` if it can. */
  readonly problem: ScanError | null
}

export interface PlanOptions extends Recognition {
  /** Canonical field → column (`--map`). */
  readonly map: Readonly<Record<string, string>>
  /** File name as given → preset id, `generic` for none (`--input-format`); `*` for all logs. */
  readonly inputFormats: ReadonlyMap<string, string>
  /** Whether lists of forwarded addresses must be read with proxies of one's own in mind. */
  readonly hasTrustedProxies: boolean
  /** Bytes; 0 for a bound by the size of each file. */
  readonly maxExpandedBytes: number
}

/**
 * Says of every file what it is, what it is for, and whether the engine can read it where it is; a `problem` where it
 * cannot be scanned (INPUT_UNMAPPED, or INPUT_UNREADABLE for full card numbers).
 *
 * @throws ScanError USAGE or INPUT_UNMAPPED for a `--map` that fits no file
 */
export function planFiles(sources: readonly Source[], options: PlanOptions): FilePlan[] {
  const views = sources.map((source) => viewSource(source, options))
  const overridesOf = resolveOverrides(views.map(detectable), options.map)
  const drafts = views.map((view, i) => draftOf(view, overridesOf[i]!, options))
  const hasRequests = drafts.some(({ kind, view }) => kind === 'request' && view.source.role === 'log')
  const isCrowd = sources.length > MAX_IN_PLACE
  return drafts.map((draft) => {
    const role = roleOf(draft, hasRequests)
    const source = { ...draft.view.source, role }
    const { mapping, problem } = mappingOf(draft, source)
    const preset = mapping !== null && draft.vendor === null ? mapping.preset : (draft.vendor?.id ?? 'generic')
    const because = reasonToTranslate({ ...draft, source }, options, isCrowd)
    return {
      ...draft,
      source,
      mapping,
      preset,
      translatedBecause: because,
      problem: cardNumbers(draft.view) ?? problem,
    }
  })
}

interface Draft {
  readonly view: View
  readonly kind: Kind
  /** The preset of most records, `null` if most have none. */
  readonly vendor: Preset | null
  readonly overrides: ReadonlyMap<string, Column>
  readonly inputFormat: string | null
  readonly forced: Preset | null
  readonly isGenericForced: boolean
}

function draftOf(view: View, overrides: ReadonlyMap<string, Column>, options: PlanOptions): Draft {
  const inputFormat = options.inputFormats.get(view.source.name) ?? defaultFormat(view, options) ?? null
  const forced = options.presets.find(({ id }) => id === inputFormat) ?? null
  const isGenericForced = inputFormat === 'generic'
  const vendor = forced ?? (isGenericForced ? null : mostOf(view.presets))
  const kind =
    vendor?.kind ?? guessKind(matchColumns({ ...detectable(view), role: 'log' }, freeColumns(view, overrides)))
  return { view, kind, vendor, overrides, inputFormat, forced, isGenericForced }
}

const defaultFormat = ({ source }: View, { inputFormats }: PlanOptions): string | undefined =>
  source.role === 'log' ? inputFormats.get('*') : undefined

/** Columns that a `--map` flag speaks of are no hint at what the file is, but for the field they fill. */
function freeColumns(view: View, overrides: ReadonlyMap<string, Column>): Column[] {
  const taken = new Set([...overrides.values()].map(({ name }) => name))
  return listColumns(detectable(view)).filter(({ name }) => !taken.has(name))
}

/** The sample as records, for the functions that look at columns. */
const detectable = ({ source, records }: View): DetectSource => ({ ...source, sample: records })

/** The preset that most records have; on a tie the one that comes first. */
function mostOf(presets: readonly (Preset | null)[]): Preset | null {
  const counts = new Map<Preset | null, number>()
  for (const preset of presets) counts.set(preset, (counts.get(preset) ?? 0) + 1)
  let best: Preset | null = null
  for (const [preset, count] of counts) if (count > (counts.get(best) ?? 0)) best = preset
  return best
}

/** What a file is for. Rows of an edge belong to requests of another log, if there is one; else they are the log. */
function roleOf({ view, kind }: Draft, hasRequests: boolean): Source['role'] {
  if (view.source.role === 'accounts') return 'accounts'
  if (kind === 'edge') return hasRequests ? 'edge' : 'log'
  return kind === 'request' || kind === 'usage' ? 'log' : 'accounts'
}

interface Mapped {
  readonly mapping: FieldMapping | null
  readonly problem: ScanError | null
}

const UNMAPPED: Mapped = { mapping: null, problem: null }

/** By the names of the columns, where not every record has a preset. A vendor's file may do without. */
function mappingOf({ view, vendor, forced, overrides, isGenericForced }: Draft, source: Source): Mapped {
  if (source.container === 'table' && vendor !== null) return tableMapping({ view, overrides }, source, vendor)
  if (forced !== null && forced.isOpen !== true) return UNMAPPED
  const isByColumns = (_: unknown, i: number): boolean => view.presets[i] === null || view.presets[i]?.isOpen === true
  const strange = isGenericForced ? view.records : view.records.filter(isByColumns)
  if (vendor !== null && strange.length === 0) return UNMAPPED
  try {
    return { mapping: mapFile({ ...source, sample: strange }, overrides), problem: null }
  } catch (error) {
    if (!(error instanceof ScanError) || error.code !== 'INPUT_UNMAPPED') throw error
    return vendor === null ? { mapping: null, problem: error } : UNMAPPED
  }
}

/** A table is read where it is, whatever product wrote it. */
function tableMapping({ view, overrides }: Pick<Draft, 'view' | 'overrides'>, source: Source, vendor: Preset): Mapped {
  const columns = listColumns(detectable(view))
  const taken = new Set([...overrides.values()].map(({ name }) => name))
  const matches = matchColumns(
    { ...detectable(view), role: source.role },
    columns.filter(({ name }) => !taken.has(name)),
  )
  try {
    const mapping = mapByPreset(vendor, { name: source.name, columns }, overrides, Object.fromEntries(matches))
    return { mapping, problem: null }
  } catch (error) {
    if (!(error instanceof ScanError) || error.code !== 'INPUT_UNMAPPED') throw error
    return { mapping: null, problem: error }
  }
}

function reasonToTranslate(
  { view, source, forced, isGenericForced }: Draft & { readonly source: Source },
  { hasTrustedProxies, maxExpandedBytes }: PlanOptions,
  isCrowd: boolean,
): string | null {
  if (source.container === 'table') return null
  if (source.notInPlace !== null) return source.notInPlace
  if (source.container !== 'ndjson' && source.container !== 'csv') return 'is not one record a line'
  if (view.isWrapped) return 'holds its records in envelopes'
  if (forced !== null || (!isGenericForced && view.presets.some((preset) => preset !== null))) {
    return 'has the fields of a known product'
  }
  if (isCrowd) return 'is one of many files'
  if (hasTrustedProxies) return 'may hold lists of forwarded addresses'
  return mayExpand(source, maxExpandedBytes) ? 'may expand without end' : null
}

/** By the growth that its beginning shows; the bound is held with four times that growth in hand. */
function mayExpand({ compression, bytes, expansion = 1 }: Source, most: number): boolean {
  if (compression === 'none') return false
  return expansion > SUSPICIOUS_EXPANSION || (most > 0 && expansion * bytes * 4 > most)
}

/** A card number is neither read nor stored, and should be in no export. */
function cardNumbers({ source, records }: View): ScanError | null {
  const column = findCardNumbers(records)
  if (column === null) return null
  return new ScanError(
    'INPUT_UNREADABLE',
    `'${printable(source.name)}' holds full card numbers (in '${printable(column, 60)}'); it was not read`,
    "Export the payment system's card fingerprints instead, and remove the file.",
  )
}
