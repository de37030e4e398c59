import { ScanError } from '../../errors.ts'
import type { FieldMapping } from '../../formats/format.ts'
import { printable } from '../../sources/printable.ts'

/** Begins every name that a query gives; a server would read it in the place of a column with the same one. */
const OWN = 'ds_'

/** @throws ScanError INPUT_UNMAPPED for a mapped column that is called as something in the queries may be */
export function requireOwnNames(table: string, { fields, keep = [] }: FieldMapping): void {
  const paths = [...Object.values(fields).flat(), ...keep.map(({ path }) => path)]
  const taken = paths.find(({ column }) => column.startsWith(OWN))
  if (taken === undefined) return
  throw new ScanError(
    'INPUT_UNMAPPED',
    `'${printable(table)}' has a column '${printable(taken.column, 40)}', and names with ${OWN} are those of the queries`,
    'Give the column another name in a view, and scan that; or map another one with --map.',
  )
}
