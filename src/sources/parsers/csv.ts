import { parse } from 'csv-parse/sync'
import { type CsvDialect, columnKeys } from '../source.ts'
import { bad, createLineGatherer, good, type RawRecord, REASONS, type RecordParser } from './parser.ts'

/** Lines that one quoted record may span before its open quote is taken for damage. */
const MAX_RECORD_LINES = 1000
const MAX_RECORD_CHARACTERS = 1 << 20

/** Records that the library reads in one call; each by itself costs ten times as much. */
const BATCH = 500

/** What databases and table programs write below a table; it is no record. */
const FOOTER =
  /^\s*"?(?:\(\d+ rows?\)|\d+ rows? (?:selected|in set|returned)\b.*|(?:grand )?total\b.*|rows affected:.*|-{3,})"?\s*$/i

/** A record as text, before its fields are told apart. */
interface TextRecord {
  readonly line: number
  readonly text: string
}

/**
 * Delimited text, record by record. Fewer fields than columns are filled up with nothing; more are a reject unless what is
 * too much is blank, since a delimiter that was not quoted moves every value behind it. A quote that never closes costs its
 * line, not the file.
 */
export function createCsvParser(dialect: CsvDialect): RecordParser {
  const gatherer = createLineGatherer()
  const readBatch = createBatchReader(dialect)
  let line = 0
  let start = 0
  const pending: string[] = []
  let characters = 0
  let batch: TextRecord[] = []
  const take = (text: string, out: RawRecord[]): void => {
    line++
    if (line <= dialect.headerLines) return
    if (pending.length === 0) start = line
    pending.push(text)
    characters += text.length
    drain(false, out)
  }
  const drain = (isEnd: boolean, out: RawRecord[]): void => {
    while (pending.length > 0) {
      const end = recordEnd(pending, dialect)
      const mayWait = pending.length < MAX_RECORD_LINES && characters < MAX_RECORD_CHARACTERS && !isEnd
      if (end === 0 && mayWait) return
      const taken = pending.splice(0, Math.max(1, end))
      characters = pending.reduce((sum, { length }) => sum + length, 0)
      if (end === 0) {
        out.push(...readBatch(batch), bad(start, REASONS.openQuote))
        batch = []
      } else batch.push({ line: start, text: taken.join('\n') })
      start += taken.length
    }
    if (batch.length < BATCH && !isEnd) return
    out.push(...readBatch(batch))
    batch = []
  }
  return {
    push(text, endsLine, out) {
      const whole = gatherer.take(text, endsLine)
      if (whole === null) return
      if (!whole.isTooLong) return take(whole.line, out)
      drain(true, out)
      out.push(bad(++line, REASONS.tooLong))
    },
    end(out) {
      const whole = gatherer.take('', true)
      if (whole !== null && whole.line !== '') take(whole.line, out)
      drain(true, out)
    },
  }
}

/**
 * Number of lines after which all quotes are closed; 0 if they are not yet. Several lines that make no record together
 * were not one: a stray quote ran on to the next, and only its own line is bad.
 */
function recordEnd(lines: readonly string[], dialect: CsvDialect): number {
  const { quote } = dialect
  let isOpen = false
  for (const [i, text] of lines.entries()) {
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (dialect.escapeChar === '\\' && text.charCodeAt(at - 1) === 0x5c) continue
      isOpen = !isOpen
    }
    if (isOpen) continue
    return i > 0 && fieldsOf(lines.slice(0, i + 1).join('\n'), dialect) === null ? 1 : i + 1
  }
  return 0
}

const optionsOf = ({ delimiter, quote, escapeChar }: CsvDialect) => ({
  delimiter,
  quote,
  escape: escapeChar ?? quote,
  relax_column_count: true,
  skip_empty_lines: false,
})

function fieldsOf(text: string, dialect: CsvDialect): string[] | null {
  if (!text.includes(dialect.quote)) return text.split(dialect.delimiter)
  try {
    return (parse(text, optionsOf(dialect)) as string[][])[0] ?? []
  } catch {
    return null
  }
}

function createBatchReader(dialect: CsvDialect) {
  const keys = columnKeys(dialect.header)
  const toRecord = (fields: readonly string[], line: number): RawRecord => {
    if (fields.slice(keys.length).some((field) => field.trim() !== '')) return bad(line, REASONS.tooMany)
    const record: Record<string, unknown> = {}
    for (const [i, key] of keys.entries()) record[key] = unescaped(fields[i] ?? '', dialect)
    return good(line, record)
  }
  return (batch: readonly TextRecord[]): RawRecord[] => {
    const records = batch.filter(({ text }) => text.trim() !== '' && !isFooter(text, dialect))
    const together = records.some(({ text }) => text.includes(dialect.quote)) ? allFields(records, dialect) : null
    return records.map(({ line, text }, i) => {
      const fields = together?.[i] ?? fieldsOf(text, dialect)
      return fields === null ? bad(line, REASONS.malformed) : toRecord(fields, line)
    })
  }
}

/** A line below the table that has no other columns. */
const isFooter = (text: string, { delimiter, header }: CsvDialect): boolean =>
  header.length > 1 &&
  FOOTER.test(
    text
      .split(delimiter)
      .filter((field) => field.trim() !== '')
      .join(' '),
  ) &&
  text.split(delimiter).filter((field) => field.trim() !== '').length <= 2

/** The fields of all records from one call; `null` if the library does not see the same records. */
function allFields(records: readonly TextRecord[], dialect: CsvDialect): readonly string[][] | null {
  try {
    const rows = parse(records.map(({ text }) => text).join('\n'), {
      ...optionsOf(dialect),
      record_delimiter: '\n',
    }) as string[][]
    return rows.length === records.length ? rows : null
  } catch {
    return null
  }
}

/** What a database's own text format escapes; `\N` stays, and is a spelling of "missing". */
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\', b: '\b', f: '\f', v: '\v' }

const unescaped = (field: string, { escapeChar }: CsvDialect): string =>
  escapeChar === '\\' && field.includes('\\') && field !== '\\N'
    ? field.replace(/\\([tnrbfv\\])/g, (_, letter: string) => ESCAPES[letter]!)
    : field
