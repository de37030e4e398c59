import { isShortened, shortenValue } from './redact.ts'

interface Held {
  readonly field: string
  readonly value: string
}

/**
 * Fields whose shortened values still tell one from another. Their values are hashes, or drawn at random by a payment service,
 * and eight characters of them are left: 32 bits in hexadecimal, so that among a thousand values on either side one false
 * match comes about once in 4,000 comparisons. A fixed beginning such as `fp_` leaves less, but what remains is in base 62 then.
 * A name, an address or a card's last digits say too little: two strangers may well look alike.
 */
const TELLING = new Set(['card_fingerprint', 'payment_fingerprint', 'billing_name_hash', 'billing_address_hash'])
const EIGHT_LEFT = /^[^\s…]{4}…[^\s…]{4}$/u

/** What was put behind a value that looks like another one once shortened; the next report may number them otherwise. */
const NUMBER = / #\d+$/u

/**
 * What a report shows of a value, for comparison with {@link formsOf} of a whole one: the value where it is whole, the shortened
 * text without its number where that is enough, else `null`.
 */
export function listed({ field, value }: Held): string | null {
  if (!isShortened(field, value)) return value
  const short = value.replace(NUMBER, '')
  return TELLING.has(field) && EIGHT_LEFT.test(short) ? short : null
}

/** What a report may show of a whole value: the value, and what shortening leaves of it if that is enough. */
export function formsOf({ field, value }: Held): readonly string[] {
  const short = shortenValue(field, value)
  return short !== value && TELLING.has(field) && EIGHT_LEFT.test(short) ? [value, short] : [value]
}
