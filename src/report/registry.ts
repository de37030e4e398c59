import type { Severity } from '../model.ts'
import type { Renderer } from './renderer.ts'

export type { Renderer, ReportStyle } from './renderer.ts'

/** The output formats by name, loaded on demand, so that `--format json` never pays for the table library. */
export const renderers = {
  table: async () => (await import('./table.ts')).renderTable,
  json: async () => (await import('./json.ts')).renderJson,
  ndjson: async () => (await import('./ndjson.ts')).renderNdjson,
} as const satisfies Record<string, () => Promise<Renderer>>

export type ReportFormat = keyof typeof renderers

export const REPORT_FORMATS = Object.keys(renderers) as readonly ReportFormat[]

/** What each format shows when `--min-severity` is not given: people see what needs a look, programs see all. */
export const defaultMinSeverity = {
  table: 'medium',
  json: 'low',
  ndjson: 'low',
} as const satisfies Record<ReportFormat, Severity>
