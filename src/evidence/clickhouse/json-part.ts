import { literal } from './encode.ts'

/**
 * A part of JSON in a text, as a Nullable(String): a text without its quotes, a number as DuckDB writes it, anything else as
 * it is. The server writes numbers in its own way (`1.0` as `1`), and takes a text with one that is too long for no JSON at
 * all, so numbers are quoted before, where there is such a one.
 *
 * @param text SQL of a String
 */
export function jsonPartText(text: string, path: readonly string[]): string {
  const keys = path.map(literal).join(', ')
  const plain = `if(match(${text}, ${literal(ODD_NUMBER)}), ${withQuotedNumbers(text)}, ${text})`
  const raw = `JSONExtractRaw(${plain}, ${keys})`
  const value = `JSONExtractString(${plain}, ${keys})`
  return `multiIf(${raw} IN ('', 'null'), NULL, startsWith(${raw}, ${literal(`"${SIGN}`)}), ${numberText(`substring(${value}, ${SIGN.length + 1})`)},
    startsWith(${raw}, '"'), ${value}, replaceRegexpAll(${raw}, ${literal(`"${SIGN}([^"]*)"`)}, ${literal('\\1')}))`
}

/** Stands before a number that was quoted. */
const SIGN = 'ds_number '

/** A number that the server would write in another way, or could not read; what looks alike in a text does no harm. */
const ODD_NUMBER = '[:,\\[]\\s*(?:-?[0-9]+(?:[.eE]|[0-9]{18})|-0)'

/** Texts of JSON, and all that stands between them; numbers are nowhere else. */
const TOKEN = '"(?:[^"\\\\]|\\\\.)*"|[^"]+'
const NUMBER = '-?[0-9][0-9.eE+-]*'

const withQuotedNumbers = (text: string): string =>
  `arrayStringConcat(arrayMap(ds_token -> if(startsWith(ds_token, '"'), ds_token,
    replaceRegexpAll(ds_token, ${literal(NUMBER)}, ${literal(`"${SIGN}\\0"`)})), extractAll(${text}, ${literal(TOKEN)})))`

/** A double in its shortest form, with a point; a whole number as it is, however long. */
function numberText(number: string): string {
  const double = `toString(toFloat64OrZero(${number}))`
  return `multiIf(match(${number}, '[.eE]'), if(match(${double}, '[.e]'), ${double}, concat(${double}, '.0')), ${number} = '-0', '0', ${number})`
}
