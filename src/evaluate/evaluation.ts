import type { Network, Severity } from '../model.ts'
import type { LabelClass } from './label.ts'

/** What an evaluation reads of a report. Groups listed as explained are not in it: they count as not reported. */
export interface ReportedNetworks {
  /** No account is in two of them. */
  readonly networks: readonly Pick<Network, 'rank' | 'severity' | 'accounts'>[]
}

export interface EvaluateOptions {
  /** Networks below it count as not reported; default `low`. */
  readonly minSeverity: Severity
  /** Smallest number of accounts, of reported networks and of true ones; whole, from 1; default 3. */
  readonly minSize: number
  /** Account → its requests, if the caller knows them; a report knows only those of its own members. */
  readonly requests?: ReadonlyMap<string, number>
}

/** A number for each severity, of what is at that severity or above. */
export type OrAbove = Readonly<Record<Severity, number>>

/** Shares in [0, 1]. */
export interface Rates {
  /** `null` if nothing is reported. */
  readonly precision: number | null
  /** `null` if there is nothing to find. */
  readonly recall: number | null
  /** Harmonic mean of the two; 0 if nothing is reported, `null` if there is nothing to find. */
  readonly f1: number | null
}

export interface AccountRates extends Rates {
  /** Accounts in reported networks. */
  readonly reported: number
  /** Fraud accounts among them, of true networks of any size: the numerator of precision. */
  readonly correct: number
  /** Accounts in true networks of the size. */
  readonly true: number
  /** Those of them in reported networks: the numerator of recall. */
  readonly found: number
}

/** Of pairs of accounts in one network. */
export interface PairRates extends Rates {
  readonly reported: number
  /** In one reported network and in one true one. */
  readonly correct: number
  readonly true: number
}

/** What is reported at one severity or above. */
export interface SeverityRow {
  readonly severity: Severity
  readonly networks: number
  /** Networks of which fewer than half of the accounts are fraud, and no more of the rest abuse than innocent. */
  readonly mostlyInnocent: number
  /** Networks of which fewer than half of the accounts are fraud, and more of the rest abuse than innocent. */
  readonly abuse: { readonly networks: number; readonly accounts: number }
  readonly accounts: AccountRates
  readonly pairs: PairRates
}

/** One true network, or one of class abuse, and what became of it. */
export interface CampaignResult {
  readonly network: string
  readonly class: Exclude<LabelClass, 'innocent'>
  /** The commonest among its accounts. */
  readonly kind: string
  readonly accounts: number
  /** Only if {@link EvaluateOptions.requests} was given. */
  readonly requests?: number
  /** Share of its accounts in reported networks, in [0, 1]. */
  readonly recall: number
  readonly recallBySeverity: OrAbove
  /** Reported networks that hold any of its accounts: 1 is whole, 0 missed. */
  readonly fragments: number
  /** Of the reported network that holds most of its accounts, the best-ranked of equals; `null` if it was missed. */
  readonly rank: number | null
  /** Of the same network. */
  readonly severity: Severity | null
}

/** What was reported of the accounts of one innocent kind. */
export interface InnocentKindResult {
  readonly kind: string
  /** Labelled ones. */
  readonly accounts: number
  /** Accounts in reported networks. */
  readonly reported: OrAbove
  /** Mostly innocent networks whose commonest innocent kind it is: each is counted at one kind. */
  readonly networks: OrAbove
}

/** A report held against labels. Definitions: docs/evaluate.md. */
export interface Evaluation {
  readonly options: Pick<EvaluateOptions, 'minSeverity' | 'minSize'>
  readonly accounts: AccountRates
  readonly pairs: PairRates
  /** A row for each severity, whatever `minSeverity` is. */
  readonly bySeverity: readonly SeverityRow[]
  /** What should never be there, at high or above. */
  readonly falseAlarms: { readonly mostlyInnocent: number; readonly abuseAboveMedium: number }
  /** Fraud before abuse, then the largest first, then by name. */
  readonly campaigns: readonly CampaignResult[]
  /** Labelled networks of fraud or abuse below `minSize`: nobody is asked to find them. */
  readonly smallerCampaigns: number
  /** By name. Reported accounts without a label are the kind {@link UNLABELLED}. */
  readonly innocentKinds: readonly InnocentKindResult[]
  /** Reported accounts that the labels do not know: they count as innocent. */
  readonly unlabelled: number
}

/** The kind of reported accounts that the labels do not know. */
export const UNLABELLED = '(unlabelled)'
