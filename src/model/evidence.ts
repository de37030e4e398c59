/** What speaks for and against a network. */

/** Independent kinds of evidence. Matches inside one family never add up in full. */
export const FAMILIES = [
  'payment',
  'client',
  'network',
  'registration',
  'content',
  'timing',
  'continuity',
  'lifecycle',
  'purpose',
] as const
export type Family = (typeof FAMILIES)[number]

/** One shared value that speaks for a network. */
export interface EvidenceValue {
  readonly field: string
  readonly value: string
  /** Members that hold the value. */
  readonly inside: number
  /** Accounts outside the network that hold it. */
  readonly outside: number
}

/** What one signal says of one network. */
export interface Evidence {
  readonly family: Family
  readonly signal: string
  /** What the signal measured, uncapped. */
  readonly bits: number
  /** What of it counts in the score, after family caps, confirmation and the best innocent explanation. */
  readonly countedBits: number
  /** One sentence with numbers. */
  readonly summary: string
  /** Strongest first, at most 20. */
  readonly values: readonly EvidenceValue[]
  /** Members that the signal covers. */
  readonly accounts: number
}

/** Evidence left under one innocent explanation. */
export interface Hypothesis {
  readonly name: string
  readonly residualBits: number
}

/** The explanation that leaves the least evidence unexplained: the score is what it leaves. */
export interface InnocentExplanation extends Hypothesis {
  /** What would confirm it, as a question to ask or a record to look for. */
  readonly wouldBeConfirmedBy: string
}

/** One confirmation test of a network. */
export interface NetworkTest {
  readonly signal: string
  /** Name and value of the statistic, such as `mean link bits 9.4`. */
  readonly statistic: string
  /** Permutation p-value in (0, 1], (1 + null draws at or above) / (1 + draws). */
  readonly p: number
  readonly confirmed: boolean
}

/** A value that ties a member to others of its network. */
export interface MemberLink {
  readonly field: string
  readonly value: string
  readonly bits: number
}

export interface Member {
  readonly accountId: string
  /** Number of the tight cell inside the network, from 0 (largest). */
  readonly cell: number
  readonly requests: number
  readonly outputTokens: number
  /** `null` for an account without requests. */
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  /** Strongest first, at most 8. */
  readonly links: readonly MemberLink[]
}
