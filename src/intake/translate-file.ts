import { ScanError } from '../errors.ts'
import type { Preset } from '../formats/preset.ts'
import { REJECT_REASONS, UNUSED_REASONS } from '../formats/reject-reasons.ts'
import { READ_FIELDS, type Translator, translateUnknown } from '../formats/translate/translator.ts'
import { unwrap } from '../formats/unwrap.ts'
import { REASONS } from '../sources/parsers/parser.ts'
import { readRecords } from '../sources/records.ts'
import type { Spool } from '../sources/spool.ts'
import { asScanError } from '../sources/spool-stream.ts'
import { type Ledger, tally } from './ledger.ts'
import type { PartWriter } from './part-writer.ts'
import type { Parts } from './parts.ts'
import type { FilePlan } from './plan.ts'
import { createTranslators } from './translators.ts'
import { recase } from './view.ts'

type Row = Readonly<Record<string, unknown>>

export interface TranslateFileOptions {
  readonly spool: Spool
  readonly signal?: AbortSignal | undefined
  readonly recognise: (record: Row) => Preset | null
  readonly isTrusted: (address: string) => boolean
  readonly hasTrusted: boolean
  /** Whether edges are joined, which may know the account of a request that has none. */
  readonly mayJoin: boolean
  /** Bytes that a compressed file may expand to; 0: see {@link boundOf}. */
  readonly maxExpandedBytes: number
  /** Rejects of each file that are named one by one. */
  readonly maxRejects: number
  /** Told now and then: name of the file that is being read, bytes of it as stored that were read so far, and its size. */
  readonly onRead?: ((name: string, bytes: number, size: number) => void) | undefined
}

interface Target {
  readonly parts: Parts
  readonly ledger: Ledger
}

/** Reads one file into the copies that are being written. @throws ScanError OUT_OF_DISK, INTERRUPTED, INPUT_UNREADABLE */
export async function translateFile(
  plan: FilePlan,
  file: number,
  target: Target,
  options: TranslateFileOptions,
): Promise<void> {
  const { source } = plan
  const { ledger } = target
  const take = createTaker(plan, file, target, options)
  const onDamage = (what: string): void => void ledger.damage.push(what)
  const maxExpandedBytes = boundOf(source.bytes, options.maxExpandedBytes)
  try {
    const onRead = options.onRead && ((bytes: number, size: number) => options.onRead?.(source.name, bytes, size))
    for await (const batch of readRecords(source, { onDamage, maxExpandedBytes, onRead })) {
      options.signal?.throwIfAborted()
      const used = new Set<PartWriter>()
      for (const { line, value, reason } of batch) {
        if (value === null) ledger.rejects.add(line, rejectReason(reason))
        else for (const writer of take(value, line)) used.add(writer)
      }
      for (const writer of used) await writer.ready()
    }
  } catch (error) {
    if (error instanceof ScanError) throw error
    throw asScanError(error, { spool: options.spool, name: source.name, signal: options.signal })
  }
}

/** The engine calls all that is no JSON object the same; a file's report must not depend on which of the two read it. */
const rejectReason = (reason: string | null): string =>
  reason === null || NO_OBJECT.has(reason) ? REJECT_REASONS.unparsable : reason

const NO_OBJECT: ReadonlySet<string> = new Set([REASONS.notJson, REASONS.notObject, REASONS.cutShort])

/** Logs shrink to a twentieth or so; what grows 250 times, and beyond 4 GiB, was made to. */
const boundOf = (bytes: number, most: number): number => (most > 0 ? most : Math.max(4 * 2 ** 30, 250 * bytes))

/** Takes a value as it stands in the file, and gives the copies that it went to. */
function createTaker(plan: FilePlan, file: number, { parts, ledger }: Target, options: TranslateFileOptions) {
  const { source, view } = plan
  const isWrapper = source.container !== 'csv' && source.container !== 'lines'
  const lanes = createLanes(plan, file, parts, options)
  // Where no record of the sample has a preset, none is looked for: that is a tenth of the time.
  const isByColumns = plan.isGenericForced || (plan.mapping !== null && view.presets.every((preset) => preset === null))
  const takeRecord = (record: Row, line: number): PartWriter | null => {
    const preset = plan.forced ?? (isByColumns ? null : options.recognise(record))
    if (preset?.kind === 'usage') return pass(ledger, UNUSED_REASONS.usage)
    const lane = lanes(preset)
    const translation = (lane?.translate ?? translateUnknown)(record)
    if ('rejected' in translation) ledger.rejects.add(line, translation.rejected)
    else if ('unused' in translation) return pass(ledger, translation.unused)
    else {
      ledger.records++
      lane!.writer().write(translation.values, file, line)
      return lane!.writer()
    }
    return null
  }
  return (value: Row, line: number): PartWriter[] => {
    const writers: PartWriter[] = []
    const records = isWrapper ? unwrap(value) : [recase(value, view.recased)]
    for (const record of records) {
      if (record === null) ledger.rejects.add(line, REJECT_REASONS.unparsable)
      else {
        const writer = takeRecord(record, line)
        if (writer !== null) writers.push(writer)
      }
    }
    return writers
  }
}

function pass(ledger: Ledger, reason: string): null {
  ledger.records++
  tally(ledger.unused, reason)
  return null
}

interface Lane {
  readonly translate: Translator
  /** The copy that this format's records go to; begun with the first. */
  readonly writer: () => PartWriter
}

/** One lane for each preset of the file, and one for records that are read by the names of their columns. */
function createLanes(plan: FilePlan, file: number, parts: Parts, options: TranslateFileOptions) {
  const lanes = new Map<Preset | null, Lane | null>()
  const translatorFor = createTranslators(plan, options.hasTrusted)
  return (preset: Preset | null): Lane | null => {
    let lane = lanes.get(preset)
    if (lane === undefined) {
      const role = parts.roleOf(file, preset)
      const how = { role, isTrusted: options.isTrusted, mayJoin: options.mayJoin, fields: READ_FIELDS }
      const translate = translatorFor(preset, how)
      lane = translate && { translate, writer: () => parts.writer(file, preset) }
      lanes.set(preset, lane)
    }
    return lane
  }
}
