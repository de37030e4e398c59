import type { Config } from '../config.ts'
import type { Evidence } from '../evidence/engine.ts'
import { type Coverage, type ExplainedGroup, SEVERITIES, type SuppressedValue } from '../model.ts'
import type { Random } from '../random.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { Signal } from '../signals/signal.ts'
import { createSetViewer } from './account-set.ts'
import { assessGroup } from './assess.ts'
import { confirmTests, createStrata, testGroup } from './confirm.ts'
import { coverageOf } from './coverage.ts'
import { groupAccounts } from './groups.ts'
import type { HubVerdict } from './hubs.ts'
import { createIncidence } from './incidence.ts'
import { leastLinkBits } from './links.ts'
import { recruitAccounts } from './recruit.ts'
import { draftNetwork, fieldName, type NetworkDraft } from './report-network.ts'
import { trimGroup } from './trim.ts'

/** What the stage leaves: networks in order of rank, and what was set aside on the way, with reasons. */
export interface FoundNetworks {
  readonly drafts: readonly NetworkDraft[]
  readonly explained: readonly ExplainedGroup[]
  readonly suppressed: readonly SuppressedValue[]
  readonly coverage: readonly Coverage[]
}

/** Rarity → links → groups → confirmation → score → rank, one line per step. */
export function findNetworks(
  evidence: Evidence,
  signals: readonly Signal[],
  config: Config,
  random: Random,
): FoundNetworks {
  const { tables } = evidence
  const incidence = createIncidence(tables)
  const coverage = coverageOf(signals, evidence.fieldsPresent)
  const { groups: loose, declared, hubs, cellOf } = groupAccounts(incidence, signals, config)
  const view = createSetViewer(incidence)
  const minBits = leastLinkBits(tables.accounts.count, config)
  const trim = (members: Int32Array): Int32Array =>
    trimGroup(members, signals, view, Math.min(minBits, config.minInstrumentBits, FAMILY_CAP_BITS.client))
  const isBigEnough = (members: Int32Array): boolean => members.length >= config.minNetworkSize
  const trimmed = loose.map(trim).filter(isBigEnough)
  const groups = recruitAccounts(incidence, trimmed, signals, view, minBits).map(trim).filter(isBigEnough)
  const strata = createStrata(tables.accounts.createdAtMs)
  const tests = groups.map((members) =>
    testGroup(
      members,
      signals,
      view,
      strata,
      config.nullDraws,
      random.fork(`null of ${tables.accounts.ids[members[0]!]}`),
    ),
  )
  confirmTests(tests.flat())
  const drafts = groups.map((members, i) => {
    const set = view(members, true)
    return draftNetwork(assessGroup(set, tests[i]!, coverage, config), set, hubs, cellOf)
  })
  return {
    drafts: rankDrafts(drafts),
    explained: declared.map(({ members }) => ({
      accounts: [...members].map((member) => tables.accounts.ids[member]!),
      accountCount: members.length,
      explanation: 'one organization_id for all accounts',
    })),
    suppressed: suppressedValues(evidence, hubs),
    coverage,
  }
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

/** Hubs that were not allowed to link, most accounts first. */
const suppressedValues = ({ tables }: Evidence, hubs: readonly HubVerdict[]): SuppressedValue[] =>
  hubs
    .filter(({ isKept }) => !isKept)
    .sort((a, b) => b.holders - a.holders || a.value - b.value)
    .map(({ value, holders, reason }) => ({
      field: fieldName(tables, value),
      value: tables.values.text[value]!,
      accounts: holders,
      reason,
    }))
