import { ScanError } from '../errors.ts'
import { describeBinary } from './binary.ts'
import { detectEncoding, ENCODING_NAMES } from './encoding.ts'
import { measureExpansion } from './expansion.ts'
import { type Head, readHead } from './head.ts'
import { parseJson } from './parsers/parse-json.ts'
import { printable } from './printable.ts'
import { readProbes } from './probes.ts'
import { type Content, sniffContent } from './sniff-content.ts'
import type { Compression, Container, Source } from './source.ts'
import { unreadable } from './unreadable.ts'

/** Bytes of text a sample is taken from, unless a caller with many files wants less. */
export const SAMPLE_BYTES = 262_144

export interface SniffOptions {
  /** Bytes of text that the sample is taken from. */
  readonly sampleBytes?: number
  /** Names for the columns of a table without a header. */
  readonly columns?: readonly string[]
}

/** What the first bytes of a file say about it. */
export interface Sniffed
  extends Pick<Source, 'compression' | 'layers' | 'expansion' | 'encoding' | 'notInPlace'>,
    Omit<Content, 'container'> {
  /** `empty`: no byte but blanks. */
  readonly container: Container | 'empty'
}

/**
 * Recognises a file by its content; its name is only shown.
 *
 * @throws ScanError INPUT_UNREADABLE for what is no table and no JSON, or cannot be read; never with content
 */
export async function sniff(path: string, name: string, options: SniffOptions = {}): Promise<Sniffed> {
  let head: Head
  let expansion = 1
  try {
    head = await readHead(path, options.sampleBytes ?? SAMPLE_BYTES)
    if (head.layers.length > 0) expansion = await measureExpansion(path, head)
  } catch (error) {
    throw unreadable(name, error)
  }
  const compression = compressionOf(head)
  if (head.damage !== null && head.bytes.length === 0) {
    throw refuse(name, `is ${compression} data that is broken from the start`, 'Copy or export the file again.')
  }
  const common = { compression, layers: head.layers, expansion }
  if (head.bytes.toString('latin1', 0, 4) === 'PAR1' && head.bytes.includes(0)) {
    return { ...common, ...PARQUET, encoding: 'utf-8', notInPlace: 'is a Parquet file' }
  }
  const { encoding, markBytes } = detectEncoding(head)
  const text = new TextDecoder(encoding).decode(head.bytes, { stream: !head.isWhole })
  const binary = encoding.startsWith('utf-16') ? null : describeBinary(head.bytes.subarray(markBytes))
  if (binary !== null) throw refuse(name, `looks like ${binary.what}`, binary.hint)
  const content = sniffContent({ text, isWhole: head.isWhole }, options.columns)
  if ('problem' in content) throw refuse(name, content.problem, content.hint)
  const reasons = reasonsOf({ head, encoding, hasMark: markBytes > 0 }, content)
  const notInPlace = reasons.length === 0 ? null : reasons.join(' and ')
  const more = notInPlace === null && content.container === 'ndjson' && compression === 'none' && !head.isWhole
  const probes = more ? await probe(path, name) : []
  return { ...common, ...content, sample: [...content.sample, ...probes], encoding, notInPlace }
}

const PARQUET = { container: 'parquet', dialect: null, lineFormat: null, envelope: null, sample: [] } as const

const compressionOf = ({ layers: [outer] }: Head): Compression =>
  outer === undefined ? 'none' : outer === 'gzip' ? 'gzip' : 'zstd'

/** Why an engine cannot read the file where it is. */
function reasonsOf(
  { head, encoding, hasMark }: { head: Head; encoding: Source['encoding']; hasMark: boolean },
  { container, dialect }: Content | { container: 'empty'; dialect: null },
): string[] {
  const { bytes, layers, damage } = head
  return [
    encoding === 'utf-8' ? null : `is ${ENCODING_NAMES[encoding]}`,
    // DuckDB's JSON reader loses the first record behind the mark; its CSV reader copes.
    hasMark && encoding === 'utf-8' && container === 'ndjson' ? 'begins with a byte order mark' : null,
    container === 'json' ? 'is not one JSON object a line' : null,
    container === 'lines' ? 'is a log in lines of its own form' : null,
    container !== 'json' && encoding === 'utf-8' && bytes.includes(0) ? 'holds zero bytes' : null,
    dialect?.escapeChar === '\\' ? 'escapes with backslashes' : null,
    damage === null ? null : 'is compressed data that is damaged or cut short',
    layers.length > 1 ? 'is compressed more than once' : null,
    layers[0] === 'zstd-framed' ? 'is zstd in frames behind their lengths' : null,
  ].filter((reason) => reason !== null)
}

/** Records from all over a plain file. */
async function probe(path: string, name: string): Promise<Readonly<Record<string, unknown>>[]> {
  const lines = await readProbes(path).catch((error) => Promise.reject(unreadable(name, error)))
  return lines.map(parseJson).filter((value) => value !== null && value !== 'other')
}

const refuse = (name: string, what: string, hint: string): ScanError =>
  new ScanError('INPUT_UNREADABLE', `'${printable(name)}' ${what}`, hint)
