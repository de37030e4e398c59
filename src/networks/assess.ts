import type { Config } from '../config.ts'
import { type Claim, type Confidence, type Coverage, SEVERITIES, type Severity } from '../model.ts'
import type { AccountSet } from '../signals/signal.ts'
import { claimOf } from './claim.ts'
import type { SignalTest } from './confirm.ts'
import { NO_DETECTOR } from './coverage.ts'
import { isMostlyPaid } from './facts.ts'
import type { GroupFacts } from './innocent.ts'
import { type Dependence, jackknife } from './jackknife.ts'
import { type Score, scoreGroup } from './score.ts'
import { confidenceOf, type SeverityFacts, severityOf } from './severity.ts'

/** A group with its verdict. */
export interface AssessedGroup {
  readonly score: Score
  readonly severity: Severity
  readonly claim: Claim
  readonly confidence: Confidence
  readonly falseDiscoveryRate: number
  /** What the severity hangs on: without it, it would be another; `null` if on nothing single. */
  readonly dependsOn: Dependence | null
}

/** What a verdict needs beside the group and its tests. */
export interface Court {
  readonly coverage: readonly Coverage[]
  readonly config: Config
  readonly view: (members: Int32Array, all?: boolean) => AccountSet
  readonly facts: GroupFacts
  /** Share in [0, 1] of the networks at or above this group's score that chance makes. */
  readonly falseDiscoveryRate: number
}

/** Scores a group whose tests are confirmed, and puts it through the gates. */
export function assessGroup(members: Int32Array, tests: readonly SignalTest[], court: Court): AssessedGroup {
  const { config, view, facts, falseDiscoveryRate } = court
  const gate = { ...gateOf(view(members, true), facts, court.coverage), falseDiscoveryRate }
  const score = scoreGroup(tests, facts)
  const severity = severityOf(score, gate, config)
  const stands = (others: readonly SignalTest[]): boolean =>
    SEVERITIES.indexOf(severityOf(scoreGroup(others, facts), gate, config)) >= SEVERITIES.indexOf(severity)
  const dependsOn = severity === 'low' ? null : jackknife(members, tests, view, stands)
  return {
    score,
    severity,
    falseDiscoveryRate,
    claim: claimOf(score, severity, gate.requests),
    confidence: confidenceOf(score, { ...gate, isFragile: dependsOn !== null }),
    dependsOn,
  }
}

function gateOf(
  set: AccountSet,
  facts: GroupFacts,
  coverage: readonly Coverage[],
): Omit<SeverityFacts, 'falseDiscoveryRate'> {
  const { accounts } = set.tables
  return {
    size: set.members.length,
    requests: set.members.reduce((sum, member) => sum + accounts.requests[member]!, 0),
    medianActiveDays: facts.medianActiveDays,
    isMostlyPaid: isMostlyPaid(set.members, accounts.plan),
    isFragile: false,
    looksLikeOffice:
      (facts.ownDomainShare ?? 0) >= 0.5 &&
      facts.topAddressShare >= 0.5 &&
      (facts.topPayerShare >= 0.5 || facts.topPayerShare === 0),
    coverage: testedShare(coverage),
  }
}

/** Share of the families that this version can test and this export lets it. */
function testedShare(coverage: readonly Coverage[]): number {
  const testable = coverage.filter(({ why }) => why !== NO_DETECTOR)
  return testable.filter(({ tested }) => tested).length / Math.max(1, testable.length)
}
