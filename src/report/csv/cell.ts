import { safeText } from '../safe-text.ts'

/**
 * What makes a spreadsheet take a text for a formula: `=`, `+`, `-`, `@`, their full-width, small and raised forms (which
 * some spreadsheets fold into them), and the minus sign. OWASP, "CSV Injection". A tab or carriage return in front, which
 * that page names too, is a visible escape by then. Blanks in front do not help: some spreadsheets take them off.
 */
const FORMULA_START = /^\s*[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−]/u

/** Quotes, separators (of those who open the file with another one too), and blanks at an end, which readers take off. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/u

/** A spreadsheet's cell holds 32,767 characters (Excel, "Specifications and limits"); one is left for the apostrophe. */
const MAX_LENGTH = 32_766

/**
 * One cell of a CSV file: RFC 4180 quoting (section 2, rules 5 to 7), formulas neutralised by a leading apostrophe, and
 * whatever a terminal would obey or hide written as `\u{...}`, line breaks among it: a row is one line.
 *
 * A neutralised or escaped text is no longer the value that was in the log; the JSON document has that.
 *
 * @param value a number stays one, so that it can be sorted and summed; `null`, and a number that is not finite, is an
 *   empty cell
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const shown = safeText(value, { maxLength: MAX_LENGTH })
  const inert = FORMULA_START.test(shown) ? `'${shown}` : shown
  return NEEDS_QUOTES.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
