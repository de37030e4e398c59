import { safeText } from '../safe-text.ts'

/**
 * What a spreadsheet takes for the beginning of a formula, full-width forms and blanks before it too. A tab or a line break in front is
 * written out before this is looked for. Source: OWASP, "CSV Injection".
 */
const FORMULA = /^ *[=+\-@＝＋－＠]/u

/** What a cell of a spreadsheet can hold, less the apostrophe. */
const MAX_LENGTH = 32_000

/**
 * One cell of a CSV. A text is quoted, its quotes doubled (RFC 4180, 2.7), with an apostrophe before what would be a
 * formula and with control, bidirectional and invisible characters written as `\u{...}`. A number stays a number.
 *
 * @param value `null`, and a number that is not finite, make an empty cell
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const shown = safeText(value, { maxLength: MAX_LENGTH })
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`
}
