/**
 * Settings that a user's profile may hold and that would change an answer without a word. A bound of the profile must end a
 * query and not cut it: what was cut looks like evidence of less.
 */

/** Bounds by what is counted, as every supported server has them. */
const BOUNDS = ['read', 'group_by', 'timeout', 'result', 'sort', 'distinct', 'set', 'join', 'transfer']

const EVERYWHERE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(BOUNDS.map((each) => [`${each}_overflow_mode`, 'throw'])),
  distributed_group_by_no_merge: '0',
}

/** Newer servers alone know these; an old one refuses a query with a setting that it does not know. */
const WHERE_KNOWN: Readonly<Record<string, string>> = {
  read_overflow_mode_leaf: 'throw',
  timeout_overflow_mode_leaf: 'throw',
  limit: '0',
  offset: '0',
  extremes: '0',
  prefer_column_name_to_alias: '0',
  group_by_use_nulls: '0',
  session_timezone: '',
}

/** What a server is asked whether it knows. */
export const MAYBE_KNOWN: readonly string[] = Object.keys(WHERE_KNOWN)

/** @param known names of the settings that the server has */
export const pinnedSettings = (known: ReadonlySet<string>): Record<string, string> => ({
  ...EVERYWHERE,
  ...Object.fromEntries(Object.entries(WHERE_KNOWN).filter(([name]) => known.has(name))),
})
