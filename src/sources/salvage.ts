import { parse } from 'csv-parse/sync'
import { readText } from './read.ts'
import type { CsvDialect, Source } from './source.ts'
import type { Spool } from './spool.ts'
import { asScanError, writeGzip } from './spool-stream.ts'

/** Lines that one quoted record may span before its open quote is taken for damage. */
const MAX_RECORD_LINES = 1000
const MAX_RECORD_CHARACTERS = 1 << 20

/** Rejects with a line number that are kept of a file. */
const MAX_FIRST = 100

export interface Salvaged {
  /** The source with a clean copy as its `path`. Every good record begins on the line it had. */
  readonly source: Source
  readonly rejected: Readonly<Record<string, number>>
  readonly first: readonly { readonly line: number; readonly reason: string }[]
}

const REASONS = {
  openQuote: 'a quote that is never closed',
  tooMany: 'more fields than columns',
  malformed: 'malformed quoting',
} as const

/**
 * The careful reading of a delimited file that the engine's strict reader refused: record by record, each good one
 * written again to the spool, each bad one counted with its line. Fewer fields than columns are filled up with nothing;
 * more are a reject unless what is too much is blank. A quote that never closes costs its line, not the file.
 *
 * @throws ScanError OUT_OF_DISK, INTERRUPTED, INPUT_UNREADABLE
 */
export async function salvageCsv(source: Source, spool: Spool, signal?: AbortSignal): Promise<Salvaged> {
  const rejected: Record<string, number> = {}
  const first: { line: number; reason: string }[] = []
  const onReject = (line: number, reason: string): void => {
    rejected[reason] = (rejected[reason] ?? 0) + 1
    if (first.length < MAX_FIRST) first.push({ line, reason })
  }
  try {
    const path = await writeGzip(cleanRecords(source, onReject), { spool, name: source.name, signal })
    return { source: { ...source, path, compression: 'gzip' }, rejected, first }
  } catch (error) {
    throw asScanError(error, { spool, name: source.name, signal })
  }
}

async function* cleanRecords(source: Source, onReject: (line: number, reason: string) => void): AsyncGenerator<Buffer> {
  const dialect = source.dialect!
  let written: string[] = []
  for await (const { line, text, isOpen } of recordsOf(source, dialect)) {
    const lines = text.split('\n').length
    const clean = isOpen ? REASONS.openQuote : cleanRecord(text, dialect)
    if (typeof clean === 'string') {
      onReject(line, clean)
      written.push('\n'.repeat(lines)) // blank lines keep the others where they were
    } else written.push(clean.fields === null ? '\n'.repeat(lines) : `${toCsv(clean.fields, dialect)}\n`)
    if (written.length >= 1000) {
      yield Buffer.from(written.join(''))
      written = []
    }
  }
  yield Buffer.from(written.join(''))
}

/** The fields of one record, filled up to the header; `null` fields for a blank line; a reason if it is bad. */
function cleanRecord(
  text: string,
  { delimiter, quote, header }: CsvDialect,
): { readonly fields: string[] | null } | string {
  if (text.trim() === '') return { fields: null }
  let fields: string[]
  try {
    fields = text.includes(quote)
      ? ((parse(text, { delimiter, quote, escape: quote, relax_column_count: true }) as string[][])[0] ?? [])
      : text.split(delimiter)
  } catch {
    return REASONS.malformed
  }
  if (fields.slice(header.length).some((field) => field.trim() !== '')) return REASONS.tooMany
  return { fields: Array.from(header, (_, i) => fields[i] ?? '') }
}

const toCsv = (fields: readonly string[], { delimiter, quote }: CsvDialect): string =>
  fields
    .map((field) =>
      field.includes(delimiter) || field.includes(quote) || /[\r\n]/.test(field)
        ? `${quote}${field.replaceAll(quote, quote + quote)}${quote}`
        : field,
    )
    .join(delimiter)

interface TextRecord {
  /** 1-based physical line on which the record begins. */
  readonly line: number
  /** Without its line end. */
  readonly text: string
  /** Its quote is never closed: only its first line is taken. */
  readonly isOpen: boolean
}

/** The header comes out as blank records, so that lines keep their numbers. */
async function* recordsOf(source: Source, dialect: CsvDialect): AsyncGenerator<TextRecord> {
  const pending: string[] = []
  let start = 1
  let line = 0
  for await (const text of linesOf(source)) {
    line++
    if (line <= dialect.headerLines) {
      yield { line, text: '', isOpen: false }
      start = line + 1
      continue
    }
    pending.push(text)
    while (pending.length > 0) {
      const end = recordEnd(pending, dialect)
      if (end === 0 && pending.length < MAX_RECORD_LINES && characters(pending) < MAX_RECORD_CHARACTERS) break
      const taken = pending.splice(0, Math.max(1, end))
      yield { line: start, text: taken.join('\n'), isOpen: end === 0 }
      start += taken.length
    }
  }
  while (pending.length > 0) {
    const end = recordEnd(pending, dialect)
    const taken = pending.splice(0, Math.max(1, end))
    yield { line: start, text: taken.join('\n'), isOpen: end === 0 }
    start += taken.length
  }
}

const characters = (lines: readonly string[]): number => lines.reduce((sum, { length }) => sum + length, 0)

/**
 * Number of lines after which all quotes are closed; 0 if they are not yet. Several lines that make no record together
 * were not one: a stray quote ran on to the next, and only its own line is bad.
 */
function recordEnd(lines: readonly string[], dialect: CsvDialect): number {
  let isOpen = false
  for (const [i, text] of lines.entries()) {
    for (let at = text.indexOf(dialect.quote); at >= 0; at = text.indexOf(dialect.quote, at + 1)) isOpen = !isOpen
    if (isOpen) continue
    return i > 0 && typeof cleanRecord(lines.slice(0, i + 1).join('\n'), dialect) === 'string' ? 1 : i + 1
  }
  return 0
}

async function* linesOf({ path, compression }: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of readText(path, compression)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    for (const text of lines) yield text.endsWith('\r') ? text.slice(0, -1) : text
  }
  if (rest !== '') yield rest
}
