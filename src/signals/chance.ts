/** Tails of distributions, for tests that bring a null of their own. */

/** No test says less than this: a model of chance is not exact so far out. */
const LEAST_P = 1e-12

/**
 * Chance in (0, 1] that a standard normal value is at least z.
 *
 * Used where a null of a hundred draws gives mean and spread well but cannot show a chance below one in a hundred.
 * Source: Abramowitz, Stegun, Handbook of Mathematical Functions (1964), 7.1.26; its error of 1.5e-7 is too much beyond
 * z = 4, where Mills' ratio φ(z)/z stands in, an upper bound (Gordon 1941).
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z > 4) return Math.max(LEAST_P, density / z)
  const t = 1 / (1 + 0.3275911 * (z / Math.SQRT2))
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return 0.5 * series * Math.exp((-z * z) / 2)
}

/** Chance in (0, 1] of at least `count` events where `mean` are expected (Poisson). */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1
  if (mean <= 0) return LEAST_P
  let term = Math.exp(count * Math.log(mean) - mean - logFactorial(count))
  let sum = 0
  for (let k = count; k < count + 1000 && (k <= mean || term > sum * 1e-9); k++) {
    sum += term
    term *= mean / (k + 1)
  }
  return Math.min(1, Math.max(LEAST_P, sum))
}

/**
 * Chance in (0, 1] that of `drawn` accounts at least `marked` bear a mark that `allMarked` of `all` bear: Fisher's exact
 * test, one-sided (Fisher 1935, The Design of Experiments, section 21).
 */
export function hypergeometricTail(marked: number, drawn: number, allMarked: number, all: number): number {
  let sum = 0
  for (let k = Math.max(0, marked, drawn + allMarked - all); k <= Math.min(drawn, allMarked); k++) {
    sum += Math.exp(logChoose(allMarked, k) + logChoose(all - allMarked, drawn - k) - logChoose(all, drawn))
  }
  return Math.min(1, Math.max(LEAST_P, sum))
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/** Natural logarithm of n!, by Stirling's series from 32 on (error below 1e-11). */
function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0
    for (let k = 2; k <= n; k++) sum += Math.log(k)
    return sum
  }
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3)
}

/** Mean and spread of the draws of a null. */
export function spreadOf(draws: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  const values = Array.from(draws)
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) }
}

/** Draws after which a null is looked at for the first time, and standard deviations above its mean that make more worth while. */
const FIRST_DRAWS = 20
const HOPELESS_Z = 2

/**
 * Draws of a null until it is clear what they say: where the first ones leave less than {@link HOPELESS_Z} standard
 * deviations, no test here holds, whose gates are at four and more (sequential Monte Carlo test, Besag & Clifford 1991).
 *
 * @param most draws in all, at least {@link FIRST_DRAWS}
 * @param observed what the draws are held against
 */
export function drawNull(draw: () => number, most: number, observed: number): number[] {
  const values = Array.from({ length: FIRST_DRAWS }, draw)
  const { mean, deviation } = spreadOf(values)
  if (observed - mean <= HOPELESS_Z * deviation) return values
  while (values.length < most) values.push(draw())
  return values
}
