import type { Identifiers } from '../model.ts'

/** A file that was named, hashed. */
export interface GivenFile {
  readonly path: string
  readonly bytes: number
  /** Lower-case hex over the bytes as stored. */
  readonly sha256: string
  /** In a folder that was named, and not named itself. */
  readonly isFound: boolean
}

/**
 * What became of one input. `same`: its bytes are there, under whatever name; `changed`: a file of its name is there with
 * other bytes; `missing`: neither; `extra`: a file that the report does not know.
 */
export interface InputCheck {
  readonly status: 'same' | 'changed' | 'missing' | 'extra'
  /** Position in the report's `inputs`, from 0; `null` for an extra file. */
  readonly position: number | null
  /** As the report has it; `null` for an extra file. */
  readonly path: string | null
  /** The file as named now; `null` for a missing one. */
  readonly file: string | null
  /** The bytes are the same and the name is another. */
  readonly isRenamed: boolean
  /** Bytes and SHA-256 in the report, and now; `null` where there is none. */
  readonly reported: null | Pick<GivenFile, 'bytes' | 'sha256'>
  readonly found: null | Pick<GivenFile, 'bytes' | 'sha256'>
  /** Whether it makes the inputs differ: everything but the same bytes, and extra files that merely lie in a named folder. */
  readonly isDifference: boolean
}

/** A figure that came out differently; `null` where one of the two documents has none. */
export interface FigureChange {
  readonly name: string
  readonly reported: number | null
  readonly found: number | null
}

export interface NetworkChange {
  readonly id: string
  readonly rank: number
  /** Properties that differ, in the order of the report. */
  readonly differs: readonly string[]
}

/** Networks of the report against those of the second reading, by id. */
export interface NetworkComparison {
  readonly same: number
  readonly changed: readonly NetworkChange[]
  /** Ids of networks that only the report has, and that only the second reading has, by rank. */
  readonly missing: readonly string[]
  readonly unexpected: readonly string[]
  /** Networks that a limited report leaves out: the second reading has as many, which cannot be compared further. */
  readonly omitted: number
}

export interface Rerun {
  readonly networks: NetworkComparison
  readonly figures: readonly FigureChange[]
  /** Other parts of the document that differ, by name. */
  readonly parts: readonly string[]
}

/** The answer to "does this report follow from these files?". */
export interface Verification {
  readonly schemaVersion: 1
  readonly verdict: 'same' | 'differs'
  readonly report: {
    readonly toolVersion: string
    readonly identifiers: Identifiers
  }
  /** The version that verified. */
  readonly toolVersion: string
  readonly inputs: readonly InputCheck[]
  /** `null` if the inputs were not read again: they differ, or only they were asked for. */
  readonly rerun: null | Rerun
  /** One sentence each. */
  readonly warnings: readonly string[]
}
