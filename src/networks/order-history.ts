import type { Finding } from '../signals/order-signal.ts'

/** What a test of order found in an earlier night. */
export interface PastFinding extends Pick<Finding, 'p' | 'bits' | 'hasEffect' | 'accounts'> {
  /** Number of the scan. */
  readonly night: number
}

/** Signal → what it found of a group in earlier nights, oldest first; empty for a group that was none then. */
export type OrderHistory = (members: readonly string[]) => ReadonlyMap<string, readonly PastFinding[]>

/**
 * One finding of several nights. The requests of different nights are different, so their p values are combined as those of
 * independent tests (Fisher 1925, Statistical Methods for Research Workers, section 21.1): -2 Σ ln p is chi-squared with 2k
 * degrees of freedom. Bits are the mean over the nights, since the cap of the family holds for the group and not for each
 * night; an effect in most of the nights is one.
 *
 * @param tonight `null` if it could not be tested tonight
 * @returns `null` if it could be tested in no night
 */
export function combineNights(tonight: Finding | null, past: readonly PastFinding[]): Finding | null {
  if (past.length === 0) return tonight
  const all = tonight === null ? past : [...past, tonight]
  const nights = all.length
  const mean = all.reduce((sum, { bits }) => sum + bits, 0) / nights
  const withEffect = all.filter(({ hasEffect }) => hasEffect).length
  const words = tonight?.summary ?? 'Not testable tonight'
  return {
    bits: mean,
    p: fisher(all.map(({ p }) => p)),
    hasEffect: withEffect * 2 > nights,
    statistic: `${tonight?.statistic ?? 'not testable tonight'}, over ${nights} ${nights === 1 ? 'night' : 'nights'}`,
    summary: `${words.replace(/\.$/u, '')}; ${nights} ${nights === 1 ? 'night' : 'nights'} in all, an effect in ${withEffect}`,
    accounts: Math.max(...all.map(({ accounts }) => accounts)),
  }
}

/** Upper tail of chi-squared with 2k degrees of freedom at -2 Σ ln p: a Poisson sum, exact for even degrees. In (0, 1]. */
function fisher(ps: readonly number[]): number {
  const half = -ps.reduce((sum, p) => sum + Math.log(p), 0)
  let term = Math.exp(-half)
  let sum = term
  for (let j = 1; j < ps.length; j++) {
    term *= half / j
    sum += term
  }
  return Math.min(1, Math.max(Number.MIN_VALUE, sum))
}
