import type { Config } from '../config.ts'
import type { FieldMapping } from '../formats/format.ts'
import type { Source } from '../sources/source.ts'
import type { EventTable, EvidenceTables } from './tables.ts'

export interface MappedSource {
  readonly source: Source
  readonly mapping: FieldMapping
}

/** Counts of one input, in the order of the sources given. */
export interface Intake {
  /** Records that became evidence. */
  readonly records: number
  /** Reason → count. */
  readonly rejected: Readonly<Record<string, number>>
  /** Record numbers of the first rejects (1-based among the file's non-blank records), at most 100, ascending. */
  readonly firstRejects: readonly { readonly record: number; readonly reason: string }[]
  /** The engine could not read the file whole: it must be rewritten by the careful reader and collected again. */
  readonly damaged: boolean
}

export interface Evidence {
  readonly intake: readonly Intake[]
  readonly tables: EvidenceTables
  /** Fields that at least one source maps. */
  readonly fieldsPresent: ReadonlySet<string>
  /** Accounts of the side files with and without requests in the logs; `null` without side files. */
  readonly sideAccounts: { readonly matched: number; readonly unmatched: number } | null
  /** What was assumed or sampled, for the report. */
  readonly notes: readonly string[]
}

/** What the second reading gives of one group of accounts. */
export interface GroupActivity {
  /** Hour since the Unix epoch → requests; hours without any are left out. */
  readonly hours: ReadonlyMap<number, number>
  /** Model → requests, most requests first, then by name. */
  readonly models: readonly (readonly [string, number])[]
  readonly capabilities: readonly (readonly [string, number])[]
}

/** Reads logs into evidence where they are; engines give identical tables for the same records. */
export interface EvidenceEngine {
  readonly name: string
  /** Reads the logs and leaves evidence; the log itself is not kept. */
  collect(sources: readonly MappedSource[]): Promise<Evidence>
  /**
   * Reads the logs again for what needs the hour: only accounts with a group are told apart.
   *
   * @param groupOf group number by account, 0 for none
   * @param groupCount numbers in use, 0 included
   * @returns by group number
   */
  readActivity(groupOf: Int32Array, groupCount: number): Promise<readonly GroupActivity[]>
  /**
   * Reads the logs again for what needs the order of requests.
   *
   * @param watched account numbers, ascending
   * @returns every request of these accounts, or of as many of them as can be held
   */
  readEvents(watched: Int32Array): Promise<EventTable>
  /** Stops a running query; the pending call rejects with INTERRUPTED. */
  interrupt(): void
  close(): Promise<void>
}

export interface EngineOptions {
  readonly config: Config
  /** A private folder for spilling; the caller removes it. */
  readonly tempDirectory: string
  /** Called now and then with the share in [0, 1] of the running step that is done. */
  readonly onProgress?: (step: string, share: number) => void
}
