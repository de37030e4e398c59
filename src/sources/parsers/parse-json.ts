type Fields = Readonly<Record<string, unknown>>

/**
 * Whole numbers of 16 digits or more: a double cannot hold them, and two ids would become one. They are kept as text.
 * A string is matched whole, so that nothing inside it is taken for a number.
 */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/gs
const MAY_HOLD_LONG_INTEGER = /[[:,\s]-?\d{16}/

/** A byte escape that some proxies write, and JSON does not have. */
const BYTE_ESCAPE = /\\x([0-9a-fA-F]{2})/g

/** What a text is: an object, some other JSON, or none. Long integers become texts; never throws. */
export function parseJson(text: string): Fields | 'other' | null {
  const exact = MAY_HOLD_LONG_INTEGER.test(text)
    ? text.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`))
    : text
  let value: unknown
  try {
    value = JSON.parse(exact)
  } catch {
    if (!text.includes('\\x')) return null
    try {
      value = JSON.parse(exact.replace(BYTE_ESCAPE, '\\u00$1'))
    } catch {
      return null
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : 'other'
}
