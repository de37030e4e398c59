import type { ScanResult, Severity } from '../model.ts'

/** What a terminal can show and what the user asked to see; decided once in `cli/`, never by a renderer. */
export interface ReportStyle {
  /** Columns that a line may fill; renderers wrap to it and treat less than 60 as 60. */
  readonly width: number
  /** Whether ANSI colours may be used; they never carry meaning alone. */
  readonly color: boolean
  /** Whether characters outside ASCII may be printed. */
  readonly unicode: boolean
  /** The severity below which networks were left out; a report says so. */
  readonly minSeverity: Severity
  /** The number of networks after which the rest was left out; `null` without a limit. */
  readonly top: number | null
  /** Networks that are described in full below the table. */
  readonly details: number
}

/** The same text in pieces, for a format whose reports may be larger than what is worth holding. */
export type PieceRenderer = (result: ScanResult, style: ReportStyle) => Iterable<string>

/** Pure: a result in, the complete text out, newline-terminated. No I/O, no clock, no colour detection. */
export type Renderer = (result: ScanResult, style: ReportStyle) => string
