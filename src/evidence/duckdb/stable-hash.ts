/**
 * A number of 64 bits (UBIGINT) for some texts, as SQL: the lower half of the MD5 of all of them, each behind its length, so
 * that no text can pass for two. For what a case keeps: the engine's own `hash` may change with its version, and gives texts
 * that are built alike, such as an account and its request ids, one number far more often than chance would.
 *
 * @param columns SQL of type VARCHAR; NULLs are passed over
 */
export const stableHash = (columns: readonly string[]): string =>
  `md5_number_lower(${columns.map((column) => `COALESCE(length(${column}) || ':' || ${column}, '')`).join(' || ')})`
