import type { NamedText, Problem } from './place.ts'
import { type Row, readRows } from './rows.ts'

/** One record by the names of its columns. */
export interface TableRecord {
  readonly name: string
  readonly line: number
  /** The cell of a column; empty where the file has none. */
  cell(column: string): string
}

export interface Table {
  readonly records: readonly TableRecord[]
  readonly problems: readonly Problem[]
}

/** What a kind of file looks like. */
export interface TableShape {
  /** Every name that its header may hold, in lower case. */
  readonly columns: readonly string[]
  readonly required: readonly string[]
  /** What is wrong with a header that belongs to another kind of file; `null` for any other. */
  mistaken(header: readonly string[]): string | null
}

/**
 * A CSV file with a header, its columns in any order. A header that does not fit is the only problem of its file: what
 * is below it has no meaning. A header without a record is a table without records.
 */
export function readTable(file: NamedText, shape: TableShape): Table {
  const rows = readRows(file)
  if ('what' in rows) return { records: [], problems: [rows] }
  const [first, ...others] = rows
  const { name } = file
  if (first === undefined) return wrong({ name, line: 1, what: 'has not even a header' })
  const header = first.cells.map((cell) => cell.toLowerCase())
  const what = headerProblem(header, shape)
  if (what !== null) return wrong({ name, line: first.line, what })
  return {
    records: others.filter(fits(header)).map(({ line, cells }) => ({
      name,
      line,
      cell: (column) => cells[header.indexOf(column)] ?? '',
    })),
    problems: others
      .filter((row) => !fits(header)(row))
      .map(({ line, cells }) => ({ name, line, what: lengthWords(cells.length, header.length) })),
  }
}

const wrong = (problem: Problem): Table => ({ records: [], problems: [problem] })

/** A record with a comma too many would put its owner under another name. */
const fits =
  (header: readonly string[]) =>
  ({ cells }: Row): boolean =>
    cells.length === header.length

const lengthWords = (found: number, wanted: number): string =>
  `has ${found} ${found === 1 ? 'field' : 'fields'}, the header ${wanted}`

/** Columns are named by number: a first line that is a record may hold anything. */
function headerProblem(header: readonly string[], { columns, required, mistaken }: TableShape): string | null {
  const other = mistaken(header)
  if (other !== null) return other
  if (!header.some((each) => columns.includes(each))) return 'is no header'
  const unknown = header.flatMap((each, i) => (columns.includes(each) ? [] : [i + 1]))
  if (unknown.length > 0) return `names an unknown column, number ${unknown.slice(0, 9).join(', ')}`
  const twice = header.find((each, i) => header.indexOf(each) !== i)
  if (twice !== undefined) return `names the column ${twice} twice`
  const missing = required.filter((each) => !header.includes(each))
  return missing.length === 0 ? null : `names no column ${missing.join(', ')}`
}
