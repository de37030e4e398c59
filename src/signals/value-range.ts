import type { EvidenceTables } from '../evidence/tables.ts'
import { lowerBound } from './lower-bound.ts'

/** Values of one field: they are numbered one after the other. `from` to `to`, exclusive. */
export interface ValueRange {
  readonly from: number
  readonly to: number
}

/** Numbers of the values of a field. */
export const valueRange = ({ values: { field } }: EvidenceTables, number: number): ValueRange => ({
  from: lowerBound(field, number),
  to: lowerBound(field, number + 1),
})
