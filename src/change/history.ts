import type { Severity } from '../model.ts'

/** A value as a report or a case names it. */
export interface HeldValue {
  readonly field: string
  readonly value: string
}

/** A network as it was known before: out of a saved report, or out of a case. */
export interface EarlierNetwork {
  /** Ten base32 characters; no two networks of a history have the same. */
  readonly id: string
  readonly accounts: readonly string[]
  /** Values that few but its members held ({@link rareValues}), in the form that {@link History.formsOf} gives. */
  readonly values: readonly HeldValue[]
  readonly requests: number
  /** ISO 8601 UTC with milliseconds; `null` without a request. */
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  readonly severity: Severity
}

/** What was known before the scan. */
export interface History {
  readonly networks: readonly EarlierNetwork[]
  /** The last instant that it saw; `null` if it saw no request. */
  readonly until: string | null
  /** Networks that it left out (`--top`, `--min-severity`, `--since-last`): these look new. */
  readonly omittedNetworks: number
  /**
   * The texts under which a value of the scan, which is whole, may stand in `values` of the history, the surest first. One, the
   * value itself, where the history holds whole values; the shortened one as well where it is a shortened report.
   */
  readonly formsOf: (held: HeldValue) => readonly string[]
}
