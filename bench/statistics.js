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

/**
 * Exponent b of the power law y = a·x^b that fits best: the least-squares slope of log y on log x. NaN of fewer than two
 * different x, or if a measurement is missing.
 *
 * @param {readonly number[]} xs above 0
 * @param {readonly number[]} ys above 0
 */
export function slope(xs, ys) {
  const [logX, logY] = [xs.map(Math.log), ys.map(Math.log)]
  const mean = (/** @type {readonly number[]} */ values) => values.reduce((a, b) => a + b, 0) / values.length
  const [meanX, meanY] = [mean(logX), mean(logY)]
  const spreadX = logX.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
  if (!(spreadX > 0)) return Number.NaN
  return logX.reduce((sum, x, i) => sum + (x - meanX) * ((logY[i] ?? Number.NaN) - meanY), 0) / spreadX
}
