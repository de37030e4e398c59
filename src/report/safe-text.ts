/**
 * Everything that a terminal would obey or hide instead of show: control characters (escape sequences), format
 * characters (bidirectional overrides, zero-width joiners), invisible letters and fillers, line and paragraph
 * separators, unusual spaces, private-use characters and lone surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

/** A terminal that is not UTF-8 may read a byte of a longer character as a control character: only ASCII is safe. */
const NOT_ASCII = /[^\x20-\x7e]/gu

const escaped = (char: string): string => `\\u{${char.codePointAt(0)?.toString(16)}}`

export interface SafeTextOptions {
  /** Characters (code points) of the answer; a longer text ends in an ellipsis. */
  readonly maxLength?: number
  /** Whether everything outside ASCII is escaped too. */
  readonly ascii?: boolean
}

/**
 * The text with everything a terminal would obey or hide written as `\u{...}`, and of bounded length.
 * Log fields are written by the people under investigation: show escapes, never run them.
 */
export function safeText(text: string, options: SafeTextOptions = {}): string {
  const { maxLength = 200, ascii = false } = options
  // No character becomes shorter, so what lies beyond the bound cannot matter and hostile length costs nothing.
  const head = text.length > maxLength * 2 + 2 ? text.slice(0, maxLength * 2 + 2) : text
  const shown = ascii ? head.replaceAll('…', '...').replace(NOT_ASCII, escaped) : head.replace(UNSAFE, escaped)
  const points = Array.from(shown)
  if (points.length <= maxLength) return shown
  const ellipsis = ascii ? '...' : '…'
  return points.slice(0, Math.max(0, maxLength - ellipsis.length)).join('') + ellipsis
}

/** The same escapes in JSON's own notation, so that a printed document is safe to look at and means the same. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (char) => (char === '\n' ? char : utf16Escapes(char)))
}

function utf16Escapes(char: string): string {
  let text = ''
  for (let i = 0; i < char.length; i++) text += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`
  return text
}
