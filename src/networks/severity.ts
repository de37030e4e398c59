import type { Config } from '../config.ts'
import type { Confidence, Severity } from '../model.ts'
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
