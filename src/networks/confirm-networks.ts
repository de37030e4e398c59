import { type Checkpoint, mapWithCheckpoints, NO_CHECKPOINT } from '../checkpoint.ts'
import type { Config } from '../config.ts'
import type { Evidence } from '../evidence/engine.ts'
import type { Coverage, ExpiredDeclaration, ExplainedGroup } from '../model.ts'
import type { Random } from '../random.ts'
import type { OrderSignal } from '../signals/order-signal.ts'
import type { Signal } from '../signals/signal.ts'
import { applyReview } from './apply-review.ts'
import { type AssessedGroup, assessGroup } from './assess.ts'
import { type ChanceNetworks, falseDiscoveryRate, searchChance } from './chance.ts'
import { confirmTests, nullOf, type SignalTest, testGroups } from './confirm.ts'
import { coverageOf } from './coverage.ts'
import { groupFacts } from './facts.ts'
import type { GroupFacts } from './innocent.ts'
import { findNetworkCells } from './network-cells.ts'
import type { OrderHistory } from './order-history.ts'
import { type OrderTests, testOrder, type Watched } from './order-tests.ts'
import type { Proposal } from './propose-networks.ts'
import { draftNetwork, type NetworkDraft } from './report-network.ts'
import { NO_REVIEW, type Review } from './review.ts'
import { type Score, scoreGroup } from './score.ts'
import { createStrata } from './strata.ts'

/** Networks in order of rank, and what could be tested. */
export interface ConfirmedNetworks {
  readonly drafts: readonly NetworkDraft[]
  /** Groups that declarations or reviews explain. */
  readonly explained: readonly ExplainedGroup[]
  readonly expired: readonly ExpiredDeclaration[]
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

/** What evidence is analysed with: the same gives the same networks. */
export interface AnalysisOptions {
  readonly detectors: Detectors
  readonly config: Config
  readonly random: Random
  readonly review?: Review
  readonly checkpoint?: Checkpoint
}

/**
 * Confirmation → score → what reviews say → rank, one line per step.
 *
 * @param watching the second reading, which goes on beside what does not need it; `null` without a group
 */
export async function confirmNetworks(
  evidence: Evidence,
  proposal: Proposal,
  watching: Promise<Watched> | null,
  { detectors, config, random, review = NO_REVIEW, checkpoint = NO_CHECKPOINT }: AnalysisOptions,
): Promise<ConfirmedNetworks> {
  const { groups, seeds, hubs, links, cores, view } = proposal
  const { accounts } = evidence.tables
  const coverage = coverageOf([...detectors.signals, ...detectors.orderSignals], evidence.fieldsPresent)
  const against = { view, strata: createStrata(accounts, groups), draws: config.nullDraws }
  const testAll = (some: readonly Int32Array[]) => testGroups(some, detectors.signals, against, random, checkpoint)
  const randomOf = (own: Int32Array): Random => nullOf(own, random)
  const past = pastOf(detectors, accounts.ids)
  const isNone = groups.length + seeds.groups.length === 0
  const chance = isNone
    ? NO_CHANCE
    : await searchChance(evidence, detectors.signals, config, random.fork('chance'), checkpoint)
  const tests = await testAll(groups)
  const watched = await watching
  const order =
    watched === null
      ? []
      : await testOrder(groups, detectors.orderSignals, watched, view, randomOf, { history: past, checkpoint })
  // Seeds are tested by themselves, so that a label changes nothing of any other network.
  const judged = [
    ...judgeGroups(groups, tests, order, view),
    ...judgeGroups(seeds.groups, await testAll(seeds.groups), [], view),
  ]
  const found = judged
    .slice(0, groups.length)
    .flatMap(({ score: { speaking, bits } }) => (speaking.length >= 2 ? [bits] : []))
  const all = [...groups, ...seeds.groups]
  const cells = await findNetworkCells(all, links, cores, accounts.count, random.fork('cells'), checkpoint)
  const draft = ({ members, tests, facts, score }: JudgedGroup, i: number): NetworkDraft => {
    const byChance = falseDiscoveryRate(score.bits, found, chance)
    const assessed = assessGroup(members, tests, { coverage, config, view, facts, falseDiscoveryRate: byChance })
    return draftNetwork(i < groups.length ? assessed : asSeed(assessed), view(members, true), hubs, cells, i)
  }
  const drafts = await mapWithCheckpoints(judged, draft, checkpoint, {
    name: 'severity',
    sizeOf: ({ members }) => members.length,
  })
  return { ...applyReview(drafts, evidence.tables, proposal, review), coverage, chance, order }
}

const NO_CHANCE: ChanceNetworks = { draws: 0, scores: [] }

interface JudgedGroup {
  readonly members: Int32Array
  readonly tests: readonly SignalTest[]
  readonly facts: GroupFacts
  readonly score: Score
}

/** What earlier nights found, by the numbers of tonight's accounts. */
const pastOf = ({ orderHistory }: Detectors, ids: readonly string[]) =>
  orderHistory && ((members: Int32Array) => orderHistory([...members].map((member) => ids[member]!)))

/** Scores groups, whose tests are confirmed together. */
function judgeGroups(
  groups: readonly Int32Array[],
  own: readonly (readonly SignalTest[])[],
  order: readonly OrderTests[],
  view: Proposal['view'],
): JudgedGroup[] {
  const tests = own.map((each, i) => [...each, ...(order[i]?.tests ?? [])])
  confirmTests(tests.flat())
  return groups.map((members, i) => {
    const facts = groupFacts(view(members, true), order[i]?.quietShare ?? null)
    return { members, tests: tests[i]!, facts, score: scoreGroup(tests[i]!, facts) }
  })
}

/** Without the label nobody would look at it: too small, or put out of a larger group. So its evidence is low. */
const asSeed = (group: AssessedGroup): AssessedGroup => ({
  ...group,
  severity: 'low',
  claim: 'common-control',
  dependsOn: null,
})
