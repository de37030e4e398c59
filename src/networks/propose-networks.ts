import { type Checkpoint, mapWithCheckpoints, NO_CHECKPOINT } from '../checkpoint.ts'
import type { Config } from '../config.ts'
import type { Evidence } from '../evidence/engine.ts'
import type { ExplainedGroup, SuppressedValue } from '../model.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { AccountSet, Signal } from '../signals/signal.ts'
import { createSetViewer } from './account-set.ts'
import { groupAccounts } from './groups.ts'
import { joinHomes } from './home-ties.ts'
import type { HubCore, HubVerdict } from './hubs.ts'
import { createIncidence } from './incidence.ts'
import { createLinkScales } from './link-scales.ts'
import type { Link } from './links.ts'
import { mergeGroups } from './merge.ts'
import { recruitAccounts } from './recruit.ts'
import { fieldName } from './report-network.ts'
import { NO_REVIEW, type Review } from './review.ts'
import { type Seeds, seedGroups } from './seeds.ts'
import { trimGroup } from './trim.ts'

/** Groups that hang together, before anything about them is confirmed. */
export interface Proposal {
  /** Disjoint, ascending account numbers, in the order of their first member. */
  readonly groups: readonly Int32Array[]
  /** What links tie to confirmed accounts beside the groups. */
  readonly seeds: Seeds
  readonly explained: readonly ExplainedGroup[]
  readonly suppressed: readonly SuppressedValue[]
  readonly hubs: readonly HubVerdict[]
  /** What ties accounts, inside groups and beyond: direct links, and the cores of kept hubs. */
  readonly links: readonly Link[]
  readonly cores: readonly HubCore[]
  /** Bits of a link in two families. */
  readonly minBits: number
  /** Views a set of accounts; a view is valid until the next one is made. */
  readonly view: (members: Int32Array, all?: boolean) => AccountSet
}

/** Rarity → links and hubs → groups, one line per step. */
export async function proposeNetworks(
  evidence: Evidence,
  signals: readonly Signal[],
  config: Config,
  review: Review = NO_REVIEW,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<Proposal> {
  const { tables } = evidence
  const incidence = createIncidence(tables)
  await checkpoint('links', null)
  const scales = createLinkScales(incidence, signals, config)
  const { minBits, weights } = scales
  const {
    groups: loose,
    declared,
    hubs,
    links,
    cores,
  } = await groupAccounts(incidence, signals, scales, config, checkpoint)
  const view = createSetViewer(incidence)
  const trim = (members: Int32Array): Int32Array =>
    trimGroup(members, signals, view, Math.min(minBits, config.minInstrumentBits, FAMILY_CAP_BITS.client))
  const isBigEnough = (members: Int32Array): boolean => members.length >= config.minNetworkSize
  const trimAll = async (groups: readonly Int32Array[]): Promise<Int32Array[]> =>
    (
      await mapWithCheckpoints(groups, trim, checkpoint, {
        name: 'members that do not fit',
        sizeOf: ({ length }) => length,
      })
    ).filter(isBigEnough)
  const merged = mergeGroups(incidence, await trimAll(loose), scales)
  const recruited = await recruitAccounts(incidence, merged, links, signals, view, minBits, checkpoint)
  const groups = joinHomes(incidence, await trimAll(recruited), links, weights).filter(isBigEnough)
  return {
    groups,
    seeds: seedGroups(links, groups, tables.accounts.organization, review),
    explained: declared.map(({ members }) => explainOrganization(members, tables.accounts.ids, review)),
    suppressed: suppressedValues(evidence, hubs),
    hubs,
    links,
    cores,
    minBits,
    view,
  }
}

/** One open organisation, and how many of its accounts a review confirmed in spite of that. */
function explainOrganization(members: Int32Array, ids: readonly string[], { decisions }: Review): ExplainedGroup {
  const confirmed = members.filter((member) => decisions.get(member)?.verdict === 'confirmed').length
  const but = confirmed === 0 ? '' : `; a review confirmed ${confirmed} of them`
  return {
    accounts: [...members].map((member) => ids[member]!),
    accountCount: members.length,
    explanation: `one organization_id for all accounts${but}`,
    basis: 'organization',
    uncovered: [],
  }
}

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
