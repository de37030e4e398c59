import type { Config } from '../config.ts'
import { type Confidence, SEVERITIES, type Severity } from '../model.ts'
import type { Score } from './score.ts'

/** What the gates look at beside the score. */
export interface SeverityFacts {
  readonly size: number
  readonly requests: number
  /** Median over members. */
  readonly medianActiveDays: number
  /** Whether the median member is on a paid plan. */
  readonly isMostlyPaid: boolean
  readonly isFragile: boolean
  /**
   * One mail domain of their own, one address block and one payer (or none known) for most: an organisation that may just
   * not declare itself.
   */
  readonly looksLikeOffice: boolean
  /** Share in [0, 1] of the families with a detector that could be tested on this export. */
  readonly coverage: number
  /** Share in [0, 1] of the networks at or above this score that chance makes. */
  readonly falseDiscoveryRate: number
}

/** Above it a network is no more than a link worth a look, whatever its score: one in ten of its kind is chance. */
const MAX_FALSE_DISCOVERY_RATE = 0.1

/** Requests or accounts from which a high finding is critical (docs/detection.md, "Severity, claim and confidence"). */
const CRITICAL_REQUESTS = 100_000
const CRITICAL_ACCOUNTS = 500

/** Days from which use outlives a trial credit. */
const LASTING_DAYS = 5

/** Severity by its gates; "high" must be safe to put before a person who can suspend accounts. */
export function severityOf(score: Score, facts: SeverityFacts, config: Config): Severity {
  if (facts.falseDiscoveryRate > MAX_FALSE_DISCOVERY_RATE) return 'low'
  const isHigh =
    !facts.looksLikeOffice &&
    score.bits >= config.highScoreBits &&
    score.speaking.length >= 2 && // one may have formed the group: then the other did not
    facts.requests >= config.minHighRequests &&
    (facts.medianActiveDays >= LASTING_DAYS || facts.isMostlyPaid)
  if (isHigh) return facts.requests >= CRITICAL_REQUESTS || facts.size >= CRITICAL_ACCOUNTS ? 'critical' : 'high'
  return score.bits >= config.mediumScoreBits && score.speaking.length >= 2 ? 'medium' : 'low'
}

/** Quality of the evidence that is left: three families, not fragile, four fifths of the families testable. */
export function confidenceOf({ bits, speaking }: Score, { isFragile, coverage }: SeverityFacts): Confidence {
  if (bits === 0) return 'low'
  if (speaking.length >= 3 && !isFragile && coverage >= 0.8) return 'high'
  return speaking.length >= 2 ? 'moderate' : 'low'
}

/** What reviews say of a network. */
export interface ReviewFacts {
  /** Share in [0, 1] of the members that a review cleared. */
  readonly clearedShare: number
  /** Whether evidence worth a link of two families ties a confirmed member to one that was not cleared. */
  readonly isTied: boolean
}

/**
 * Share of cleared members from which a network is one step lower. Fewer say nothing of the others: else a ring would buy
 * a lower severity for all with one account that passes a review.
 */
const CLEARED_SHARE = 0.5

/**
 * Severity once earlier reviews are heard. A link to a confirmed account is worth a look by itself, hence medium: of all
 * accounts at most a quarter of one is expected to be linked to a given account by chance (`leastLinkBits`). It is never
 * high by that alone, for the label is of the one account and not of the other. More confirmed members never lower it.
 */
export function reviewedSeverity(byEvidence: Severity, { clearedShare, isTied }: ReviewFacts): Severity {
  const steps = SEVERITIES.indexOf(byEvidence) - (clearedShare >= CLEARED_SHARE ? 1 : 0)
  const least = isTied ? SEVERITIES.indexOf('medium') : 0
  return SEVERITIES[Math.max(steps, least)]!
}
