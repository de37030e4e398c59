import { indexAccounts } from './account-index.ts'
import type { Analysis } from './analyse.ts'
import type { Collected } from './collect.ts'
import type { Config } from './config.ts'
import type { GroupActivity } from './evidence/engine.ts'
import type { RejectLog } from './formats/reject-log.ts'
import { findGaps } from './gaps.ts'
import { type ReadingChoices, recordReading } from './intake/record-reading.ts'
import type { Activity, InputSummary, Join, Network, RejectSummary, ScanResult, SignalNote } from './model.ts'
import type { NetworkDraft } from './networks/report-network.ts'
import { describeActivity, extreme, instant } from './networks/report-network.ts'
import { orderSignals } from './signals/order-registry.ts'
import { signals } from './signals/registry.ts'
import type { OpenedSources } from './sources/open.ts'
import type { Source } from './sources/source.ts'
import { version } from './version.ts'

/** Rejects with a line number that are kept of one file, and suppressed values that are listed. */
export const MAX_FIRST_REJECTS = 100
const MAX_SUPPRESSED = 200

/** Which input it is stands on standard error; the document's notes name no file. */
const DAMAGED = 'compressed data of an input is damaged or cut short: what comes before the damage was read'

/** Puts the document together. */
export async function composeResult(parts: {
  readonly collected: Collected
  readonly opened: OpenedSources
  readonly analysis: Analysis
  readonly config: Config
  readonly options: ReadingChoices
}): Promise<ScanResult> {
  const { config, collected } = parts
  const { confirmed, proposal, activities } = parts.analysis
  const { accounts } = collected.evidence.tables
  const isDamaged = collected.ledgers.some(({ damage }) => damage.length > 0)
  const { seed, memoryMiB: _memory, threads: _threads, ...settings } = config // the machine's, not the result's
  const sum = (column: Float64Array): number => column.reduce((total, each) => total + each, 0)
  const active = accounts.requests.reduce((count, requests) => count + (requests > 0 ? 1 : 0), 0)
  return {
    schemaVersion: 1,
    tool: { name: 'distill-scan', version },
    settings,
    seed,
    identifiers: 'revealed',
    reading: recordReading(parts.options),
    inputs: await summarizeInputs(collected, parts.opened),
    window: {
      from: instant(extreme(accounts.ids.keys(), accounts.firstAtMs, Math.min)),
      to: instant(extreme(accounts.ids.keys(), accounts.lastAtMs, Math.max)),
    },
    totals: {
      requests: sum(accounts.requests),
      accounts: active,
      accountsWithoutRequests: accounts.count - active,
      inputTokens: sum(accounts.inputTokens),
      outputTokens: sum(accounts.outputTokens),
    },
    coverage: confirmed.coverage,
    chance: {
      copies: confirmed.chance.draws,
      networks: confirmed.chance.scores.length,
      highestScore: confirmed.chance.scores[0] ?? 0,
    },
    networks: confirmed.drafts.map((draft, i) => rankedNetwork(draft, i, activities)),
    goneNetworks: [],
    signals: notedSignals(confirmed.drafts),
    explained: [...proposal.explained, ...confirmed.explained],
    expiredDeclarations: confirmed.expired,
    background: backgroundOf(confirmed.drafts, activities),
    suppressedValues: proposal.suppressed.slice(0, MAX_SUPPRESSED),
    notes: [...new Set([...collected.evidence.notes, ...(isDamaged ? [DAMAGED] : [])])].sort(),
    joins: summarizeJoins(collected),
    case: null,
    duplicates: collected.evidence.duplicates,
    gaps: findGaps(collected.evidence.hours),
    accountIndex: indexAccounts(accounts.ids),
    omitted: {
      networks: 0,
      accounts: 0,
      suppressedValues: Math.max(0, proposal.suppressed.length - MAX_SUPPRESSED),
      unchanged: 0,
    },
  }
}

