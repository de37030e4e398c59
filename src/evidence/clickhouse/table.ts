import type { FieldMapping } from '../../formats/format.ts'
import type { ColumnType } from './column-type.ts'
import type { Server } from './server.ts'

/** A half-open window of instants, epoch milliseconds; `null` for no bound. */
export interface Window {
  readonly sinceMs: number | null
  readonly untilMs: number | null
}

export const NO_WINDOW: Window = { sinceMs: null, untilMs: null }

export const hasWindow = ({ sinceMs, untilMs }: Window): boolean => sinceMs !== null || untilMs !== null

/** A table of the server, as it is read. */
export interface Table {
  /** Quoted, for FROM. */
  readonly from: string
  readonly columns: ReadonlyMap<string, ColumnType>
  readonly mapping: FieldMapping
  readonly server: Server
  readonly window: Window
  /** Whether stamps without a zone are UTC; those of other zones are read here, and not on the server. */
  readonly isUtc: boolean
  /** Letters whose small form is another one, and these forms, in the same order: what DuckDB takes them for. */
  readonly letters: Letters
}

export interface Letters {
  readonly capital: string
  readonly small: string
}
