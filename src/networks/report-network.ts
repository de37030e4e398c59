import type { GroupActivity } from '../evidence/engine.ts'
import type { AccountTable, EvidenceTables } from '../evidence/tables.ts'
import type { Activity, Evidence, Hub, Member, MemberLink, Network, NetworkTest } from '../model.ts'
import type { AccountSet, SpeakingValue } from '../signals/signal.ts'
import type { AssessedGroup } from './assess.ts'
import type { HubVerdict } from './hubs.ts'
import { networkId } from './identity.ts'
import type { Dependence } from './jackknife.ts'
import type { NetworkCells } from './network-cells.ts'

/** Values shown per piece of evidence, and links per member. */
const MAX_VALUES = 20
const MAX_MEMBER_LINKS = 8

/** A network as the report shows it, but for its rank and its activity, which come later. */
export type NetworkDraft = Omit<Network, 'rank' | 'activity' | 'models' | 'capabilities'> & {
  /** Position of its group among those proposed. */
  readonly group: number
}

/** Turns an assessed group into the words and numbers of the report. */
export function draftNetwork(
  group: AssessedGroup,
  set: AccountSet,
  hubs: readonly HubVerdict[],
  { cellOf, resolutions }: NetworkCells,
  number: number,
): NetworkDraft {
  const { tables, members } = set
  const { accounts } = tables
  const speaking = new Map<number, number>()
  const evidence = describeEvidence(group, set, speaking)
  const people = describeMembers(set, speaking, cellOf)
  const best = group.score.residuals[0]!
  return {
    group: number,
    id: networkId(
      people.map(({ accountId, links }, i) => ({
        id: accountId,
        linkBits: links.reduce((sum, { bits }) => sum + bits, 0),
        firstAtMs: accounts.firstAtMs[members[i]!]!,
      })),
    ),
    score: group.score.bits,
    severity: group.severity,
    claim: group.claim,
    confidence: group.confidence,
    falseDiscoveryRate: Math.round(group.falseDiscoveryRate * 1000) / 1000,
    accounts: people.map(({ accountId }) => accountId),
    accountCount: members.length,
    requests: total(members, accounts.requests),
    inputTokens: total(members, accounts.inputTokens),
    outputTokens: total(members, accounts.outputTokens),
    firstSeen: instant(extreme(members, accounts.firstAtMs, Math.min)),
    lastSeen: instant(extreme(members, accounts.lastAtMs, Math.max)),
    evidence,
    hypotheses: group.score.residuals.map(({ hypothesis, bits }) => ({ name: hypothesis.name, residualBits: bits })),
    innocentExplanation: {
      name: best.hypothesis.name,
      residualBits: best.bits,
      wouldBeConfirmedBy: best.hypothesis.wouldBeConfirmedBy,
    },
    fragile: group.dependsOn && { dependsOn: describeDependence(group.dependsOn, tables) },
    tests: describeTests(group),
    cellResolution: Math.round(resolutions[number]! * 1000) / 1000,
    members: people,
    hubs: describeHubs(set, hubs),
    change: null,
    review: null,
  }
}

function describeEvidence({ score }: AssessedGroup, set: AccountSet, speaking: Map<number, number>): Evidence[] {
  const { tables } = set
  return score.signals
    .filter(
      ({ test, bits, countedBits }) => countedBits > 0 || (bits > 0 && (test.isConfirmed || test.p <= MENTIONED_BELOW)),
    )
    .map(({ test: { signal, finding }, bits, countedBits }) => {
      const { summary, values, accounts } = 'explain' in signal ? signal.explain(set) : { ...finding!, values: [] }
      for (const { value, bits: each } of values) speaking.set(value, each)
      return {
        family: signal.family,
        signal: signal.id,
        bits,
        countedBits,
        summary,
        values: describeValues(tables, values),
        accounts,
      }
    })
    .sort((a, b) => b.countedBits - a.countedBits || b.bits - a.bits || (a.signal < b.signal ? -1 : 1))
}

/** A signal that did not confirm is still mentioned when chance alone gives it this seldom. */
const MENTIONED_BELOW = 0.05

const describeValues = (tables: EvidenceTables, values: readonly SpeakingValue[]): Evidence['values'] =>
  values.slice(0, MAX_VALUES).map(({ value, inside }) => ({
    field: fieldName(tables, value),
    value: tables.values.text[value]!,
    inside,
    outside: tables.values.holders[value]! - inside,
  }))

