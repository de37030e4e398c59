import type { Severity } from '../model.ts'
import { type ReportedNetworks, UNLABELLED } from './evaluation.ts'
import type { LabelClass } from './label.ts'
import { levelOf } from './rates.ts'
import { commonest, type Truth } from './truth.ts'

/** A reported network and who is in it. */
export interface JudgedNetwork {
  readonly rank: number
  readonly severity: Severity
  /** Position of the severity. */
  readonly level: number
  readonly accounts: readonly string[]
  /** Fraud if at least half of its accounts are; else whichever of the others there are more of, innocent if equal. */
  readonly class: LabelClass
  /** The commonest kind among the accounts of that class. */
  readonly kind: string
  readonly fraudAccounts: number
  readonly abuseAccounts: number
  /** Accounts that the labels do not know: innocent ones. */
  readonly unlabelledAccounts: number
}

export interface Reported {
  /** Of the size or larger, best rank first. */
  readonly networks: readonly JudgedNetwork[]
  /** Account → position of its network in `networks`. */
  readonly networkOf: ReadonlyMap<string, number>
}

/** The reported networks of any severity, of at least `minSize` accounts, held against the truth. */
export function judgeNetworks(report: ReportedNetworks, truth: Truth, minSize: number): Reported {
  const networks = report.networks
    .filter((network) => network.accounts.length >= minSize)
    .map((network) => judge(network, truth))
    .sort((a, b) => a.rank - b.rank)
  const networkOf = new Map<string, number>()
  for (const [i, { accounts }] of networks.entries()) for (const account of accounts) networkOf.set(account, i)
  return { networks, networkOf }
}

function judge({ rank, severity, accounts }: ReportedNetworks['networks'][number], { labelOf }: Truth): JudgedNetwork {
  const kinds: Record<LabelClass, string[]> = { fraud: [], abuse: [], innocent: [] }
  for (const account of accounts) {
    const label = labelOf.get(account)
    kinds[label?.class ?? 'innocent'].push(label === undefined ? UNLABELLED : label.kind)
  }
  const { fraud, abuse, innocent } = kinds
  const others = abuse.length > innocent.length ? 'abuse' : 'innocent'
  const verdict = fraud.length * 2 >= accounts.length ? 'fraud' : others
  return {
    rank,
    severity,
    level: levelOf(severity),
    accounts,
    class: verdict,
    kind: commonest(kinds[verdict]),
    fraudAccounts: fraud.length,
    abuseAccounts: abuse.length,
    unlabelledAccounts: accounts.filter((account) => !labelOf.has(account)).length,
  }
}
