import type { Config } from '../config.ts'
import type { Evidence } from '../evidence/engine.ts'
import { type Coverage, SEVERITIES } from '../model.ts'
import type { Random } from '../random.ts'
import type { Signal } from '../signals/signal.ts'
import { assessGroup } from './assess.ts'
import { confirmTests, createStrata, testGroup } from './confirm.ts'
import { coverageOf } from './coverage.ts'
import type { Proposal } from './propose-networks.ts'
import { draftNetwork, type NetworkDraft } from './report-network.ts'

/** Networks in order of rank, and what could be tested. */
export interface ConfirmedNetworks {
  readonly drafts: readonly NetworkDraft[]
  readonly coverage: readonly Coverage[]
}

/** Confirmation → score → rank, one line per step. */
export function confirmNetworks(
  evidence: Evidence,
  { groups, hubs, cellOf, view }: Proposal,
  signals: readonly Signal[],
  config: Config,
  random: Random,
): ConfirmedNetworks {
  const { accounts } = evidence.tables
  const coverage = coverageOf(signals, evidence.fieldsPresent)
  const strata = createStrata(accounts.createdAtMs)
  const nullOf = (members: Int32Array): Random => random.fork(`null of ${accounts.ids[members[0]!]}`)
  const tests = groups.map((members) => testGroup(members, signals, view, strata, config.nullDraws, nullOf(members)))
  confirmTests(tests.flat())
  const drafts = groups.map((members, i) => {
    const set = view(members, true)
    return draftNetwork(assessGroup(set, tests[i]!, coverage, config), set, hubs, cellOf, i)
  })
  return { drafts: rankDrafts(drafts), coverage }
}

/** Severity, then score, then requests, then id: a total order (docs/detection.md, "Rank and identity"). */
const rankDrafts = (drafts: readonly NetworkDraft[]): NetworkDraft[] =>
  [...drafts].sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      b.score - a.score ||
      b.requests - a.requests ||
      (a.id < b.id ? -1 : 1),
  )
