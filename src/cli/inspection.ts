import { type Column, listColumns, sampleValues } from '../formats/columns.ts'
import { canonicalField } from '../formats/fields.ts'
import { isPlaceholder } from '../formats/placeholders.ts'
import type { Coverage } from '../model.ts'
import { shortenValue } from '../report/redact.ts'
import type { Source } from '../sources/source.ts'

/** How one canonical field is filled. */
export interface FilledField {
  readonly field: string
  /** Columns that fill it, best first, nested ones with dots. */
  readonly columns: readonly string[]
  /** Share of the sampled records in [0, 1] in which one of them holds a value. */
  readonly filled: number
}

/** How one file is read. */
export interface FileInspection {
  readonly path: string
  readonly role: 'log' | 'accounts'
  /** `ndjson`, `csv` or `tsv`. */
  readonly format: string
  readonly compression: string
  readonly bytes: number
  /** `null` unless the file is delimited. */
  readonly dialect: null | { readonly delimiter: string; readonly quote: string; readonly headerLines: number }
  /** Why the file is copied before it is read; `null` when it is read where it is. */
  readonly rewritten: string | null
  readonly sampledRecords: number
  readonly fields: readonly FilledField[]
  /** Columns that fill nothing. */
  readonly unusedColumns: readonly string[]
  /** Why the file cannot be scanned, and what to do; `null` if it can. */
  readonly problem: null | { readonly message: string; readonly hint: string }
  readonly notes: readonly string[]
  /** One record by canonical field, values shortened. */
  readonly example: Readonly<Record<string, string>>
}

export interface Inspection {
  readonly schemaVersion: 1
  readonly files: readonly FileInspection[]
  /** Which evidence families these files together allow. */
  readonly families: readonly Coverage[]
}

/** What is known of a file that was recognised and mapped. */
export interface InspectedFile {
  readonly source: Pick<Source, 'name' | 'role' | 'bytes' | 'compression' | 'container' | 'dialect' | 'sample'>
  readonly rewritten: string | null
  readonly columnsOf: ReadonlyMap<string, readonly Column[]>
  readonly problem: FileInspection['problem']
  readonly notes: readonly string[]
}

export function describeFile({ source, rewritten, columnsOf, problem, notes }: InspectedFile): FileInspection {
  const { name, role, container, compression, bytes, dialect, sample } = source
  const used = new Set([...columnsOf.values()].flatMap((columns) => columns.map((column) => column.name)))
  const unused = listColumns(source).filter((column) => !used.has(column.name))
  return {
    path: name,
    role,
    format: container === 'csv' && dialect?.delimiter === '\t' ? 'tsv' : container,
    compression,
    bytes,
    dialect: dialect && { delimiter: dialect.delimiter, quote: dialect.quote, headerLines: dialect.headerLines },
    rewritten,
    sampledRecords: sample.length,
    fields: [...columnsOf].map(([field, columns]) => ({
      field,
      columns: columns.map((column) => column.name),
      filled: filledShare(source, columns),
    })),
    unusedColumns: unused.map((column) => column.name),
    problem: problem && { message: problem.message, hint: problem.hint },
    notes,
    example: exampleOf(source, columnsOf),
  }
}

type Sampled = Pick<Source, 'dialect' | 'sample'>

function filledShare(source: Sampled, columns: readonly Column[]): number {
  const filled = source.sample.filter((record) => firstValue({ ...source, sample: [record] }, columns) !== null)
  return source.sample.length === 0 ? 0 : Math.round((filled.length / source.sample.length) * 1000) / 1000
}

/** The first value that is there, in the order of the columns. */
function firstValue(source: Sampled, columns: readonly Column[]): string | null {
  for (const column of columns) {
    const [value] = sampleValues(source, column)
    const text = value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
    if (!isPlaceholder(text)) return text
  }
  return null
}

/** The sampled record that fills most fields, the first of equals. */
function exampleOf(source: Sampled, columnsOf: InspectedFile['columnsOf']): Record<string, string> {
  let best: [string, string][] = []
  for (const record of source.sample) {
    const entries: [string, string][] = []
    for (const [field, columns] of columnsOf) {
      const value = firstValue({ ...source, sample: [record] }, columns)
      if (value !== null) entries.push([field, shown(field, value)])
    }
    if (entries.length > best.length) best = entries
  }
  return Object.fromEntries(best)
}

/** A prompt is never shown; personal data are shortened as in a report. */
function shown(field: string, value: string): string {
  if (canonicalField(field)?.role === 'text') return `(text of ${value.length} characters)`
  return shortenValue(field, value)
}
