/** Position of the first item at or above `least` in an ascending list; its length if there is none. */
export function lowerBound(sorted: Int32Array | Float64Array | Uint8Array, least: number): number {
  return firstWhere(sorted.length, (at) => sorted[at]! >= least)
}

/** Position of the first item above `most` in an ascending list; its length if there is none. */
export function upperBound(sorted: Int32Array | Float64Array | Uint8Array, most: number): number {
  return firstWhere(sorted.length, (at) => sorted[at]! > most)
}

/** The first of 0..count-1 from which on something holds, `count` if it never does: bisection. */
export function firstWhere(count: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
