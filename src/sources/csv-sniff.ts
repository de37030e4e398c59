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

/**
 * Reads the dialect and the first records of delimited text: delimiter among comma, tab, semicolon and bar, quote `"`
 * (or `'` when the text has only those), header in the first row, or below a few title rows that are much shorter.
 *
 * @param text the head of the file without a byte order mark
 * @param isWhole whether `text` is all of the file; if not, its last row may be cut and is dropped
 */
export function sniffCsv(text: string, isWhole: boolean, maxRecords: number): CsvHead | NotTable {
  const quote = !text.includes('"') && /^\s*'[^'\n]*'\s*[,;|\t]/.test(text) ? "'" : '"'
  const delimiter = chooseDelimiter(text, quote, isWhole)
  if (delimiter === null) return sniffSingleColumn(text, quote, isWhole, maxRecords)
  const rows = readRows({ text, delimiter, quote, isWhole, limit: maxRecords + MAX_TITLE_ROWS + 1 })
  return readTable(rows, { delimiter, quote }, maxRecords)
}

/** A list of values under one name. A text without a delimiter is more often no table at all, so the name must look like one. */
function sniffSingleColumn(text: string, quote: string, isWhole: boolean, maxRecords: number): CsvHead | NotTable {
  const rows = readRows({ text, delimiter: ',', quote, isWhole, limit: maxRecords + 1 })
  const name = rows[0]?.fields.join(',').trim() ?? ''
  return /^[\w.@ -]{1,64}$/.test(name) ? readTable(rows, { delimiter: ',', quote }, maxRecords) : 'no columns'
}

function readTable(
  rows: readonly Row[],
  how: { delimiter: string; quote: string },
  maxRecords: number,
): CsvHead | NotTable {
  const headerAt = findHeader(rows, commonWidth(rows))
  const headerRow = rows[headerAt]
  if (headerRow === undefined) return 'no columns'
  const header = headerRow.fields.map((name) => name.trim())
  if (header.some(looksLikeData)) return 'no header'
  const keys = columnKeys(header)
  const records = rows.slice(headerAt + 1, headerAt + 1 + maxRecords)
  return {
    dialect: { ...how, header, headerLines: headerRow.endLine },
    sample: records.map(({ fields }) =>
      Object.fromEntries(keys.slice(0, fields.length).map((key, i) => [key, fields[i]!])),
    ),
  }
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
  readonly isWhole: boolean
  readonly limit: number
}

/** The first rows; blank lines are skipped, ragged rows kept. A broken quote ends the list. */
function readRows({ text, delimiter, quote, isWhole, limit }: ReadRows): Row[] {
  const rows: Row[] = []
  let isCut = !isWhole
  try {
    parse(text, {
      delimiter,
      quote,
      escape: quote,
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
