import { Chalk } from 'chalk'
import type { Severity } from '../../model.ts'
import type { ReportStyle } from '../renderer.ts'
import { safeText } from '../safe-text.ts'

/** How the report writes: which characters and colours, and how a value from the log is made safe. */
export interface Pen {
  /** Columns to fill. */
  readonly width: number
  /** Whether characters outside ASCII may be printed. */
  readonly unicode: boolean
  /** A text from the log or about it, safe and bounded. */
  text(value: string, maxLength?: number): string
  severity(severity: Severity, text: string): string
  strong(text: string): string
  faint(text: string): string
  /** One column wide each, save the ellipsis in ASCII. */
  readonly rule: string
  readonly ellipsis: string
  /** Parts sentences on one line. */
  readonly bullet: string
}

const MIN_WIDTH = 60

export function createPen(style: ReportStyle): Pen {
  const paint = new Chalk({ level: style.color ? 1 : 0 })
  const bySeverity: Record<Severity, (text: string) => string> = {
    low: paint.dim,
    medium: paint.yellow,
    high: paint.red,
    critical: paint.bold.red,
  }
  return {
    width: Math.max(MIN_WIDTH, Math.floor(style.width)),
    unicode: style.unicode,
    text: (value, maxLength = 400) => safeText(value, { maxLength, ascii: !style.unicode }),
    severity: (severity, text) => bySeverity[severity](text),
    strong: (text) => paint.bold(text),
    faint: (text) => paint.dim(text),
    rule: style.unicode ? '─' : '-',
    ellipsis: style.unicode ? '…' : '...',
    bullet: style.unicode ? ' · ' : ' | ',
  }
}
