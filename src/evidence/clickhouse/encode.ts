/**
 * The only place where text becomes SQL for ClickHouse. Old servers bind no parameters, so that values, too, pass through
 * {@link literal}; names of columns and tables through {@link identifier}.
 */

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '`': '\\`', '\0': '\\0' }

/** A single-quoted string. Half a surrogate pair, which no UTF-8 has, becomes U+FFFD. */
export const literal = (text: string): string =>
  `'${wellFormed(text).replaceAll(/[\\'\0]/g, (each) => ESCAPES[each]!)}'`

/** A name in backticks. */
export const identifier = (name: string): string =>
  `\`${wellFormed(name).replaceAll(/[\\`\0]/g, (each) => ESCAPES[each]!)}\``

const wellFormed = (text: string): string => Buffer.from(text).toString()

/** `(a, b, c)` of string literals, for IN. */
export const literalList = (texts: readonly string[]): string => `(${texts.map(literal).join(', ')})`

/** `db.table` or `table`, each part in backticks; a name that itself has a dot is given in backticks. */
export function tableName(text: string): string {
  const parts = [...text.matchAll(/`((?:[^`\\]|\\.)*)`|([^.`]+)/g)]
  return parts.map(([, quoted, plain]) => identifier(quoted ?? plain!)).join('.')
}
