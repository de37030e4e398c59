import { ScanError } from '../../errors.ts'
import { printable } from '../../sources/printable.ts'

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

const PART = '`((?:[^`\\\\]|\\\\.)+)`|([^.`]+)'
const NAME = new RegExp(`^(?:${PART})(?:[.](?:${PART}))?$`, 'su')

/**
 * `db.table` or `table`, each part in backticks; a name that itself has a dot is given in backticks.
 *
 * @throws ScanError USAGE for what is no such name
 */
export function tableName(text: string): string {
  const match = NAME.exec(text)
  if (match === null) {
    throw new ScanError(
      'USAGE',
      `no name of a table: '${printable(text, 60)}'`,
      'Write table or database.table; a name with a dot in it stands in backticks.',
    )
  }
  const [, ...[quotedFirst, first, quotedSecond, second]] = match
  const parts = [
    quotedFirst?.replaceAll(/\\(.)/gsu, '$1') ?? first,
    quotedSecond?.replaceAll(/\\(.)/gsu, '$1') ?? second,
  ]
  return parts
    .filter((part) => part !== undefined)
    .map(identifier)
    .join('.')
}
