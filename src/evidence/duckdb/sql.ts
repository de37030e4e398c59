/**
 * The only place where text becomes SQL. Values that were written by others (paths, JSON keys, headers) pass through
 * {@link literal}; identifiers come from our own constants and pass through {@link identifier}.
 */

/** A single-quoted SQL string. @throws Error for NUL, which no engine can hold in a literal */
export function literal(text: string): string {
  if (text.includes('\0')) throw new Error('a NUL character cannot be part of a query')
  return `'${text.replaceAll("'", "''")}'`
}

/** A double-quoted SQL name. @throws Error for NUL */
export function identifier(name: string): string {
  if (name.includes('\0')) throw new Error('a NUL character cannot be part of a query')
  return `"${name.replaceAll('"', '""')}"`
}

/** `(a, b, c)` of string literals, for IN. */
export const literalList = (texts: readonly string[]): string => `(${texts.map(literal).join(', ')})`
