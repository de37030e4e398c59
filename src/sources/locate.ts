import { isBlank } from './head.ts'
import { readText } from './read.ts'
import type { CsvDialect, Source } from './source.ts'

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20

/** Takes chunks; true once the last wanted record is found. */
type Scanner = (chunk: Buffer) => boolean

/**
 * The physical 1-based lines on which records begin.
 *
 * NDJSON: every line with a character that is not blank is a record, as DuckDB counts. CSV: records below the header; a
 * quoted field may hold newlines; empty lines are no records.
 *
 * @param recordNumbers 1-based, ascending
 * @returns one line for each number; 0 for a record that the file does not have
 * @throws the file system's error
 */
export async function locateRecords(
  source: Pick<Source, 'path' | 'layers' | 'dialect'>,
  recordNumbers: readonly number[],
): Promise<number[]> {
  const lines: number[] = []
  if (recordNumbers.length === 0) return lines
  const find = createFinder(recordNumbers, lines)
  const scan = source.dialect === null ? createLineScanner(find) : createCsvScanner(source.dialect, find)
  let isDone = false
  for await (const chunk of readText(source.path, source.layers, { isWhole: true })) {
    isDone = scan(chunk)
    if (isDone) break
  }
  return recordNumbers.map((_, i) => lines[i] ?? 0)
}

/** Counts records; notes the line of those that are wanted, true after the last. */
function createFinder(wanted: readonly number[], lines: number[]): (line: number) => boolean {
  let record = 0
  let next = wanted[0] as number
  return (line) => {
    if (++record < next) return false
    while (next <= record) {
      lines.push(line)
      if (lines.length === wanted.length) return true
      next = wanted[lines.length] as number
    }
    return false
  }
}

function createLineScanner(find: (line: number) => boolean): Scanner {
  let line = 1
  /** A character of the present line that is not blank was seen. */
  let isCounted = false
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      const newline = chunk.indexOf(NEWLINE, at)
      const end = newline < 0 ? chunk.length : newline
      if (!isCounted) {
        while (at < end && isBlank(chunk[at] as number)) at++
        if (at < end) {
          isCounted = true
          if (find(line)) return true
        }
      }
      if (newline < 0) return false
      line++
      isCounted = false
      at = newline + 1
    }
    return false
  }
}

/**
 * A quote opens a field only at its start (spaces before it do not count); inside, a doubled quote is a character.
 * A line without a quote is passed over at once; in others only newlines and quotes are looked at.
 */
function createCsvScanner({ delimiter, quote, headerLines }: CsvDialect, find: (line: number) => boolean): Scanner {
  const quoteByte = quote.charCodeAt(0)
  const opensField = createQuoteJudge(delimiter.charCodeAt(0))
  let line = 1
  let isQuoted = false
  /** A record has begun on this line or an earlier one and goes on. */
  let isOpen = false
  /** Position of the last closing quote; below 0 in an earlier chunk. */
  let closedAt = Number.NEGATIVE_INFINITY
  return (chunk) => {
    const { length } = chunk
    let nextQuote = -1
    for (let at = 0; at < length; at++) {
      if (!isOpen) {
        const byte = chunk[at]
        if (line > headerLines && byte === CARRIAGE_RETURN) continue
        const newline = indexOrEnd(chunk, NEWLINE, at)
        if (line > headerLines && byte !== NEWLINE) {
          isOpen = true
          if (find(line)) return true
          if (nextQuote < at) nextQuote = indexOrEnd(chunk, quoteByte, at)
        }
        if (!isOpen || newline < nextQuote) at = newline
      }
      let byte = chunk[at]
      while (byte !== NEWLINE && byte !== quoteByte && ++at < length) byte = chunk[at]
      if (at >= length) break
      if (byte === NEWLINE) {
        line++
        isOpen = isQuoted
      } else if (isQuoted) {
        isQuoted = false
        closedAt = at
      } else isQuoted = closedAt === at - 1 || opensField(chunk, at)
    }
    closedAt -= length
    opensField(chunk, length)
    return false
  }
}

function indexOrEnd(chunk: Buffer, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from)
  return index < 0 ? chunk.length : index
}

/** Whether a position is the start of a field, spaces aside. Asked for the end of a chunk, it remembers for the next. */
function createQuoteJudge(delimiterByte: number): (chunk: Buffer, at: number) => boolean {
  let before = NEWLINE
  return (chunk, at) => {
    let last = at - 1
    while (last >= 0 && chunk[last] === SPACE) last--
    const byte = last < 0 ? before : (chunk[last] as number)
    if (at === chunk.length) before = byte
    return byte === delimiterByte || byte === NEWLINE
  }
}
