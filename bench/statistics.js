/**
 * The middle of some numbers; of two middle ones, their mean. NaN is left out; NaN of none.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = known(values).toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * The ratios of values that were measured next to each other; round by round, so that a busy moment hits both.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} bases
 */
export const paired = (values, bases) => values.map((value, round) => value / (bases[round] ?? Number.NaN))

/**
 * `1.23 (1.20–1.31)`: median and range, or the value alone if there is one.
 *
 * @param {readonly number[]} values
 * @param {number} digits
 */
export function spread(values, digits) {
  const middle = fixed(median(values), digits)
  const all = known(values)
  if (all.length < 2) return middle
  return `${middle} (${fixed(Math.min(...all), digits)}–${fixed(Math.max(...all), digits)})`
}

/** @param {readonly number[]} values */
export const known = (values) => values.filter((value) => !Number.isNaN(value))

/**
 * @param {number} value
 * @param {number} digits
 */
export const fixed = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–')
