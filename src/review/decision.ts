/** What a review may have said of an account: it is run by the hand that was suspected, or it is not. */
export const VERDICTS = ['confirmed', 'cleared'] as const
export type Verdict = (typeof VERDICTS)[number]

/** One account that was reviewed. */
export interface Decision {
  readonly accountId: string
  readonly verdict: Verdict
  /** `YYYY-MM-DD` of the review; `null` if it was not written down. */
  readonly date: string | null
}
