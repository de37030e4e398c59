import type { Analysis } from '../analyse.ts'
import { withChange } from '../change/with-change.ts'
import type { Evidence, EvidenceEngine, OrderFinding } from '../evidence/engine.ts'
import type { CaseNote, ScanResult } from '../model.ts'
import type { OrderHistory } from '../networks/order-history.ts'
import type { Prepared } from '../prepare.ts'
import { printable } from '../sources/printable.ts'
import { historyOf, networkDocuments } from './history.ts'
import { orderHistoryOf } from './order-history.ts'
import { type PastCase, readPastCase } from './past.ts'

/** One scan beside a case: what is known already, what earlier nights found, and what is added at the end. */
export interface NightInCase {
  readonly orderHistory: OrderHistory
  /** The inputs without those that an earlier scan has read, told by their bytes. */
  leaveOutKnown(prepared: Prepared): Promise<Prepared>
  /** Whether an input was left out, so that a scan without any other is none of nothing. */
  hasKnown(): boolean
  /** The result as it stands against the latest scan of the case. */
  compare(result: ScanResult, analysis: Analysis, evidence: Pick<Evidence, 'nightEndMs'>): ScanResult
  /** Adds the night to the case, whole or not at all. Comes last: what was not written must not be known. @returns warnings */
  keep(result: ScanResult, analysis: Analysis, engine: EvidenceEngine): Promise<readonly string[]>
}

/** @throws ScanError CASE_BUSY, CASE_UNREADABLE */
export async function openNight(path: string): Promise<NightInCase> {
  const past = await readPastCase(path)
  const known: CaseNote['known'][number][] = []
  let isNews = false
  const number = (): number => past.scans + (isNews ? 1 : 0)
  return {
    orderHistory: orderHistoryOf(past),
    hasKnown: () => known.length > 0,
    async leaveOutKnown(prepared) {
      const { plans, left } = await chooseNew(prepared.plans, past)
      known.push(...left)
      isNews = plans.length > 0
      const warnings = known.map((each) => `the case has '${printable(each.path)}' already: nothing of it is added`)
      return { ...prepared, plans, warnings: [...prepared.warnings, ...warnings] }
    },
    compare(result, analysis, { nightEndMs }) {
      const history = historyOf(past)
      const end = typeof nightEndMs === 'number' ? new Date(nightEndMs).toISOString() : history.until
      const changed = past.scans === 0 ? result : withChange(result, history, end)
      const findings = [
        ...past.orderFindings,
        ...findingsOf(changed, analysis).map((each) => ({ ...each, night: number() })),
      ]
      const orderNights = nightsOf(changed, findings)
      const notes = [...changed.notes, ...orderNotes(orderNights)].sort()
      return { ...changed, notes, case: { scan: Math.max(1, number()), known, orderNights } }
    },
    async keep(result, analysis, engine) {
      if (!isNews) return []
      const inputs = result.inputs.filter(({ role }) => role !== 'unused')
      return await engine.keep({
        number: number(),
        inputs,
        networks: networkDocuments(result),
        orderFindings: findingsOf(result, analysis),
      })
    },
  }
}

/** What must be read: nothing twice, but an edge for the logs beside it. */
async function chooseNew(plans: Prepared['plans'], past: PastCase) {
  const fresh: Prepared['plans'][number][] = []
  const left: CaseNote['known'][number][] = []
  const seen = new Set<string>()
  for (const plan of plans) {
    const sha256 = await plan.source.sha256
    const earlierPath = past.inputs.get(sha256)
    if ((earlierPath === undefined && !seen.has(sha256)) || plan.source.role === 'edge') fresh.push(plan)
    else left.push({ path: plan.source.name, sha256, earlierPath: earlierPath ?? plan.source.name })
    seen.add(sha256)
  }
  const hasLog = fresh.some(({ source }) => source.role === 'log')
  const wanted = hasLog ? fresh : fresh.filter(({ source }) => source.role !== 'edge')
  return { plans: wanted, left }
}

/** What tonight's requests said of each network, by its id. */
const findingsOf = ({ networks }: ScanResult, { confirmed }: Analysis): OrderFinding[] =>
  networks.flatMap((network, i) =>
    (confirmed.order[confirmed.drafts[i]!.group]?.tonight ?? []).map(
      ({ signal, finding: { p, bits, hasEffect, accounts } }) => ({
        network: network.id,
        signal,
        p,
        bits,
        hasEffect,
        accounts,
      }),
    ),
  )

function nightsOf(
  { networks }: ScanResult,
  findings: readonly (OrderFinding & { readonly night: number })[],
): CaseNote['orderNights'] {
  const nights = new Map<string, Set<number>>()
  for (const { network, night } of findings) nights.set(network, (nights.get(network) ?? new Set()).add(night))
  return networks
    .map(({ id }) => ({ network: id, nights: [...(nights.get(id) ?? [])].sort((a, b) => a - b) }))
    .sort((a, b) => (a.network < b.network ? -1 : 1))
}

function orderNotes(orderNights: CaseNote['orderNights']): string[] {
  const scans = [...new Set(orderNights.flatMap(({ nights }) => nights))].sort((a, b) => a - b)
  if (scans.length === 0) return []
  return [
    `the order of requests was tested night by night, in scans ${scans[0]} to ${scans.at(-1)} of the case (${scans.length} in all)`,
  ]
}