/** Everybody in no network: accounts in no group, and those of groups that are explained. */
function backgroundOf(drafts: readonly NetworkDraft[], activities: readonly GroupActivity[] | null): Activity {
  const ranked = new Set(drafts.map(({ group }) => group + 1))
  const hours = new Map<number, number>()
  for (const [group, activity] of (activities ?? []).entries()) {
    if (ranked.has(group)) continue
    for (const [hour, requests] of activity.hours) hours.set(hour, (hours.get(hour) ?? 0) + requests)
  }
  return describeActivity({ hours })
}

function notedSignals(drafts: readonly NetworkDraft[]): SignalNote[] {
  const spoken = new Set(drafts.flatMap(({ evidence }) => evidence.map(({ signal }) => signal)))
  return [...signals, ...orderSignals]
    .filter(({ id }) => spoken.has(id))
    .map(({ id, family, title, innocentCauses }) => ({ id, family, title, innocentCauses }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function rankedNetwork(draft: NetworkDraft, i: number, activities: readonly GroupActivity[] | null): Network {
  const { group: number, id, ...rest } = draft
  const group = activities?.[number + 1]
  return {
    id,
    rank: i + 1,
    ...rest,
    activity: group ? describeActivity(group) : { from: null, hourly: [] },
    models: (group?.models ?? []).map(([model, requests]) => ({ model, requests })),
    capabilities: (group?.capabilities ?? []).map(([capability, requests]) => ({ capability, requests })),
  }
}

async function summarizeInputs({ plans, ledgers }: Collected, opened: OpenedSources): Promise<InputSummary[]> {
  const summaries: InputSummary[] = []
  for (const [i, { source, kind, preset, inputFormat, view }] of plans.entries()) {
    const { records, unused, rejects, damage } = ledgers[i]!
    summaries.push({
      path: source.name,
      role: kind === 'usage' ? 'unused' : source.role,
      givenAs: givenAs(view.source.role),
      kind,
      format: formatOf(source),
      preset,
      inputFormat,
      bytes: source.bytes,
      sha256: await source.sha256,
      records,
      unused: sorted(unused),
      rejected: summarizeRejects(rejects),
      damage: [...damage],
    })
  }
  for (const { name, role, bytes, sha256 } of opened.empty) {
    const rejected = { count: 0, reasons: {}, first: [] }
    const named = { path: name, role, givenAs: givenAs(role), kind: 'none', format: 'empty', preset: 'none' }
    const nothing = { inputFormat: null, records: 0, unused: {}, rejected, damage: [] }
    summaries.push({ ...named, ...nothing, bytes, sha256: await sha256 })
  }
  return summaries
}

/** Of a role that nothing but the naming has decided. */
const givenAs = (role: Source['role']): InputSummary['givenAs'] => (role === 'accounts' ? 'accounts' : 'log')

/** `ndjson+gzip`: the form as given, not that of a copy. */
function formatOf({ dialect, container, givenContainer, compression, givenCompression }: Source): string {
  const kind = dialect?.delimiter === '\t' ? 'tsv' : (givenContainer ?? container)
  const packed = givenContainer === undefined ? (givenCompression ?? compression) : 'none'
  return packed === 'none' ? kind : `${kind}+${packed}`
}

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries([...counts].sort())

function summarizeRejects(rejects: RejectLog): RejectSummary {
  const kept = Math.min(rejects.kept, MAX_FIRST_REJECTS)
  const first = Array.from({ length: kept }, (_, n) => rejects.at(n)).filter(({ at }) => at > 0)
  return {
    count: rejects.count,
    reasons: sorted(rejects.reasons),
    first: first.map(({ at: line, reason }) => ({ line, reason })).sort((a, b) => a.line - b.line),
  }
}

/** How edge logs and side files met the logs. Files that share a copy are told together, by the first of them. */
function summarizeJoins({ evidence, plans, filesOf }: Collected): Join[] {
  return evidence.joins.map(({ source, ...join }) => {
    const files = filesOf[source]!
    const more = files.length > 1 ? ` and ${files.length - 1} more` : ''
    return { path: `${plans[files[0]!]!.source.name}${more}`, ...join }
  })
}
