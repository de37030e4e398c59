import type { EvidenceTables } from '../evidence/tables.ts'

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

/** Position of the first item at or above `least` in an ascending list; its length if there is none. */
export function lowerBound(sorted: Int32Array | Float64Array | Uint8Array, least: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}
