/** Shorter values are words of ours as often as not; sentences of signals hold none. */
const LEAST_LENGTH = 4
/** A bare number is a count, a year or a port as often as a value. */
const NUMBER = /^\d{1,6}$/u

/**
 * Replaces known values in texts: at each place the longest that stands there, also inside a longer word. Linear in the text
 * times the number of different lengths, however many values there are.
 *
 * @param values value → what stands for it. Values of fewer than four characters, and numbers of up to six digits, are passed
 *   over
 */
export function createReplacer(values: ReadonlyMap<string, string>): (text: string) => string {
  const known = [...values.keys()].filter((value) => value.length >= LEAST_LENGTH && !NUMBER.test(value))
  const lengths = [...new Set(known.map(({ length }) => length))].sort((a, b) => b - a)
  const wanted = new Set(known)
  const heads = new Set(known.map((value) => value.slice(0, LEAST_LENGTH)))
  const valueAt = (text: string, at: number): string | undefined => {
    if (!heads.has(text.slice(at, at + LEAST_LENGTH))) return undefined
    const length = lengths.find((each) => at + each <= text.length && wanted.has(text.slice(at, at + each)))
    return length === undefined ? undefined : text.slice(at, at + length)
  }
  return (text) => {
    let shown = ''
    let from = 0
    for (let at = 0; at + LEAST_LENGTH <= text.length; ) {
      const value = valueAt(text, at)
      if (value === undefined) {
        at++
        continue
      }
      shown += text.slice(from, at) + values.get(value)
      at += value.length
      from = at
    }
    return shown + text.slice(from)
  }
}
