import { stat } from 'node:fs/promises'
import { createCsvParser } from './parsers/csv.ts'
import { createJsonParser } from './parsers/json.ts'
import { createLinesParser } from './parsers/lines.ts'
import { createNdjsonParser } from './parsers/ndjson.ts'
import type { RawRecord, RecordParser } from './parsers/parser.ts'
import { readPieces } from './pieces.ts'
import { readText } from './read.ts'
import type { Source } from './source.ts'

export type { RawRecord } from './parsers/parser.ts'

/** What is known of a text before its records are told apart. */
export type TextShape = Pick<Source, 'container' | 'dialect' | 'lineFormat' | 'envelope'>

export interface ReadRecordsOptions {
  /** Decompressed bytes at which reading stops. */
  readonly maxExpandedBytes?: number
  /** Told now and then: bytes of the file as stored that were read so far, and its size. */
  readonly onRead?: ((bytes: number, size: number) => void) | undefined
  /** Told once if the file cannot be read to its end, to be read behind its name. */
  readonly onDamage?: (what: string) => void
}

/** Bytes of a file from which on decompression takes larger steps: what is lost with damage is one step at most. */
const LARGE_FILE = 8 << 20

/** Records that are handed over at once. */
const BATCH = 1000

/**
 * The records of a file by our own careful reading, in file order, each as a value or as the reason why it is none. Every
 * record that is present comes out once, whatever the damage; memory is bounded by the longest record that is read, 16 MiB.
 *
 * @throws the file system's error
 */
export async function* readRecords(
  source: TextShape & Pick<Source, 'path' | 'compression' | 'layers' | 'encoding'>,
  options: ReadRecordsOptions = {},
): AsyncGenerator<readonly RawRecord[]> {
  const parser = parserOf(source)
  const onDamage = (error: Error): void => options.onDamage?.(error.message)
  const { size } = await stat(source.path)
  const bytes = readText(source.path, source.layers, {
    pieceBytes: size < LARGE_FILE ? 4096 : 16_384,
    onDamage,
    onRead: (bytes) => options.onRead?.(bytes, size),
    ...(options.maxExpandedBytes === undefined ? {} : { maxBytes: options.maxExpandedBytes }),
  })
  let out: RawRecord[] = []
  for await (const pieces of readPieces(bytes, source.encoding)) {
    for (const { text, endsLine } of pieces) parser.push(text, endsLine, out)
    if (out.length < BATCH) continue
    yield out
    out = []
  }
  parser.end(out)
  if (out.length > 0) yield out
}

/** The records of a text that is held, such as the beginning of a file. A record that is cut at the end is left out. */
export function recordsOfHead(shape: TextShape, text: string, isWhole: boolean): RawRecord[] {
  const parser = parserOf(shape)
  const out: RawRecord[] = []
  const lines = text.split('\n')
  const last = lines.pop()!
  for (const line of lines) parser.push(line.endsWith('\r') ? line.slice(0, -1) : line, true, out)
  if (!isWhole) {
    parser.push(last, false, out) // what ends in it counts, what does not is not cut but unseen
    return out
  }
  parser.push(last, true, out)
  parser.end(out)
  return out
}

function parserOf({ container, dialect, lineFormat, envelope }: TextShape): RecordParser {
  if (container === 'csv') return createCsvParser(dialect!)
  if (container === 'lines') return createLinesParser(lineFormat!)
  return container === 'json' ? createJsonParser(envelope?.at(-1) ?? null) : createNdjsonParser()
}
