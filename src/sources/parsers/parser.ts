/** One record as it stands in a file, or why there is none. */
export interface RawRecord {
  /** 1-based physical line on which it begins. */
  readonly line: number
  readonly value: Readonly<Record<string, unknown>> | null
  /** `null` with a value. */
  readonly reason: string | null
}

/** Takes a text piece by piece, and gives the records that end in it. */
export interface RecordParser {
  /** @param endsLine whether a line ends behind the text */
  push(text: string, endsLine: boolean, out: RawRecord[]): void
  /** The text is over: what is still open is cut short. */
  end(out: RawRecord[]): void
}

/** Characters of one record; a longer one is passed over, and rejected. */
export const MAX_RECORD = 16 * 1024 * 1024

export const REASONS = {
  notObject: 'not a JSON object',
  notJson: 'not valid JSON',
  cutShort: 'cut short',
  tooLong: 'longer than 16 MiB',
  openQuote: 'a quote that is never closed',
  tooMany: 'more fields than columns',
  malformed: 'malformed quoting',
} as const

export const good = (line: number, value: RawRecord['value']): RawRecord => ({ line, value, reason: null })
export const bad = (line: number, reason: string): RawRecord => ({ line, value: null, reason })

/** Gathers the pieces of a line up to the bound, for parsers that want whole lines. */
export function createLineGatherer(): {
  /** The whole line when it ends, `null` while it does not; `isTooLong` of one that was not kept. */
  take(text: string, endsLine: boolean): { readonly line: string; readonly isTooLong: boolean } | null
} {
  let pieces: string[] = []
  let length = 0
  return {
    take(text, endsLine) {
      if (endsLine && pieces.length === 0) return { line: text, isTooLong: text.length > MAX_RECORD }
      length += text.length
      if (length <= MAX_RECORD) pieces.push(text)
      if (!endsLine) return null
      const whole = { line: length > MAX_RECORD ? '' : pieces.join(''), isTooLong: length > MAX_RECORD }
      pieces = []
      length = 0
      return whole
    },
  }
}
