/** What the document says of the files that were read. */

/** Why records of an input could not be used, by reason. */
export interface RejectSummary {
  readonly count: number
  /** Reason → count; the sum is `count`. Sorted by reason. */
  readonly reasons: Readonly<Record<string, number>>
  /** The first rejects of the file, at most 100, by line. Never row content. */
  readonly first: readonly { readonly line: number; readonly reason: string }[]
}

/**
 * What a file is for: requests; rows that belong to requests of other logs; accounts and their cards; or nothing, since it
 * holds sums or no records.
 */
export const ROLES = ['log', 'edge', 'accounts', 'unused'] as const
export type Role = (typeof ROLES)[number]

/** One input as it was read. `records` + `rejected.count` = records present. */
export interface InputSummary {
  /** As the user gave it; `-` for standard input. `input-1` and so on where ids are pseudonyms. */
  readonly path: string
  readonly role: Role
  /** How it was named: among the logs, or behind `--accounts`. Its role is what it turned out to be. */
  readonly givenAs: 'log' | 'accounts'
  /** What its records are: `request`, `edge`, `auth`, `payment`, `account` or `usage`; `none` for an empty file. */
  readonly kind: string
  /** `ndjson`, `json`, `csv`, `tsv`, `lines` or `parquet`, with the compression behind a plus sign: `ndjson+gzip`; `table`. */
  readonly format: string
  /** Id of the field mapping that was chosen; `generic` for alias detection. */
  readonly preset: string
  /** The preset that `--input-format` asked for, `generic` for none; `null` where the content decided. */
  readonly inputFormat: string | null
  /** Bytes as stored (before decompression); 0 for a table. */
  readonly bytes: number
  /** Lower-case hex over the bytes as stored; of a table over its name, its role and the window. */
  readonly sha256: string
  /** Records that were read. */
  readonly records: number
  /** Records among them that became no request and no account's row, by reason; sorted by reason. */
  readonly unused: Readonly<Record<string, number>>
  readonly rejected: RejectSummary
  /** What is wrong with the file as a whole, such as compressed data that is cut short; one sentence each. */
  readonly damage: readonly string[]
}

/** Deliveries of one request more than once. */
export interface Duplicates {
  /** Records that carry a request id. */
  readonly requests: number
  /** Exact with `isExact`, else an estimate from a sample of the ids. */
  readonly distinctRequestIds: number
  readonly isExact: boolean
  /** Records left out by `--dedupe`. */
  readonly removed: number
}

/** How the rows of a file met the others. */
export interface Join {
  readonly path: string
  /** The field joined on. */
  readonly on: 'request_id' | 'account_id' | 'customer_id' | 'api_key_id'
  /** On `request_id`: rows whose request was found. Else: accounts of the file with requests in the logs. */
  readonly matched: number
  /** The others. */
  readonly unmatched: number
  /** Rows with a request id that an earlier row of the file has; the earliest counts. */
  readonly repeated: number
  /** Of the unmatched rows, those that are kept as evidence on their account. */
  readonly kept: number
}

/** How the inputs were read, as far as neither the settings nor the inputs say: with both, what it takes to read again. */
export interface Reading {
  /** Canonical field → column, as `--map` gave it. */
  readonly map: Readonly<Record<string, string>>
  /** Column names of tables without a header, as `--columns` gave them; `null` without. */
  readonly columns: readonly string[] | null
  /** Presets of the user's own, sorted by id: lower-case hex SHA-256 of each as JSON with sorted keys and no blanks. */
  readonly presets: readonly { readonly id: string; readonly sha256: string }[]
}