function describeMembers(set: AccountSet, speaking: ReadonlyMap<number, number>, cellOf: Int32Array): Member[] {
  const { accounts } = set.tables
  return [...set.members].map((member) => ({
    accountId: accounts.ids[member]!,
    cell: cellOf[member]!,
    requests: accounts.requests[member]!,
    outputTokens: accounts.outputTokens[member]!,
    firstSeen: instant(accounts.firstAtMs[member]!),
    lastSeen: instant(accounts.lastAtMs[member]!),
    links: memberLinks(set, member, speaking),
  }))
}

function memberLinks(set: AccountSet, member: number, speaking: ReadonlyMap<number, number>): MemberLink[] {
  return [...set.valuesOf(member)]
    .flatMap((value) => (speaking.has(value) ? [{ value, bits: speaking.get(value)! }] : []))
    .sort((a, b) => b.bits - a.bits || a.value - b.value)
    .slice(0, MAX_MEMBER_LINKS)
    .map(({ value, bits }) => ({
      field: fieldName(set.tables, value),
      value: set.tables.values.text[value]!,
      bits: round(bits),
    }))
}

const describeTests = ({ score }: AssessedGroup): NetworkTest[] =>
  score.signals
    .filter(({ test }) => test.signal.role !== 'corroborator' && (test.observed > 0 || test.finding !== undefined))
    .map(({ test }) => ({
      signal: test.signal.id,
      statistic:
        test.finding?.statistic ?? `mean bits ${test.observed.toFixed(1)}, by chance ${test.expected.toFixed(1)}`,
      p: test.p,
      confirmed: test.isConfirmed,
    }))

/** Without a value it is that value that carries the finding; without accounts, it is said how many. */
function describeDependence(dependence: Dependence, tables: EvidenceTables): string {
  if (dependence.kind === 'value')
    return `${fieldName(tables, dependence.value)} ${tables.values.text[dependence.value]}`
  const { length } = dependence.accounts
  return length === 1 ? `account ${tables.accounts.ids[dependence.accounts[0]!]}` : `${length} of its accounts`
}

function describeHubs(set: AccountSet, hubs: readonly HubVerdict[]): Hub[] {
  return hubs
    .filter(({ value, isKept }) => isKept && set.inside(value) >= 3)
    .map(({ value, reason }) => ({
      field: fieldName(set.tables, value),
      value: set.tables.values.text[value]!,
      memberCount: set.inside(value),
      verdict: reason,
    }))
}

/** Hours of activity that are shown: two years. A stray timestamp does not blow up the report. */
const MAX_HOURS = 2 * 366 * 24
const HOUR_MS = 3_600_000

/** Requests by hour, from the first to the last hour with any; hours without any are 0. */
export function describeActivity({ hours }: Pick<GroupActivity, 'hours'>): Activity {
  const shown = busiestSpan([...hours].sort(([a], [b]) => a - b))
  if (shown.length === 0) return { from: null, hourly: [] }
  const first = shown[0]![0]
  const hourly = new Array<number>(shown.at(-1)![0] - first + 1).fill(0)
  for (const [hour, requests] of shown) hourly[hour - first] = requests
  return { from: instant(first * HOUR_MS), hourly }
}

/** The part of at most {@link MAX_HOURS} with the most requests, the earliest of equals: a clock that was wrong is left out. */
function busiestSpan(sorted: readonly [hour: number, requests: number][]): readonly [number, number][] {
  let best: readonly [from: number, to: number] = [0, 0]
  let most = 0
  let sum = 0
  for (let from = 0, to = 0; to < sorted.length; to++) {
    sum += sorted[to]![1]
    while (sorted[to]![0] - sorted[from]![0] >= MAX_HOURS) sum -= sorted[from++]![1]
    if (sum > most) {
      most = sum
      best = [from, to + 1]
    }
  }
  return sorted.slice(...best)
}

export const fieldName = (tables: EvidenceTables, value: number): string =>
  tables.fields[tables.values.field[value]!]!.name

/** ISO 8601 UTC with milliseconds; `null` for NaN. */
export const instant = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null)

const total = (members: Int32Array, column: Float64Array): number =>
  members.reduce((sum, member) => sum + column[member]!, 0)

/** The least or greatest known value of a column; NaN if none is known. */
export function extreme(
  members: Iterable<number>,
  column: AccountTable['firstAtMs'],
  pick: (a: number, b: number) => number,
): number {
  let best = Number.NaN
  for (const member of members) {
    const at = column[member]!
    if (!Number.isNaN(at)) best = Number.isNaN(best) ? at : pick(best, at)
  }
  return best
}

const round = (bits: number): number => Math.round(bits * 10) / 10
