import { mappedTexts } from '../duckdb/indicator-sql.ts'
import type { Session } from '../duckdb/session.ts'
import type { MappedSource } from '../engine.ts'
import type { Letters } from './table.ts'

export const NO_LETTERS: Letters = { capital: '', small: '' }

/**
 * What DuckDB takes for the small form of each letter beyond ASCII. Servers do not agree on it, nor with DuckDB, and a hash
 * of a text must be the same everywhere. Asked only where texts are read.
 */
export async function lettersOf(session: Session, { mapping }: MappedSource): Promise<Letters> {
  if (mappedTexts(new Set(Object.keys(mapping.fields))).length === 0) return NO_LETTERS
  let [capital, small] = ['', '']
  await session.each('letters', LETTERS_SQL, (columns, rows) => {
    for (let row = 0; row < rows; row++) {
      capital += columns[0]![row] as string
      small += columns[1]![row] as string
    }
  })
  return { capital, small }
}

/** No code point of a surrogate is a letter. */
const LETTERS_SQL = `SELECT letter, lower(letter) AS small FROM (SELECT chr(i::INTEGER) AS letter
    FROM (SELECT i FROM range(128, 55296) t(i) UNION ALL SELECT i FROM range(57344, 1114112) t(i)))
  WHERE lower(letter) <> letter ORDER BY letter`
