/** A string is matched whole, so that nothing inside it is taken for a number. */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/gs
const MAY_HOLD_LONG_INTEGER = /[[:,\s]-?\d{16}/

/**
 * A JSON text whose whole numbers of 16 digits or more stand in quotes: a double cannot hold them, and two ids would become
 * one. The careful reader does the same to a record; this is for JSON in a record's texts.
 */
export const withExactIntegers = (json: string): string =>
  MAY_HOLD_LONG_INTEGER.test(json)
    ? json.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`))
    : json
