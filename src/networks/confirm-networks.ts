import type { Config } from '../config.ts'
import type { Evidence } from '../evidence/engine.ts'
import { type Coverage, SEVERITIES } from '../model.ts'
import type { Random } from '../random.ts'
import type { OrderSignal } from '../signals/order-signal.ts'
import type { Signal } from '../signals/signal.ts'
import { assessGroup } from './assess.ts'
import { type ChanceNetworks, falseDiscoveryRate, searchChance } from './chance.ts'
import { confirmTests, testGroup } from './confirm.ts'
import { coverageOf } from './coverage.ts'
import { groupFacts } from './facts.ts'
import { findNetworkCells } from './network-cells.ts'
import type { OrderHistory } from './order-history.ts'
import { type OrderTests, testOrder, type Watched } from './order-tests.ts'
import type { Proposal } from './propose-networks.ts'
import { draftNetwork, type NetworkDraft } from './report-network.ts'
import { scoreGroup } from './score.ts'
import { createStrata } from './strata.ts'

/** Networks in order of rank, and what could be tested. */
export interface ConfirmedNetworks {
  readonly drafts: readonly NetworkDraft[]
  readonly coverage: readonly Coverage[]
  readonly chance: ChanceNetworks
  /** What tonight's requests said of each group, by position; none without a second reading. */
  readonly order: readonly OrderTests[]
}

/** All that can speak for or against a group. */
export interface Detectors {
  readonly signals: readonly Signal[]
  readonly orderSignals: readonly OrderSignal[]
  /** What earlier nights of a case found. */
  readonly orderHistory?: OrderHistory | undefined
}

/** Confirmation → score → rank, one line per step. */
export function confirmNetworks(
  evidence: Evidence,
  { groups, hubs, links, cores, view }: Proposal,
  { signals, orderSignals, orderHistory }: Detectors,
  watched: Watched | null,
  config: Config,
  random: Random,
): ConfirmedNetworks {
  const { accounts } = evidence.tables
  const coverage = coverageOf([...signals, ...orderSignals], evidence.fieldsPresent)
  const strata = createStrata(accounts, groups)
  const nullOf = (members: Int32Array): Random => random.fork(`null of ${members[0]}`)
  const past =
    orderHistory && ((members: Int32Array) => orderHistory([...members].map((member) => accounts.ids[member]!)))
  const order = watched === null ? [] : testOrder(groups, orderSignals, watched, view, nullOf, past)
  const tests = groups.map((members, i) => [
    ...testGroup(members, signals, view, strata, config.nullDraws, nullOf(members)),
    ...(order[i]?.tests ?? []),
  ])
  confirmTests(tests.flat())
  const facts = groups.map((members, i) => groupFacts(view(members, true), order[i]?.quietShare ?? null))
  const scores = tests.map((own, i) => scoreGroup(own, facts[i]!))
  const found = scores.flatMap(({ speaking, bits }) => (speaking.length >= 2 ? [bits] : []))
  const chance =
    groups.length === 0 ? { draws: 0, scores: [] } : searchChance(evidence, signals, config, random.fork('chance'))
  const cells = findNetworkCells(groups, links, cores, accounts.count, random.fork('cells'))
  const drafts = groups.map((members, i) => {
    const byChance = falseDiscoveryRate(scores[i]!.bits, found, chance)
    const assessed = assessGroup(members, tests[i]!, {
      coverage,
      config,
      view,
      facts: facts[i]!,
      falseDiscoveryRate: byChance,
    })
    return draftNetwork(assessed, view(members, true), hubs, cells, i)
  })
  return { drafts: rankDrafts(drafts), coverage, chance, order }
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
