import type { Config } from '../config.ts'
import type { Claim, Confidence, Coverage, Family, Severity } from '../model.ts'
import type { AccountSet } from '../signals/signal.ts'
import type { SignalTest } from './confirm.ts'
import { NO_DETECTOR } from './coverage.ts'
import { groupFacts, isMostlyPaid, median } from './facts.ts'
import { type Score, scoreGroup } from './score.ts'
import { claimOf, confidenceOf, type SeverityFacts, severityOf } from './severity.ts'

/** A group with its verdict. */
export interface AssessedGroup {
  readonly score: Score
  readonly severity: Severity
  readonly claim: Claim
  readonly confidence: Confidence
  /** The one value without which the severity would be lower; `null` if no single value carries it. */
  readonly dependsOn: number | null
}

/** Scores a group whose tests are confirmed, and puts it through the gates. */
export function assessGroup(
  set: AccountSet,
  tests: readonly SignalTest[],
  coverage: readonly Coverage[],
  config: Config,
): AssessedGroup {
  const facts = groupFacts(set)
  const score = scoreGroup(tests, facts)
  const gate: SeverityFacts = {
    size: set.members.length,
    requests: set.members.reduce((sum, member) => sum + set.tables.accounts.requests[member]!, 0),
    medianActiveDays: median(Float64Array.from(set.members, (member) => set.tables.accounts.activeDays[member]!)),
    isMostlyPaid: isMostlyPaid(set.members, set.tables.accounts.plan),
    isFragile: false,
    looksLikeOffice: (facts.ownDomainShare ?? 0) >= 0.5 && facts.topAddressShare >= 0.5,
    coverage: testedShare(coverage),
  }
  const severity = severityOf(score, gate, config)
  const without = (family: Family): Severity =>
    severityOf(
      scoreGroup(
        tests.filter(({ signal }) => signal.family !== family),
        facts,
      ),
      gate,
      config,
    )
  const dependsOn = severity === 'low' ? null : singleValue(set, tests, (family) => without(family) !== severity)
  return {
    score,
    severity,
    claim: claimOf(score),
    confidence: confidenceOf(score, { ...gate, isFragile: dependsOn !== null }),
    dependsOn,
  }
}

/** Share of the families that this version can test and this export lets it. */
function testedShare(coverage: readonly Coverage[]): number {
  const testable = coverage.filter(({ why }) => why !== NO_DETECTOR)
  return testable.filter(({ tested }) => tested).length / Math.max(1, testable.length)
}

/** A value that alone carries a family which the severity cannot do without. */
function singleValue(
  set: AccountSet,
  tests: readonly SignalTest[],
  matters: (family: Family) => boolean,
): number | null {
  const confirmed = tests.filter(({ isConfirmed }) => isConfirmed)
  for (const { signal } of confirmed) {
    if (confirmed.some((other) => other.signal !== signal && other.signal.family === signal.family)) continue
    const { values } = signal.explain(set)
    if (values.length === 1 && matters(signal.family)) return values[0]!.value
  }
  return null
}
