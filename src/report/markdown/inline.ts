import { safeText } from '../safe-text.ts'

/** How the Markdown report writes what came from a log, or speaks of it. */
export interface Inline {
  /** One value as a code span: nothing inside it is Markdown, HTML, a mention, a reference, a link or an emoji. */
  code(value: string, maxLength?: number): string
  /** A sentence: plain English words as they are, all else (values, names of fields) as code spans. */
  prose(text: string, maxLength?: number): string
}

/**
 * Inside a code span a parser looks for nothing but its end (CommonMark 0.31, section 6.1), and inside a table cell for a
 * bar (GitHub Flavored Markdown, section 4.10, where parsers differ in how a backslash before it is read). Both are
 * written as visible escapes, so that no fence has to be counted and no bar to be escaped.
 */
const ENDS_CODE = /[`|]/gu
const escaped = (char: string): string => `\\u{${char.codePointAt(0)?.toString(16)}}`

/** Words of ASCII letters and numbers with simple punctuation. A dot between letters would be a link to a site. */
const PLAIN = /^\(?(?:[A-Za-z]+(?:[-'][A-Za-z]+)*|\d{1,6}(?:[,.]\d{1,6})*%?|%)(?:[.,;:?]|\)[.,;:]?)?$/u
/** GitHub links seven and more hexadecimal digits as a commit. */
const COMMIT = /^\(?[\da-f]{7,}\b/iu
/** Punctuation behind a value belongs to the sentence. */
const TAIL = /^(?<core>.+?)(?<tail>[.,;]?)$/u

export function createInline(unicode: boolean): Inline {
  const visible = (text: string, maxLength: number): string => safeText(text, { maxLength, ascii: !unicode })
  return {
    code: (value, maxLength = 200) => codeSpan(visible(value, maxLength)),
    prose: (text, maxLength = 400) => proseOf(visible(text, maxLength)),
  }
}

/** @param text without control characters and line breaks */
const codeSpan = (text: string): string => (text === '' ? '(empty)' : `\`${text.replace(ENDS_CODE, escaped)}\``)

function proseOf(text: string): string {
  const parts: string[] = []
  let values: string[] = []
  const flush = (tail = ''): void => {
    if (values.length > 0) parts.push(`${codeSpan(values.join(' '))}${tail}`)
    values = []
  }
  for (const word of text.split(' ').filter((each) => each !== '')) {
    if (PLAIN.test(word) && !COMMIT.test(word)) {
      flush()
      parts.push(word)
      continue
    }
    const { core = word, tail = '' } = TAIL.exec(word)?.groups ?? {}
    values.push(core)
    if (tail !== '') flush(tail)
  }
  flush()
  return parts.length === 0 ? '(empty)' : parts.join(' ')
}
