import type { Claim, Severity } from '../model.ts'

/** The ladder of claims, the least first. Each rung says what those below it say; no format words a claim of its own. */
const claimWords = {
  'common-control': 'assessed to be under common control',
  relay: 'assessed to be under common control and to relay the requests of others',
  extraction: "assessed to be under common control and to collect a model's answers at scale",
} as const satisfies Record<Claim, string>

/** What the words about a network depend on. */
interface Assessed {
  readonly severity: Severity
  readonly claim: Claim
  readonly review?: null | undefined | { readonly severityByEvidence: Severity }
}

/**
 * What is said of a network, as the end of a sentence that begins with its accounts. At low severity nothing is left, or too
 * little: the accounts are linked, and no more is said of the people behind them. Nor is it where only a review raised it.
 */
export function assessmentWords({ severity, claim, review }: Assessed): string {
  if (severity === 'low') return 'linked: worth a look, and no more than that'
  return review?.severityByEvidence === 'low' ? 'linked to accounts that a review confirmed' : claimWords[claim]
}

/** The claim where it stands alone, as a value: `linked` where {@link assessmentWords} makes none. */
export const shownClaim = ({ severity, claim, review }: Assessed): Claim | 'linked' =>
  severity === 'low' || review?.severityByEvidence === 'low' ? 'linked' : claim

/** Said of a false discovery rate, a share above 0: only where chance makes any. */
export const chanceWords = (rate: number): string =>
  `Of networks with this score or more, ${(rate * 100).toFixed(1)} in 100 are expected by chance.`
