import { TEMPLATE_STEPS } from '../duckdb/canonical.ts'
import { literal } from './encode.ts'
import type { Letters, Table } from './table.ts'

/** Text in small letters, as DuckDB makes them: letter for letter, by a table of its own. */
export function lowered(text: string, { letters, server }: Pick<Table, 'letters' | 'server'>): string {
  if (!server.has('texts')) return `lowerUTF8(${text})`
  return `if(match(${text}, '[^\\\\x00-\\\\x7F]'), translateUTF8(${text}, ${literal(all(letters, 'capital'))}, ${literal(all(letters, 'small'))}), lower(${text}))`
}

const LATIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const all = (letters: Letters, which: keyof Letters): string =>
  (which === 'capital' ? LATIN : LATIN.toLowerCase()) + letters[which]

/** The same hash of a prompt as `templateHash` in `duckdb/canonical.ts`; NULL for NULL. */
export function templateHash(text: string, table: Pick<Table, 'letters' | 'server'>): string {
  const small = lowered(`ifNull(${text}, '')`, table)
  const kept = `concat(substringUTF8(${small}, 1, 4096), ${lastOf(small, 1024, table)})`
  const blanked = TEMPLATE_STEPS.reduce(
    (sql, [from, to]) => `replaceRegexpAll(${sql}, ${literal(from)}, ${literal(to)})`,
    kept,
  )
  const trimmed = `replaceRegexpAll(${blanked}, ${literal('^\\p{Zs}+|\\p{Zs}+$')}, '')`
  return `if(isNull(${text}), NULL, lower(hex(MD5(${trimmed}))))`
}

/** The last characters of a text; an old server takes them only from a place that is the same in all rows. */
const lastOf = (text: string, most: number, { server }: Pick<Table, 'server'>): string =>
  server.has('texts')
    ? `substringUTF8(${text}, if(lengthUTF8(${text}) > ${most}, lengthUTF8(${text}) - ${most - 1}, 1))`
    : `reverseUTF8(substringUTF8(reverseUTF8(${text}), 1, ${most}))`
