import { stat } from 'node:fs/promises'
import { createJsonLines } from './json-lines.ts'
import { printable } from './printable.ts'
import { readText } from './read.ts'
import type { Encoding, Rewrite } from './sniff.ts'
import type { Compression, Source } from './source.ts'
import type { Spool } from './spool.ts'
import { asScanError, type SpoolOptions, writeGzip } from './spool-stream.ts'

/** What of a text is lost before the place where its compression breaks, bytes at most; smaller is slower. */
const SMALL_FILE_STEP = 4096
const LARGE_FILE_STEP = 16_384
const LARGE_FILE_BYTES = 8 << 20

export interface Rewritten {
  /** The copy: UTF-8 without byte order mark, gzip level 1. */
  readonly path: string
  /** Whether the compressed data was broken or cut short; what came before is in the copy. */
  readonly isDamaged: boolean
}

/**
 * Writes a file again, into the spool, so that an engine can read it. Lines keep their numbers, except where several
 * JSON objects share one.
 *
 * @throws ScanError OUT_OF_DISK, INTERRUPTED, INPUT_UNREADABLE
 */
export async function rewrite(
  file: { readonly path: string; readonly compression: Compression },
  how: Omit<Rewrite, 'why'>,
  options: SpoolOptions,
): Promise<Rewritten> {
  let isDamaged = false
  const onDamage = (): void => {
    isDamaged = true
  }
  try {
    const { size } = await stat(file.path)
    const pieceBytes = size < LARGE_FILE_BYTES ? SMALL_FILE_STEP : LARGE_FILE_STEP
    const bytes = readText(file.path, file.compression, { pieceBytes, onDamage })
    const text = decodeText(bytes, how.encoding)
    return { path: await writeGzip(how.joinsJson ? joinJson(text) : text, options), isDamaged }
  } catch (error) {
    throw asScanError(error, options)
  }
}

/**
 * Saves what can be decompressed of a file whose compressed data may be cut short or otherwise broken: an engine cannot
 * read such a file, or takes it for whole. At most 16 KiB of text before the damage are lost with it.
 *
 * @returns the source with the copy as its `path`, and a sentence for the report, `null` if the data is sound
 * @throws ScanError OUT_OF_DISK, INTERRUPTED, INPUT_UNREADABLE
 */
export async function rewriteDamaged(
  source: Source,
  spool: Spool,
  signal?: AbortSignal,
): Promise<{ source: Source; note: string | null }> {
  const options = { spool, name: source.name, signal }
  const { path, isDamaged } = await rewrite(source, { encoding: 'utf-8', joinsJson: false }, options)
  return { source: { ...source, path, compression: 'gzip' }, note: isDamaged ? damageNote(source.name) : null }
}

/** The sentence for the report. */
export const damageNote = (name: string): string =>
  `'${printable(name)}' is compressed data that is damaged or cut short: what comes before the damage was read, the rest is lost`

async function* decodeText(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') return yield* withoutMark(bytes)
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

/** Copies each chunk: the writer holds on to it while the reader fills its buffer again. */
async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isStart = true
  for await (const chunk of bytes) {
    const hasMark = isStart && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
    isStart = false
    yield Buffer.from(hasMark ? chunk.subarray(3) : chunk)
  }
}

async function* joinJson(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const lines = createJsonLines()
  for await (const chunk of text) yield* lines.push(chunk)
}
