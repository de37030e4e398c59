import type { Claim, Severity } from '../../model.ts'

const claimWords = {
  'common-control': 'assessed to be under common control',
  relay: 'assessed to be under common control and to relay the requests of others',
  extraction: "assessed to be under common control and to collect a model's answers at scale",
} as const satisfies Record<Claim, string>

/** What the words about a network depend on. */
interface Assessed {
  readonly severity: Severity
  readonly claim: Claim
  readonly review?: null | undefined | { readonly severityByEvidence: Severity }
}

/**
 * What is said of a network, as the end of a sentence that begins with its accounts. At low severity nothing is left, or too
 * little: the accounts are linked, and no more is said of the people behind them. Nor is it where only a review raised it.
 */
export function assessmentWords({ severity, claim, review }: Assessed): string {
  if (severity === 'low') return 'linked: worth a look, and no more than that'
  return review?.severityByEvidence === 'low' ? 'linked to accounts that a review confirmed' : claimWords[claim]
}

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

/** Said of a false discovery rate, a share above 0: only where chance makes any. */
export const chanceWords = (rate: number): string =>
  `Of networks with this score or more, ${(rate * 100).toFixed(1)} in 100 are expected by chance.`
