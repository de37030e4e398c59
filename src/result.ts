import { indexAccounts } from './account-index.ts'
import type { Analysis } from './analyse.ts'
import type { Collected } from './collect.ts'
import type { Config } from './config.ts'
import type { GroupActivity } from './evidence/engine.ts'
import type { InputSummary, Join, Network, RejectSummary, ScanResult } from './model.ts'
import type { NetworkDraft } from './networks/report-network.ts'
import { describeActivity, extreme, instant } from './networks/report-network.ts'
import { locateRecords } from './sources/locate.ts'
import type { EmptyInput } from './sources/open.ts'
import { version } from './version.ts'

/** Rejects with a line number that are kept of one file, and suppressed values that are listed. */
const MAX_FIRST_REJECTS = 100
const MAX_SUPPRESSED = 200

/** Which input it is stands on standard error; the document's notes name no file. */
const DAMAGED = 'compressed data of an input is damaged or cut short: what comes before the damage was read'

/** Puts the document together. */
export async function composeResult(parts: {
  readonly collected: Collected
  readonly empty: readonly EmptyInput[]
  /** Whether compressed data of an input was damaged or cut short. */
  readonly isDamaged: boolean
  readonly analysis: Analysis
  readonly config: Config
}): Promise<ScanResult> {
  const { config, collected } = parts
  const { confirmed, proposal, activities } = parts.analysis
  const { accounts } = collected.evidence.tables
  const { seed, memoryMiB: _memory, threads: _threads, ...settings } = config // the machine's, not the result's
  const sum = (column: Float64Array): number => column.reduce((total, each) => total + each, 0)
  const active = accounts.requests.reduce((count, requests) => count + (requests > 0 ? 1 : 0), 0)
  return {
    schemaVersion: 1,
    tool: { name: 'distill-scan', version },
    settings,
    seed,
    inputs: await summarizeInputs(collected, parts.empty),
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
    explained: proposal.explained,
    background: activities ? describeActivity(activities[0]!) : { from: null, hourly: [] },
    suppressedValues: proposal.suppressed.slice(0, MAX_SUPPRESSED),
    notes: [...new Set([...collected.evidence.notes, ...(parts.isDamaged ? [DAMAGED] : [])])].sort(),
    joins: summarizeJoins(collected),
    duplicates: null,
    gaps: [],
    accountIndex: indexAccounts(accounts.ids),
    omitted: { networks: 0, accounts: 0, suppressedValues: Math.max(0, proposal.suppressed.length - MAX_SUPPRESSED) },
  }
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

async function summarizeInputs(collected: Collected, empty: readonly EmptyInput[]): Promise<InputSummary[]> {
  const summaries: InputSummary[] = []
  for (const [number, { source, mapping }] of collected.mapped.entries()) {
    const compression = source.givenCompression ?? source.compression
    const kind = source.dialect?.delimiter === '\t' ? 'tsv' : source.container
    summaries.push({
      path: source.name,
      role: source.role,
      format: compression === 'none' ? kind : `${kind}+${compression}`,
      preset: mapping.preset,
      bytes: source.bytes,
      sha256: await source.sha256,
      records: collected.evidence.intake[number]!.records,
      rejected: await summarizeRejects(collected, number),
    })
  }
  for (const { name, role, bytes, sha256 } of empty) {
    const rejected = { count: 0, reasons: {}, first: [] }
    summaries.push({
      path: name,
      role,
      format: 'empty',
      preset: 'none',
      bytes,
      sha256: await sha256,
      records: 0,
      rejected,
    })
  }
  return summaries
}

async function summarizeRejects(collected: Collected, number: number): Promise<RejectSummary> {
  const { rejected, firstRejects } = collected.evidence.intake[number]!
  const saved = collected.salvaged.get(number)
  const reasons: Record<string, number> = {}
  for (const [reason, count] of [...Object.entries(rejected), ...Object.entries(saved?.rejected ?? {})].sort()) {
    reasons[reason] = (reasons[reason] ?? 0) + count
  }
  const lines = await locateRecords(
    collected.mapped[number]!.source,
    firstRejects.map(({ record }) => record),
  )
  const first = [...firstRejects.map(({ reason }, i) => ({ line: lines[i]!, reason })), ...(saved?.first ?? [])]
    .sort((a, b) => a.line - b.line)
    .slice(0, MAX_FIRST_REJECTS)
  return { count: Object.values(reasons).reduce((sum, count) => sum + count, 0), reasons, first }
}

/** Side files are united before they are joined; their names are in `inputs`, and nowhere else. */
const SIDE_FILES = 'accounts files'

/** How the side files met the logs: over all side files together, since they are united before they are joined. */
function summarizeJoins({ evidence }: Collected): Join[] {
  if (evidence.sideAccounts === null) return []
  return [{ path: SIDE_FILES, on: 'account_id', ...evidence.sideAccounts }]
}
