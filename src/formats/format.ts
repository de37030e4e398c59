/** Where a canonical field is found in a record: a column or top-level key, and keys below it for nested JSON. */
export interface FieldPath {
  /** Header name or top-level key, as the file spells it (a key that itself contains dots stays whole here). */
  readonly column: string
  /** 0-based position of the column in a delimited file; -1 in JSON. Duplicate headers make the name ambiguous. */
  readonly index: number
  /** Keys below `column`; empty for a flat field. */
  readonly path: readonly string[]
}

/** How one file's columns fill the canonical fields; the first path with a value wins. */
export interface FieldMapping {
  /** `generic` when aliases were recognised, `custom` when `--map` gave the account or time field. */
  readonly preset: string
  readonly fields: Readonly<Record<string, readonly FieldPath[]>>
  /** The file names its accounts only by this other id; another file may say whose it is. Left out as a rule. */
  readonly accountFrom?: 'customer_id' | 'api_key_id'
  /** Of a table: an account that a row does not name is called by its customer, else by its key. */
  readonly standsIn?: boolean
  /** Of a table: rows with other texts there are no requests. */
  readonly keep?: readonly { readonly path: FieldPath; readonly allowed: readonly string[] }[]
  /** Several rows with one request id are parts of one request. */
  readonly mergesRows?: boolean
  /** Columns or keys seen in the sample, nested ones with dots; sorted as first seen. */
  readonly columnsSeen: readonly string[]
  /** What was assumed while matching, one sentence each, for the report; empty if nothing was. */
  readonly notes: readonly string[]
}
