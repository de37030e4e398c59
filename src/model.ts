/**
 * The result document (`schemaVersion` 1) and the words it is made of.
 * `schema/report.schema.json` is the contract; this file is the same in TypeScript.
 * Instants are ISO 8601 UTC with milliseconds. Counts are whole numbers. Bits are log2 units rounded to 0.1.
 */

import type { Evidence, Family, Hypothesis, InnocentExplanation, Member, NetworkTest } from './model/evidence.ts'
import type { Duplicates, InputSummary, Join, Reading } from './model/inputs.ts'
import type { ExpiredDeclaration, ExplainedGroup, NetworkReview } from './model/reviews.ts'
import type { Severity } from './model/severity.ts'

export * from './model/evidence.ts'
export * from './model/inputs.ts'
export * from './model/reviews.ts'
export * from './model/severity.ts'

/** What is claimed, ascending: one hand behind the accounts; it relays traffic; it extracts a model. */
export const CLAIMS = ['common-control', 'relay', 'extraction'] as const
export type Claim = (typeof CLAIMS)[number]

/** Quality of the evidence, not probability: independent families, coverage, fragility. */
export const CONFIDENCES = ['low', 'moderate', 'high'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** Which evidence family could be tested on this export, and why not. */
export interface Coverage {
  readonly family: Family
  readonly tested: boolean
  readonly why: string
}

/** A value held by many accounts, and what became of it. */
export interface Hub {
  readonly field: string
  readonly value: string
  readonly memberCount: number
  readonly verdict: string
}

/** What became of a network since an earlier report; docs/nightly.md, "What changed", says when each is given. */
export type ChangeStatus = 'new' | 'grown' | 'shrunk' | 'merged' | 'split' | 'quiet' | 'gone' | 'unchanged'

/** How the network differs from an earlier report; `null` without one. */
export interface Change {
  readonly status: ChangeStatus
  /** End of what the earlier report saw; `null` if it saw no request. */
  readonly since: string | null
  /** Accounts that are in none of the networks in `from`, in the order of `accounts`. */
  readonly added: readonly string[]
  /** Accounts of the networks in `from` that are not in this one; empty for a part that was split off. Sorted by UTF-8 bytes. */
  readonly removed: readonly string[]
  /** Ids of the earlier networks it goes on with, the one that gave it its id first. */
  readonly from: readonly string[]
  /** Severity of the first network in `from`; `null` without one. */
  readonly earlierSeverity: Severity | null
}

/** A network of the earlier report that none of this report goes on with. */
export interface GoneNetwork {
  readonly id: string
  /** This and all below: as the earlier report has it. */
  readonly severity: Severity
  readonly accountCount: number
  readonly requests: number
  readonly firstSeen: string | null
  readonly lastSeen: string | null
}

/** Requests per hour from `from` on. */
export interface Activity {
  readonly from: string | null
  readonly hourly: readonly number[]
}

/** A group of accounts suspected to be run by one hand. */
export interface Network {
  /** Ten base32 characters, stable under any order of the input. */
  readonly id: string
  /** 1-based; total order. */
  readonly rank: number
  /** Bits that survive the best innocent explanation; the sum of `evidence[].countedBits`. */
  readonly score: number
  readonly severity: Severity
  readonly claim: Claim
  readonly confidence: Confidence
  /**
   * Share in [0, 1], rounded to 0.001, of the networks with this score or a higher one that shuffled copies of the
   * evidence make as well. Above 0.1 the severity is low, but for a network with a confirmed account (`review`).
   */
  readonly falseDiscoveryRate: number
  /** Account ids, sorted by UTF-8 bytes. */
  readonly accounts: readonly string[]
  readonly accountCount: number
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  readonly evidence: readonly Evidence[]
  /** All innocent hypotheses, least residual first. */
  readonly hypotheses: readonly Hypothesis[]
  readonly innocentExplanation: InnocentExplanation
  /** What the finding hangs on, if a single value or account carries it. */
  readonly fragile: null | { readonly dependsOn: string }
  readonly tests: readonly NetworkTest[]
  /**
   * Resolution γ of the constant Potts model by which the cells were found, in bits per pair of members, rounded to 0.001;
   * 0 where nothing divides the network.
   */
  readonly cellResolution: number
  /** In the order of `accounts`. */
  readonly members: readonly Member[]
  readonly hubs: readonly Hub[]
  readonly activity: Activity
  readonly models: readonly { readonly model: string; readonly requests: number }[]
  readonly capabilities: readonly { readonly capability: string; readonly requests: number }[]
  readonly change: null | Change
  /** `null` where nobody declared or reviewed a member. */
  readonly review: null | NetworkReview<Severity>
}

/** What a reader should know of a signal that speaks of some network. */
export interface SignalNote {
  readonly id: string
  readonly family: Family
  readonly title: string
  /** Harmless situations in which it fires. */
  readonly innocentCauses: readonly string[]
}

/** A value that could have linked accounts and was not allowed to. */
export interface SuppressedValue {
  readonly field: string
  readonly value: string
  readonly accounts: number
  readonly reason: string
}

/**
 * Which account ids the scan saw, without listing them: enough to tell an account in no network from an id that is not
 * in the logs. An id that was never seen is taken for one that was with a chance of N / 2³² (N accounts): 1 in 4,295
 * for a million accounts. Who holds the document can ask for any id they know or can guess, and no more.
 */
export interface AccountIndex {
  readonly hash: 'sha256'
  readonly bits: 32
  /**
   * The first 32 bits of the SHA-256 of every account id (UTF-8), side files included, ascending, as base64 of
   * big-endian words.
   */
  readonly prefixes: string
}

/**
 * How account ids and values stand in the document: values shortened and ids whole; all whole; or both as pseudonyms under
 * a key that is kept elsewhere.
 */
export const IDENTIFIERS = ['shortened', 'revealed', 'pseudonymised'] as const
export type Identifiers = (typeof IDENTIFIERS)[number]
/** The case that a report rests on. */
export interface CaseNote {
  /** Number of this scan in the case, from 1. */
  readonly scan: number
  /** Inputs that an earlier scan had read (same SHA-256): nothing of them was added. In the order of the inputs. */
  readonly known: readonly { readonly path: string; readonly sha256: string; readonly earlierPath: string }[]
  /** Network → numbers of the scans in which the order of its requests was tested, ascending; by id. */
  readonly orderNights: readonly { readonly network: string; readonly nights: readonly number[] }[]
}

/** What a finished scan says. Every report format is a pure function of this object. */
export interface ScanResult {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'distill-scan'; readonly version: string }
  readonly settings: Readonly<Record<string, number | string | boolean>>
  readonly seed: string
  readonly identifiers: Identifiers
  readonly reading: Reading
  readonly inputs: readonly InputSummary[]
  readonly window: { readonly from: string | null; readonly to: string | null }
  readonly totals: {
    readonly requests: number
    /** Accounts with at least one request. */
    readonly accounts: number
    /** Accounts that are only in a side file. */
    readonly accountsWithoutRequests: number
    readonly inputTokens: number
    readonly outputTokens: number
  }
  readonly coverage: readonly Coverage[]
  /** What the same search found in copies of the evidence whose families were shuffled: chance alone. */
  readonly chance: {
    /** Copies searched; 0 when no group was found to judge. */
    readonly copies: number
    /** Networks in all copies that agree in two families or more, and their highest score in bits; 0 without any. */
    readonly networks: number
    readonly highestScore: number
  }
  readonly networks: readonly Network[]
  /** Networks of the earlier report that none of these goes on with, the most severe first; empty without one. */
  readonly goneNetworks: readonly GoneNetwork[]
  /** Every signal that is in the evidence of any network, by id. */
  readonly signals: readonly SignalNote[]
  readonly explained: readonly ExplainedGroup[]
  /** In the order of the files and their lines. */
  readonly expiredDeclarations: readonly ExpiredDeclaration[]
  /** Requests of accounts in no network, by hour. */
  readonly background: Activity
  readonly suppressedValues: readonly SuppressedValue[]
  /** Notes on what was assumed while reading, such as a zone that was missing; sorted. */
  readonly notes: readonly string[]
  readonly joins: readonly Join[]
  /** `null` without a case. */
  readonly case: CaseNote | null
  /** Request ids that came more than once; `null` if the export has none. */
  readonly duplicates: null | Duplicates
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly hours: number }[]
  /** `null` where ids are pseudonyms: it would let anybody test what they guess. */
  readonly accountIndex: null | AccountIndex
  /** What `--top`, `--min-severity` and `--since-last` left out of `networks`; zeros in a full document. */
  readonly omitted: {
    readonly networks: number
    readonly accounts: number
    readonly suppressedValues: number
    /** Of `networks`, those that `--since-last` left out: unchanged, quiet or shrunk. */
    readonly unchanged: number
  }
}
