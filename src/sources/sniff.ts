import { open } from 'node:fs/promises'
import { ScanError } from '../errors.ts'
import { describeBinary } from './binary.ts'
import { sniffCsv } from './csv-sniff.ts'
import { detectCompression } from './decode.ts'
import { type Head, isBlank, readHead } from './head.ts'
import { createJsonLines } from './json-lines.ts'
import { printable } from './printable.ts'
import { readProbes } from './probes.ts'
import type { Compression, CsvDialect } from './source.ts'
import { unreadable } from './unreadable.ts'

/** Most records that a sample takes from the beginning of a file. */
export const MAX_SAMPLE = 200
/** Bytes of text a sample is taken from, unless a caller with many files wants less. */
export const SAMPLE_BYTES = 262_144

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** How a file that cannot be read where it is has to be written again; a byte order mark is dropped in any case. */
export interface Rewrite {
  readonly encoding: Encoding
  /** An array, or objects over several lines: one object a line is wanted. */
  readonly joinsJson: boolean
  /** What is the matter, to be read after the file's name: "is UTF-16". */
  readonly why: string
}

/** What the first bytes of a file say about it. */
export interface Sniffed {
  readonly compression: Compression
  /** `empty`: no byte but blanks. */
  readonly container: 'ndjson' | 'csv' | 'empty'
  /** `null` unless `container` is `csv`. */
  readonly dialect: CsvDialect | null
  readonly sample: readonly Readonly<Record<string, unknown>>[]
  /** `null` when the file can be read where it is. */
  readonly rewrite: Rewrite | null
}

/**
 * Recognises a file by its content; its name is only shown.
 *
 * @throws ScanError INPUT_UNREADABLE for what is no text table or NDJSON, or cannot be read; never with content
 */
export async function sniff(path: string, name: string, sampleBytes = SAMPLE_BYTES): Promise<Sniffed> {
  let compression: Compression
  let head: Head
  try {
    compression = detectCompression(await firstBytes(path))
    head = await readHead(path, compression, sampleBytes)
  } catch (error) {
    throw unreadable(name, error)
  }
  if (head.damage !== null && head.bytes.length === 0) {
    throw refuse(name, `is ${compression} data that is broken from the start`, 'Copy or export the file again.')
  }
  const { encoding, hasMark } = detectEncoding(head.bytes)
  const text = { bytes: toUtf8(head, encoding, hasMark), isWhole: head.isWhole }
  const binary = describeBinary(text.bytes)
  if (binary !== null) throw refuse(name, `looks like ${binary.what}`, binary.hint)
  const { joinsJson, ...found } = sniffText(text, name)
  const isPlainLog = found.container === 'ndjson' && compression === 'none' && !joinsJson && encoding === 'utf-8'
  const more =
    isPlainLog && !head.isWhole ? await readProbes(path).catch((error) => Promise.reject(unreadable(name, error))) : []
  const content = { ...found, sample: [...found.sample, ...more.map(parseObject).filter((record) => record !== null)] }
  const reasons = [
    encoding === 'utf-8' ? null : 'is UTF-16',
    // DuckDB's JSON reader loses the first record behind the mark; its CSV reader copes.
    hasMark && encoding === 'utf-8' && content.container === 'ndjson' ? 'begins with a byte order mark' : null,
    joinsJson ? 'is not one JSON object a line' : null,
    head.damage === null ? null : 'is compressed data that is damaged or cut short',
  ].filter((reason) => reason !== null)
  const isNeeded = content.container !== 'empty' && reasons.length > 0
  return { compression, ...content, rewrite: isNeeded ? { encoding, joinsJson, why: reasons.join(' and ') } : null }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function detectEncoding(head: Buffer): { encoding: Encoding; hasMark: boolean } {
  if (head[0] === 0xff && head[1] === 0xfe && (head[2] !== 0 || head[3] !== 0))
    return { encoding: 'utf-16le', hasMark: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', hasMark: true }
  return { encoding: 'utf-8', hasMark: head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf }
}

function toUtf8({ bytes, isWhole }: Head, encoding: Encoding, hasMark: boolean): Buffer {
  if (encoding !== 'utf-8') return Buffer.from(new TextDecoder(encoding).decode(bytes, { stream: !isWhole }))
  return hasMark ? bytes.subarray(3) : bytes
}

type Text = Omit<Head, 'damage'>

type Content = Omit<Sniffed, 'compression' | 'rewrite'> & { readonly joinsJson: boolean }

function sniffText(text: Text, name: string): Content {
  const { bytes, isWhole } = text
  const first = bytes.findIndex((byte) => !isBlank(byte))
  if (first < 0) {
    if (isWhole) return EMPTY
    throw refuse(name, 'begins with too many blank lines', 'Remove them.')
  }
  if (/^(?:\{|\[\s*(?:[{[\]]|$))/.test(bytes.toString('latin1', first, first + 4096)))
    return sniffJson(text, bytes[first] === 0x5b)
  const table = sniffCsv(bytes.toString('utf8'), isWhole, MAX_SAMPLE)
  if (table === 'no columns') {
    throw refuse(name, 'is neither NDJSON nor delimited text', 'Export the log as NDJSON, or as CSV with a header.')
  }
  if (table === 'no header') {
    throw refuse(name, 'has no header: its first line looks like data', 'Put a line with the column names on top.')
  }
  return { container: 'csv', ...table, joinsJson: false }
}

const EMPTY: Content = { container: 'empty', dialect: null, sample: [], joinsJson: false }

function sniffJson({ bytes, isWhole }: Text, isArray: boolean): Content {
  const lines = isArray ? [] : parseLines(bytes, isWhole)
  if (lines.length > 1 && isFirstLineRecord(bytes))
    return { container: 'ndjson', dialect: null, sample: lines, joinsJson: false }
  const joined = Buffer.concat(createJsonLines().push(bytes))
  if (isWhole && joined.every(isBlank)) return EMPTY
  const objects = parseLines(joined, isWhole)
  const joinsJson = isArray || objects.length > lines.length
  return { container: 'ndjson', dialect: null, sample: joinsJson ? objects : lines, joinsJson }
}

/** Objects among the lines; a last line that may be cut does not count. */
function parseLines(bytes: Buffer, isWhole: boolean): Record<string, unknown>[] {
  const sample: Record<string, unknown>[] = []
  for (let start = 0; start < bytes.length && sample.length < MAX_SAMPLE; ) {
    const newline = bytes.indexOf(0x0a, start)
    if (newline < 0 && !isWhole) break
    const end = newline < 0 ? bytes.length : newline
    const record = parseObject(bytes.toString('utf8', start, end))
    if (record !== null) sample.push(record)
    start = end + 1
  }
  return sample
}

function isFirstLineRecord(bytes: Buffer): boolean {
  const newline = bytes.indexOf(0x0a)
  return parseObject(bytes.toString('utf8', 0, newline < 0 ? bytes.length : newline)) !== null
}

function parseObject(line: string): Record<string, unknown> | null {
  if (!line.trimStart().startsWith('{')) return null
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return null
  }
}

const refuse = (name: string, what: string, hint: string): ScanError =>
  new ScanError('INPUT_UNREADABLE', `'${printable(name)}' ${what}`, hint)
