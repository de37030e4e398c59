/** log2(0!), log2(1!), …; grows as needed. */
const logFactorials = [0]

function log2Factorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log2(i))
  return logFactorials[n]!
}

/**
 * −log2 P(X ≥ k) for X ~ Binomial(n, p), exact up to rounding: the first term in logarithms, the others as ratios to it.
 *
 * @param p in (0, 1)
 * @param k above the mean n · p, so that the terms fall; at most n
 */
export function binomialTailBits(n: number, p: number, k: number): number {
  const first =
    log2Factorial(n) -
    log2Factorial(k) -
    log2Factorial(n - k) +
    k * Math.log2(p) +
    ((n - k) * Math.log1p(-p)) / Math.LN2
  let sum = 1
  let term = 1
  for (let i = k; i < n && term > sum * 1e-12; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p))
    sum += term
  }
  return -(first + Math.log2(sum))
}
