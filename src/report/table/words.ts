/** Thousands are parted by commas whatever the locale: `1,234,567`. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/gu, ',')
}

/** One decimal, as the document has it: `1,041.2`. */
export function formatBits(bits: number): string {
  const [whole = '0', tenth = '0'] = bits.toFixed(1).split('.')
  return `${whole.startsWith('-') ? '-' : ''}${formatCount(Math.abs(Number(whole)))}.${tenth}`
}

/** `1 account`, `2 accounts`. */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : nouns}`

/** The UTC day of an instant; a dash for an unknown one. */
export const formatDay = (instant: string | null): string => (instant === null ? '-' : instant.slice(0, 10))

/** From the first to the last instant, to the minute. */
export function formatSpan(from: string | null, to: string | null): string {
  if (from === null || to === null) return 'no request'
  const minute = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)}`
  return from === to ? `${minute(from)} UTC` : `${minute(from)} to ${minute(to)} UTC`
}

/** The first few of a list in words: `a, b, c and 12 more`. */
export function firstFew(items: readonly string[], total: number, few: number): string {
  const shown = items.slice(0, few)
  const rest = total - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${formatCount(rest)} more` : shown.join(', ')
}

/** Upper-cases the first letter and ends with a full stop. */
export function asSentence(text: string): string {
  const trimmed = text.trim()
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.?!]$/u.test(first) ? first : `${first}.`
}
