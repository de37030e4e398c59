/** What the document says of declarations (`--known`) and of earlier reviews (`--labels`). */

/** Members of a network that one owner answers for. */
export interface DeclaredMembers {
  readonly owner: string
  /** Of most of them. */
  readonly reason: string
  /** `YYYY-MM-DD`, the earliest last day among the lines. */
  readonly until: string
  /** Sorted as the network's. */
  readonly accounts: readonly string[]
}

/** What is known of members of a network beside the evidence. It is part of no score. */
export interface NetworkReview<Severity extends string = string> {
  /** Members that a review confirmed, and that a review cleared; sorted as the network's accounts. */
  readonly confirmed: readonly string[]
  readonly cleared: readonly string[]
  /** By owner, most members first. */
  readonly declared: readonly DeclaredMembers[]
  /** Accounts in no network that a link ties to a confirmed member, and that no review cleared; sorted. */
  readonly linkedOutside: readonly string[]
  /** What the severity would be without any label. */
  readonly severityByEvidence: Severity
}

/** Why a group is explained: it has one organisation id, somebody declared it, or a review cleared it. */
export const BASES = ['organization', 'declaration', 'review'] as const
export type Basis = (typeof BASES)[number]

/** A group that is accounted for: listed, not ranked. */
export interface ExplainedGroup {
  readonly accounts: readonly string[]
  readonly accountCount: number
  readonly explanation: string
  readonly basis: Basis
  /** Accounts of the group that the declaration does not name, or that no review cleared; sorted. */
  readonly uncovered: readonly string[]
}

/**
 * Lines of one owner whose last day is past, and whose accounts are in networks all the same. They hide nothing.
 */
export interface ExpiredDeclaration {
  /** The `--known` file as named, and the lines, 1-based, ascending. */
  readonly path: string
  readonly lines: readonly number[]
  readonly owner: string
  /** `YYYY-MM-DD`. */
  readonly expired: string
  /** Their accounts that are in networks. */
  readonly accounts: number
  /** Ids of these networks, by rank. */
  readonly networks: readonly string[]
}
