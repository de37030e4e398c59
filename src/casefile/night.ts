import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Analysis } from '../analyse.ts'
import { withChange } from '../change/with-change.ts'
import type { EvidenceEngine } from '../evidence/engine.ts'
import type { CaseNote, ScanResult } from '../model.ts'
import type { OrderHistory } from '../networks/order-history.ts'
import type { Prepared } from '../prepare.ts'
import { historyOf, networkDocuments } from './history.ts'
import { orderHistoryOf } from './order-history.ts'
import { readPastCase } from './past.ts'

/** One scan beside a case: what is known already, what earlier nights found, and what is added at the end. */
export interface NightInCase {
  /** Whether the case has a scan. */
  readonly isContinued: boolean
  readonly orderHistory: OrderHistory
  /** The inputs without those that an earlier scan has read, told by their bytes. */
  leaveOutKnown(prepared: Prepared): Promise<Prepared>
  /** The result as it stands against the latest scan of the case; adds the night, whole or not at all. */
  keep(result: ScanResult, analysis: Analysis, engine: EvidenceEngine): Promise<ScanResult>
  /** Removes a case that was made for a scan that failed. */
  close(): Promise<void>
}

/** @throws ScanError CASE_BUSY, CASE_UNREADABLE */
export async function openNight(path: string): Promise<NightInCase> {
  const isNew = !existsSync(path)
  const past = await readPastCase(path)
  const known: CaseNote['known'][number][] = []
  let isKept = false
  return {
    isContinued: past.scans > 0,
    orderHistory: orderHistoryOf(past),
    async leaveOutKnown(prepared) {
      const plans: Prepared['plans'][number][] = []
      const seen = new Set<string>()
      for (const plan of prepared.plans) {
        const sha256 = await plan.source.sha256
        const earlierPath = past.inputs.get(sha256)
        if (earlierPath === undefined && !seen.has(sha256)) plans.push(plan)
        else known.push({ path: plan.source.name, sha256, earlierPath: earlierPath ?? plan.source.name })
        seen.add(sha256)
      }
      const warnings = known.map((each) => `the case has '${each.path}' already: nothing of it is added`)
      return { ...prepared, plans, warnings: [...prepared.warnings, ...warnings] }
    },
    async keep(result, { confirmed }, engine) {
      const number = past.scans + 1
      const changed = past.scans === 0 ? result : withChange(result, historyOf(past))
      const orderFindings = changed.networks.flatMap((network, i) =>
        (confirmed.order[confirmed.drafts[i]!.group]?.tonight ?? []).map(({ signal, finding }) => ({
          network: network.id,
          signal,
          p: finding.p,
          bits: finding.bits,
          hasEffect: finding.hasEffect,
          accounts: finding.accounts,
        })),
      )
      const inputs = result.inputs.filter(({ role }) => role !== 'unused')
      await engine.keep({ number, inputs, networks: networkDocuments(changed), orderFindings })
      isKept = true
      const findings = [...past.orderFindings, ...orderFindings.map((each) => ({ ...each, night: number }))]
      const orderNights = changed.networks.map(({ id }) => ({
        network: id,
        nights: [...new Set(findings.filter((each) => each.network === id).map(({ night }) => night))].sort(
          (a, b) => a - b,
        ),
      }))
      return {
        ...changed,
        case: { scan: number, known, orderNights: orderNights.sort((a, b) => (a.network < b.network ? -1 : 1)) },
      }
    },
    async close() {
      if (isNew && !isKept) for (const file of [path, `${path}.wal`]) await rm(file, { force: true })
    },
  }
}
