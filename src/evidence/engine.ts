import type { Config } from '../config.ts'
import type { FieldMapping } from '../formats/format.ts'
import type { RejectLog } from '../formats/reject-log.ts'
import type { Duplicates, Join } from '../model.ts'
import type { Source } from '../sources/source.ts'
import type { EventTable, EvidenceTables } from './tables.ts'

export interface MappedSource {
  readonly source: Source
  readonly mapping: FieldMapping
  /** Canonical fields that the engine reads as numbers, not as text; it says so itself. */
  readonly numbers?: ReadonlySet<string>
  /** Files that are read in place of the source's own, as one. */
  readonly parts?: readonly string[]
}

/** Counts of one input, in the order of the sources given. */
export interface Intake {
  /** Records that were read. */
  readonly records: number
  /** By record number (1-based among the file's non-blank records), ascending; of the first `maxRejects` one by one. */
  readonly rejects: RejectLog
  /** The engine could not read the file whole: it must be rewritten by the careful reader and collected again. */
  readonly damaged: boolean
}

export interface Evidence {
  readonly intake: readonly Intake[]
  readonly tables: EvidenceTables
  /** Fields that at least one source maps. */
  readonly fieldsPresent: ReadonlySet<string>
  /** How edge logs and side files met the logs, by position of the source. */
  readonly joins: readonly SourceJoin[]
  /** Request ids that came more than once; `null` if no log has any. */
  readonly duplicates: Duplicates | null
  /** Hours since the Unix epoch (UTC) in which a record lies, ascending. */
  readonly hours: Float64Array
  /**
   * The last instant of the logs, with a case of tonight's, in epoch milliseconds, without what a wrong clock stamped; `null`
   * without a request. What an engine leaves out is the end of all records.
   */
  readonly endMs?: number | null
  /** What was assumed or sampled, for the report. */
  readonly notes: readonly string[]
}

/** How the rows of one source met the others; see the document's `joins`. */
export interface SourceJoin extends Omit<Join, 'path'> {
  /** Position among the sources. */
  readonly source: number
}

/** A file that was read into a case. */
export interface KeptInput {
  readonly sha256: string
  readonly path: string
  readonly role: string
  readonly bytes: number
  readonly records: number
}

/** What a case keeps of a night beside its evidence. */
export interface Night {
  /** Number of the scan, from 1. */
  readonly number: number
  readonly inputs: readonly KeptInput[]
  /** What the next night compares its networks with, one JSON text each. */
  readonly networks: readonly { readonly id: string; readonly document: string }[]
  readonly orderFindings: readonly OrderFinding[]
}

/** What the order of requests said of a network in one night. */
export interface OrderFinding {
  readonly network: string
  readonly signal: string
  readonly p: number
  readonly bits: number
  readonly hasEffect: boolean
  readonly accounts: number
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
   * @param onBegun is called once the reading has begun, so that other work may go on beside it
   * @returns every request of these accounts, or of as many of them as can be held
   */
  readEvents(watched: Int32Array, onBegun?: () => void): Promise<EventTable>
  /**
   * Adds tonight's evidence to the case, whole or not at all. Comes last.
   *
   * @param night what is written beside it
   * @returns what a person should know, one sentence each
   */
  keep(night: Night): Promise<readonly string[]>
  /** Stops a running query; the pending call rejects with INTERRUPTED. */
  interrupt(): void
  close(): Promise<void>
}

export interface EngineOptions {
  readonly config: Config
  /** A case: evidence of earlier nights, which tonight's is put beside. Made if it is not there. */
  readonly caseFile?: string
  /** A private folder for spilling; the caller removes it. */
  readonly tempDirectory: string
  /** Rejects of each source that are named one by one. */
  readonly maxRejects?: number
  /** A stage of collecting begins: `reading` of the logs, then `evidence`, what is made of the rows that are left. */
  readonly onStage?: (name: 'reading' | 'evidence') => void
  /** Called when a step begins and now and then, with the share in [0, 1] that is done; below 0 if it is not known. */
  readonly onProgress?: (step: string, share: number) => void
}
