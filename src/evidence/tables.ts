/**
 * The evidence of a scan, column by column. An account is its position in `AccountTable`, a value its position in
 * `ValueTable`; both are sorted by UTF-8 bytes, so positions never depend on the order of rows, files or threads.
 */

/** One row per account, sorted by id. Instants are epoch milliseconds, NaN where unknown. */
export interface AccountTable {
  readonly count: number
  readonly ids: readonly string[]
  readonly requests: Float64Array
  readonly inputTokens: Float64Array
  readonly outputTokens: Float64Array
  /** Requests answered 401 or 403; 429; 5xx. Zeros when the export has no status. */
  readonly deniedRequests: Float64Array
  readonly throttledRequests: Float64Array
  readonly failedRequests: Float64Array
  readonly firstAtMs: Float64Array
  readonly lastAtMs: Float64Array
  /** UTC days with at least one request. */
  readonly activeDays: Int32Array
  /** (day, hour) cells with at least one request. */
  readonly activeHours: Int32Array
  /** Bit h set: a request in UTC hour h of some day. */
  readonly hourMask: Int32Array
  /** Requests on the busiest UTC day, and on the first active one. */
  readonly maxDayRequests: Float64Array
  readonly firstDayRequests: Float64Array
  readonly createdAtMs: Float64Array
  readonly bannedAtMs: Float64Array
  /** `null` where the export has none. */
  readonly organization: readonly (string | null)[]
  readonly plan: readonly (string | null)[]
  readonly status: readonly (string | null)[]
  /** Requests whose prompts match each wording of `indicators.ts`, in that order; empty where no text is exported. */
  readonly indicators: readonly IndicatorColumn[]
}

/** Requests of each account that match one wording. */
export interface IndicatorColumn {
  readonly id: string
  readonly requests: Float64Array
}

/** One row per value held by two accounts or more, sorted by (field name, text). */
export interface ValueTable {
  readonly count: number
  /** Position in `EvidenceTables.fields`. */
  readonly field: Uint8Array
  readonly text: readonly string[]
  /** Accounts that hold the value, exactly. */
  readonly holders: Int32Array
}

/** One row per (value, account): who held what. Sorted by (value, account). */
export interface HoldingTable {
  readonly count: number
  readonly value: Int32Array
  readonly account: Int32Array
  /** Requests that carried the value; 0 when only a side file says so. */
  readonly requests: Float64Array
  readonly firstAtMs: Float64Array
  readonly lastAtMs: Float64Array
}

/** What is known of one linkable field over all accounts. */
export interface FieldStats {
  readonly name: string
  /** Accounts that hold any value of the field. */
  readonly accounts: number
  /** Distinct values, shared or not. */
  readonly values: number
  /** 1, or m when only one value in m (by hash) was kept because the field changes too fast to hold it all. */
  readonly sampledOneIn: number
  /** Distinct values each account holds, shared or not; by account. Times `sampledOneIn` when sampled. */
  readonly valuesHeld: Int32Array
}

/**
 * One row per (series, last four digits, account), sorted by these: cards of one issuer range and expiry make a series.
 * Series with fewer than four accounts are left out; empty unless range, expiry and last digits are exported.
 */
export interface CardTable {
  readonly count: number
  /** Of each series, sorted by (issuer range, expiry). */
  readonly bins: readonly string[]
  readonly expiries: readonly string[]
  readonly account: Int32Array
  /** Position in `bins` and `expiries`. */
  readonly series: Int32Array
  /** 0 to 9999. */
  readonly last4: Int16Array
}

export interface EvidenceTables {
  readonly accounts: AccountTable
  /** Sorted by name; `ValueTable.field` points here. */
  readonly fields: readonly FieldStats[]
  readonly values: ValueTable
  readonly holdings: HoldingTable
  readonly cards: CardTable
}

/**
 * Requests of the accounts under watch, column by column, by (instant, account, then every other column): the same
 * table for any order of records. Numbers that stand for texts are dense and in the order of the texts' UTF-8 bytes.
 */
export interface EventTable {
  readonly count: number
  /** Accounts of which every request is here, ascending. Fewer than were asked for when they were too many to hold. */
  readonly accounts: Int32Array
  /** Number of the account in `AccountTable`. */
  readonly account: Int32Array
  readonly atMs: Float64Array
  /** Number of the system prompt's hash, of the tools' where there is none; -1 without either. */
  readonly template: Int32Array
  /** Number of the prompt's hash; -1 without. */
  readonly prompt: Int32Array
  /** Number of the session id; -1 without. Two accounts may carry one id. */
  readonly session: Int32Array
  /** Number of the reasoning signature's hash; -1 without. */
  readonly signature: Int32Array
  /** Position in `models`; -1 without. */
  readonly model: Int32Array
  readonly models: readonly string[]
  /** Answer of the service; 0 where unknown. */
  readonly status: Int16Array
  /** NaN where unknown. */
  readonly outputTokens: Float64Array
}
