import type { Severity } from '../model.ts'
import type { PieceRenderer, Renderer } from './renderer.ts'

export type { Renderer, ReportStyle } from './renderer.ts'

/** One way to print a result. */
export interface ReportKind {
  /** Loaded on demand: a format that is not asked for costs nothing. */
  readonly load: () => Promise<Renderer>
  /** The same, piece by piece, where a report may be too large for one text. */
  readonly loadPieces?: () => Promise<PieceRenderer>
  /** What is shown when `--min-severity` is not given: people see what needs a look, programs see all. */
  readonly minSeverity: Severity
  /** Endings of file names that ask for it, in lower case, with the dot. */
  readonly endings: readonly string[]
}

/** The output formats by name. */
export const reports = {
  table: {
    load: async () => (await import('./table.ts')).renderTable,
    minSeverity: 'medium',
    endings: ['.txt'],
  },
  json: {
    load: async () => (await import('./json.ts')).renderJson,
    loadPieces: async () => (await import('./json.ts')).jsonPieces,
    minSeverity: 'low',
    endings: ['.json'],
  },
  ndjson: {
    load: async () => (await import('./ndjson.ts')).renderNdjson,
    loadPieces: async () => (await import('./ndjson.ts')).ndjsonPieces,
    minSeverity: 'low',
    endings: ['.ndjson', '.jsonl'],
  },
  html: {
    load: async () => (await import('./html.ts')).renderHtml,
    minSeverity: 'medium',
    endings: ['.html', '.htm'],
  },
  markdown: {
    load: async () => (await import('./markdown.ts')).renderMarkdown,
    minSeverity: 'medium',
    endings: ['.md', '.markdown'],
  },
  csv: {
    load: async () => (await import('./csv.ts')).renderCsv,
    minSeverity: 'low',
    endings: ['.csv'],
  },
  stix: {
    load: async () => (await import('./stix.ts')).renderStix,
    minSeverity: 'medium',
    endings: ['.stix.json', '.stix'],
  },
  gexf: {
    load: async () => (await import('./gexf.ts')).renderGexf,
    minSeverity: 'low',
    endings: ['.gexf'],
  },
  timesketch: {
    load: async () => (await import('./timesketch.ts')).renderTimesketch,
    minSeverity: 'low',
    endings: ['.timesketch.csv'],
  },
} as const satisfies Record<string, ReportKind>

export type ReportFormat = keyof typeof reports

export const REPORT_FORMATS = Object.keys(reports) as readonly ReportFormat[]

const byEnding: readonly (readonly [string, ReportFormat])[] = REPORT_FORMATS.flatMap((format) =>
  reports[format].endings.map((ending) => [ending, format] as const),
).sort(([a], [b]) => b.length - a.length)

/** Every ending that a format answers to, the longest first. */
export const REPORT_ENDINGS: readonly string[] = byEnding.map(([ending]) => ending)

/** The format that the ending of a file's name asks for, the longest ending first; `null` for any other name. */
export function formatOfName(name: string): ReportFormat | null {
  const lower = name.toLowerCase()
  return byEnding.find(([ending]) => lower.endsWith(ending))?.[1] ?? null
}
