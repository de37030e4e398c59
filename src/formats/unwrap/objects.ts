import { withExactIntegers } from '../expression/exact-integers.ts'

export type Row = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own property; keys of a log may be called `constructor`. */
export const own = (value: Row, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)

/** A JSON object in a text, `null` if it holds none. Whole numbers that a double cannot hold are kept as text. */
export function parseObject(text: string): Row | null {
  if (!/^\s*[{"]/.test(text)) return null
  try {
    const value: unknown = JSON.parse(withExactIntegers(text))
    if (typeof value === 'string') return parseObject(value) // a text that was encoded twice
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
