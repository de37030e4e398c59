import type {
  Claim,
  Confidence,
  Coverage,
  Family,
  Hub,
  Hypothesis,
  InnocentExplanation,
  MemberLink,
  Network,
  NetworkTest,
  Severity,
} from '../model.ts'
import type { SavedReport } from '../saved/report.ts'

/** What is explained: a saved document, which an earlier build may have written without its index of accounts or its rates. */
export type Report = SavedReport

/** The answer to "why is this here?", made from the result document alone. */
export type Explanation = MemberExplanation | NetworkExplanation | UnlinkedExplanation

/** Why an account is in its network. */
export interface MemberExplanation {
  readonly kind: 'member'
  readonly id: string
  readonly network: NetworkHead
  /** `number` counts from 0, the largest; `accounts` is the size of this one, `of` the number of cells. */
  readonly cell: { readonly number: number; readonly accounts: number; readonly of: number }
  readonly requests: number
  readonly outputTokens: number
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  /** Strongest first, as many as the report lists of a member. */
  readonly links: readonly LinkExplanation[]
  readonly neighbours: Neighbours
  readonly waterfall: Waterfall
  readonly clearing: Clearing & {
    /** Whether the account holds the value that `fragile` names; `null` if it names none, or the report cannot tell. */
    readonly holdsFragile: boolean | null
    /** Row n: who is left once the n strongest values are explained; it ends at the first row without anybody. */
    readonly without: readonly Removal[]
  }
  readonly negative: Negative
  readonly groups: readonly DeclaredGroup[]
  readonly caveats: Caveats
}

/** How the score of a network comes about. */
export interface NetworkExplanation {
  readonly kind: 'network'
  readonly id: string
  readonly network: NetworkHead
  readonly requests: number
  readonly outputTokens: number
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  /** Accounts of each tight cell, by number. */
  readonly cells: readonly number[]
  readonly waterfall: Waterfall
  readonly clearing: Clearing
  /** All innocent hypotheses, least residual first. */
  readonly hypotheses: readonly Hypothesis[]
  readonly confirmed: readonly NetworkTest[]
  readonly negative: Negative
  readonly hubs: readonly Hub[]
  readonly caveats: Caveats
}

/** What is known of an account in no network. */
export interface UnlinkedExplanation {
  readonly kind: 'unlinked'
  readonly id: string
  /** Whether the scan saw the account; `null` if the report cannot tell, for want of its index of accounts. */
  readonly isKnown: true | null
  /** Groups that are accounted for, with this account in them. */
  readonly groups: readonly DeclaredGroup[]
  readonly tested: readonly Family[]
  readonly notTestable: readonly Coverage[]
  readonly caveats: Caveats
}

/** The network in one line. */
export interface NetworkHead {
  readonly id: string
  readonly rank: number
  /** Networks in the report. */
  readonly of: number
  readonly severity: Severity
  readonly claim: Claim
  readonly confidence: Confidence
  /** Bits. */
  readonly score: number
  /** Share of networks with this score or more that chance is expected to make, in [0, 1]; 0 if the report has none. */
  readonly falseDiscoveryRate: number
  readonly accountCount: number
  /** What declarations and reviews say of members; `null` where they say nothing. */
  readonly review: Network['review']
}

/** A value that ties a member to others. */
export interface LinkExplanation extends MemberLink {
  /** The signal that reads the field, and its family; `null` where the report's evidence does not name the field. */
  readonly signal: string | null
  readonly family: Family | null
  /** Whether the signal counts in the score, or an innocent explanation or the cap of its family takes it away. */
  readonly isCounted: boolean
  /** Members that hold the value, this one included; a least number where `isAtLeast`. */
  readonly members: number
  readonly isAtLeast: boolean
  /** Accounts outside the network that hold it; `null` if the report does not say. */
  readonly outside: number | null
  /** What the hub test said of a value that very many hold; `null` for a value that is no hub. */
  readonly hub: string | null
}

/** Other members that share a listed value with the account. */
export interface Neighbours {
  /** What holds the account: a value of its own, only values of very many accounts, or only its likeness to the whole. */
  readonly via: 'value' | 'hub' | 'profile'
  readonly count: number
  /** Strongest first, ties by id, at most five. */
  readonly nearest: readonly Neighbour[]
}

export interface Neighbour {
  readonly accountId: string
  readonly isSameCell: boolean
  /** Sum over families of the strongest shared value of each: values of one family say nearly the same. */
  readonly bits: number
  /** Strongest first. */
  readonly shared: readonly SharedValue[]
}

export interface SharedValue extends MemberLink {
  /** Whether it is the strongest shared value of its family, and so a term of the neighbour's bits. */
  readonly isBest: boolean
}

/** What is left once a value, and all stronger ones, have an innocent cause. */
export interface Removal {
  readonly without: MemberLink
  /** Other members that still share a listed value. */
  readonly members: number
  /** Bits to the nearest of them; 0 without any. */
  readonly bits: number
}

/** The score as a sum. The running sums are exact in tenths of a bit. */
export interface Waterfall {
  readonly terms: readonly WaterfallTerm[]
  readonly sum: number
  /** The network's score; equal to `sum` in a report that nobody changed. */
  readonly score: number
}

export interface WaterfallTerm {
  readonly family: Family
  readonly signal: string
  readonly measuredBits: number
  readonly countedBits: number
  /** Sum of the counted bits so far. */
  readonly runningBits: number
  /**
   * Why nothing counts; `null` where something does. `explained or capped`: the nearest innocent cause accounts for it,
   * or its family counts no more than it already does.
   */
  readonly why: null | 'explained or capped' | 'not confirmed' | 'reported only'
  readonly summary: string
}

/** What would change the assessment. */
export interface Clearing {
  readonly explanation: InnocentExplanation
  readonly fragile: null | { readonly dependsOn: string }
}

/** What was looked for and not found, and what could not be looked for. */
export interface Negative {
  readonly notConfirmed: readonly NetworkTest[]
  /** Families that the export allows to test, with no part in the evidence: nothing was found, or there was too little. */
  readonly silent: readonly Family[]
  /** Families that are tests of order only, if the network has too few accounts for them. */
  readonly tooSmall: readonly Family[]
  readonly notTestable: readonly Coverage[]
}

export interface DeclaredGroup {
  readonly accountCount: number
  readonly explanation: string
}

/** What the report itself lacks. */
export interface Caveats {
  /** Networks and accounts that --top or --min-severity left out of the report. */
  readonly omittedNetworks: number
  readonly omittedAccounts: number
  readonly records: number
  readonly rejectedRecords: number
}
