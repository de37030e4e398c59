import { parse } from 'csv-parse/sync'
import type { NamedText, Problem } from './place.ts'

/** One record of a CSV file. */
export interface Row {
  /** The line on which it begins, 1-based. */
  readonly line: number
  /** Without blanks at either end, as ids are read from logs. */
  readonly cells: readonly string[]
}

/** Ends of lines may be mixed: a file that several hands add to. */
const LINE_ENDS = ['\r\n', '\n', '\r']

interface Parsed {
  readonly record: readonly string[]
  /** The line on which the record ends. */
  readonly info: { readonly lines: number }
}

/** The records of a text, blank lines left out; a {@link Problem} for what is not CSV. */
export function readRows({ name, text }: NamedText): readonly Row[] | Problem {
  try {
    const options = {
      bom: true,
      trim: true,
      record_delimiter: LINE_ENDS,
      relax_column_count: true,
      info: true,
    } as const
    const found = parse(text, options) as unknown as readonly Parsed[] // `info` wraps every record; the types do not know
    // Blank lines are records too, so a record begins right behind the one before.
    const rows = found.map(({ record }, i) => ({
      line: (found[i - 1]?.info.lines ?? 0) + 1,
      cells: record.map((cell) => cell.trim()),
    }))
    return rows.filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (error) {
    const lines = (error as { lines?: unknown }).lines
    return { name, line: typeof lines === 'number' ? lines : 1, what: 'is not readable as CSV: check its quotes' }
  }
}
