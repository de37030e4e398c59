/**
 * The named steps of the evidence, as results: what rows each gives. An engine may realise a step in any way that
 * gives the same rows (a differential test holds engines equal). Instants are epoch milliseconds.
 */
export const STEPS = {
  /** One row per (source, reject reason or none, account, day, slow values …): all later steps but two read only this. */
  base: 'records reduced to account × day × slow-changing values, with counts, token sums, an hour mask and instants',
  /** One row per (account, field, value) of the fields that may change with every request. */
  fast: 'records reduced to account × value for fast-changing fields, high-cardinality ones sampled by value',
  /** The rows of side files, distinct. */
  side: 'registration and payment rows of side files',
  /** One row per account, sorted by id: its position is its number. */
  account: 'accounts of logs and side files',
  /** (account, day) sums with an hour mask; mergeable by adding and or-ing. */
  account_day: 'requests, tokens, errors and hours by account and day',
  /** (account, field, value) with requests and instants; values canonical, placeholders gone. */
  holding: 'which account held which value',
  /** (field, value) held by two accounts or more, sorted: its position is its number. */
  value: 'shared values with their exact number of holders',
} as const

/** Milliseconds in a day and in an hour. */
export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000

/** Fields of which a new value may come with every request; they never enter the base step. */
export const FAST_FIELDS = ['ip', 'prompt_hash', 'signature_hash'] as const

/** Steps, as an engine's progress names them, that go once over all logs. */
export const LOG_READINGS: ReadonlySet<string> = new Set(['reading', 'reading addresses and prompts', 'second reading'])
