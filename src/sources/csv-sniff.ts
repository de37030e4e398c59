import { parse } from 'csv-parse/sync'
import { type CsvDialect, columnKeys } from './source.ts'

const DELIMITERS = [',', '\t', ';', '|'] as const
/** Text in which the delimiter is chosen, characters. */
const SHORT_HEAD = 16_384
/** Rows above the header that may be a title or a note. */
const MAX_TITLE_ROWS = 20
/** Rows in which the delimiter is chosen. */
const MAX_ROWS = 100

export interface CsvHead {
  readonly dialect: CsvDialect
  /** Records below the header, keyed by `columnKeys`. */
  readonly sample: readonly Readonly<Record<string, string>>[]
}

/** Why a text is not taken as a table; there is no header to be trusted, so no content to show. */
export type NotTable = 'no columns' | 'no header'

interface Row {
  readonly fields: readonly string[]
  /** Physical line on which the row ends, 1-based. */
  readonly endLine: number
}

export interface CsvSniffOptions {
  readonly maxRecords: number
  /** Names for the columns of a table without a header. */
  readonly columns?: readonly string[]
}

/**
 * Reads the dialect and the first records of delimited text: delimiter among comma, tab, semicolon and bar, quote `"`
 * (or `'` when the text has only those), header in the first row, or below a few title rows that are much shorter.
 *
 * @param text the head of the file without a byte order mark
 * @param isWhole whether `text` is all of the file; if not, its last row may be cut and is dropped
 */
export function sniffCsv(given: string, isWhole: boolean, options: CsvSniffOptions): CsvHead | NotTable {
  const named = /^sep=(.)\r?\n/i.exec(given) // how a table program is told the delimiter
  const text = named === null ? given : given.slice(named[0].length)
  const quote = !text.includes('"') && /^\s*'[^'\n]*'\s*[,;|\t]/.test(text) ? "'" : '"'
  const isEscaped = escapesWithBackslash(text, quote)
  const delimiter = named?.[1] ?? chooseDelimiter(text, quote, isWhole)
  const how = { delimiter: delimiter ?? ',', quote, ...(isEscaped ? { escapeChar: '\\' as const } : {}) }
  if (delimiter === null) return sniffSingleColumn(text, how, isWhole, options.maxRecords)
  const rows = readRows({ text, ...how, isWhole, limit: options.maxRecords + MAX_TITLE_ROWS + 1 })
  const table = readTable(rows, how, options)
  if (named === null || typeof table === 'string') return table
  return { ...table, dialect: { ...table.dialect, headerLines: table.dialect.headerLines + 1 } }
}

/** As databases do it: a quote behind a backslash and no doubled one, or `\\N` for nothing beside escaped tabs and lines. */
const escapesWithBackslash = (text: string, quote: string): boolean =>
  (text.includes(`\\${quote}`) && !text.includes(`${quote}${quote}`)) || /(?:^|\t)\\N(?:\t|\r?$)/m.test(text)

/** A list of values under one name. A text without a delimiter is more often no table at all, so the name must look like one. */
function sniffSingleColumn(text: string, how: How, isWhole: boolean, maxRecords: number): CsvHead | NotTable {
  const rows = readRows({ text, ...how, isWhole, limit: maxRecords + 1 })
  const name = rows[0]?.fields.join(',').trim() ?? ''
  return /^[\w.@ -]{1,64}$/.test(name) ? readTable(rows, how, { maxRecords }) : 'no columns'
}

type How = Pick<CsvDialect, 'delimiter' | 'quote' | 'escapeChar'>

function readTable(rows: readonly Row[], how: How, { maxRecords, columns }: CsvSniffOptions): CsvHead | NotTable {
  const headerAt = findHeader(rows, commonWidth(rows))
  const headerRow = rows[headerAt]
  if (headerRow === undefined) return 'no columns'
  const header = headerRow.fields.map((name) => name.trim())
  if (!header.some(looksLikeData))
    return toHead(rows.slice(headerAt + 1), { ...how, header, headerLines: headerRow.endLine }, maxRecords)
  if (columns === undefined || columns.length !== commonWidth(rows)) return 'no header'
  return toHead(rows, { ...how, header: columns, headerLines: 0 }, maxRecords)
}

function toHead(rows: readonly Row[], dialect: CsvDialect, maxRecords: number): CsvHead {
  const keys = columnKeys(dialect.header)
  const sample = rows
    .slice(0, maxRecords)
    .map(({ fields }) => Object.fromEntries(keys.slice(0, fields.length).map((key, i) => [key, fields[i]!])))
  return { dialect, sample }
}

/** The delimiter that cuts most rows into the same number of columns, more columns first; `null` if none cuts half. */
function chooseDelimiter(text: string, quote: string, isWhole: boolean): string | null {
  let best: { delimiter: string | null; score: number } = { delimiter: null, score: 0 }
  const short = text.slice(0, SHORT_HEAD)
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue
    let rows = readRows({ text: short, delimiter, quote, isWhole: isWhole && short === text, limit: MAX_ROWS })
    if (rows.length < 2) rows = readRows({ text, delimiter, quote, isWhole, limit: MAX_TITLE_ROWS })
    const width = commonWidth(rows)
    const headerAt = findHeader(rows, width)
    const share = rows.filter(({ fields }) => fields.length === width).length / Math.max(rows.length - headerAt, 1)
    const score = width < 2 || share < 0.5 ? 0 : share * Math.log2(width) * (headerAt === 0 ? 1 : 0.3)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** The number of fields that most rows of two fields or more have, the larger one on a tie; 1 without such rows. */
function commonWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>()
  for (const { fields } of rows) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  counts.delete(1)
  let best = 1
  for (const [width, count] of counts) {
    const bestCount = counts.get(best) ?? 0
    if (count > bestCount || (count === bestCount && width > best)) best = width
  }
  return best
}

/** Position of the first row that is not much narrower than the table. */
function findHeader(rows: readonly Row[], width: number): number {
  const at = rows.slice(0, MAX_TITLE_ROWS + 1).findIndex(({ fields }) => fields.length * 2 > width)
  return Math.max(at, 0)
}

const DATA = [
  /^[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?$/i,
  /^\d{4}-\d\d-\d\d(?:[T ]|$)/,
  /^\d{1,3}(?:\.\d{1,3}){3}$/,
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^[{[]|:\/\/|^[^@\s]+@[^@\s]+\.[a-z]+$/i,
  /^.{129}/s,
]

/** Whether a cell can hardly be a column's name: a number, date, address, UUID, JSON, URL, mail address, or long. */
const looksLikeData = (cell: string): boolean => DATA.some((pattern) => pattern.test(cell))

interface ReadRows {
  readonly text: string
  readonly delimiter: string
  readonly quote: string
  readonly escapeChar?: '\\'
  readonly isWhole: boolean
  readonly limit: number
}

/** The first rows; blank lines are skipped, ragged rows kept. A broken quote ends the list. */
function readRows({ text, delimiter, quote, escapeChar, isWhole, limit }: ReadRows): Row[] {
  const rows: Row[] = []
  let isCut = !isWhole
  try {
    parse(text, {
      delimiter,
      quote,
      escape: escapeChar ?? quote,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: limit,
      on_record: (fields: string[], context) => {
        rows.push({ fields, endLine: context.lines })
        return null
      },
    })
  } catch {
    isCut = false // the row that is not finished was not handed over
  }
  if (isCut && rows.length > 0 && rows.length < limit) rows.pop()
  return rows
}
