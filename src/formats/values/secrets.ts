import { createHash } from 'node:crypto'

/** What is never read: the last part of a column's name, folded. */
const SECRET =
  /^(?:user|account|client|current|old|new|encrypted|hashed|raw)?(?:password|passwd|passphrase|pwd)(?:hash|digest|salt)?$|^(?:client|app|api|shared|webhook|oauth|consumer)?secret(?:key|hash)?$|^(?:access|refresh|id|session|auth|bearer|csrf|reset|confirmation|recovery|invite|verification|remember|api|oauth)token(?:hash)?$|^(?:privatekey|secretaccesskey|authorization|proxyauthorization|cookie|setcookie|cookies|xapikey|credentials?|otp|totpsecret|mfasecret|recoverycodes?|cvc|cvv|cvv2|cvn|securitycode|cardnumber|ccnumber|pan|iban|ssn)$/

/** Whether a column or key is named like a credential or a card number: it is never read, and never shown. */
export function isSecretName(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1)
  return SECRET.test(last.toLowerCase().replace(/[-_\s]+/g, ''))
}

/**
 * What live credentials look like: prefixes that vendors publish for secret scanning, JSON Web Tokens (RFC 7519), and
 * `Bearer`. RE2 and JavaScript read it alike.
 */
export const LIVE_KEY =
  '^(?:[Bb]earer\\s+\\S{8,}|(?:sk|rk|pk)[-_](?:[A-Za-z0-9_-]{16,})|(?:AKIA|ASIA)[A-Z0-9]{16}|gh[opsu]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|xox[abpr]-[\\w-]{10,}|AIza[\\w-]{30,}|glpat-[\\w-]{16,}|gsk_\\w{20,}|hf_\\w{20,}|eyJ[\\w-]{8,}[.][\\w-]{8,}[.][\\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY)'

const liveKey = new RegExp(LIVE_KEY)

/** Whether the text looks like a credential that works. */
export const isLiveKey = (text: string): boolean => liveKey.test(text.trim())

/**
 * What stands for a key in reports: `key_` and 64 bits of its SHA-256. Keys are drawn at random from far more than 2^100,
 * so that no list of guesses gives a key back; and the same key gives the same text in every file and every night.
 */
export const hashKey = (text: string): string => {
  const key = text.trim().replace(/^[Bb]earer\s+/, '')
  return `key_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`
}

/** Issuer ranges and lengths of ISO/IEC 7812 cards in use, without blanks. */
const CARD =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17}|35\d{14})$/

/** Whether the text is a full card number: issuer range, length, and check digit (ISO/IEC 7812-1, annex B). */
export function isCardNumber(text: string): boolean {
  const digits = text.trim().replace(/(?<=\d)[ -](?=\d)/g, '')
  return CARD.test(digits) && hasCheckDigit(digits)
}

function hasCheckDigit(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    sum += i % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
  }
  return sum % 10 === 0
}

/** Names under which exports keep card numbers; one is enough there. */
const CARD_NAME = /^(?:number|pan|card|cc|cardnumber|cardno|ccnumber|ccno|primaryaccountnumber|accountnumber)$/
const MAX_DEPTH = 6
/** Ids of 16 digits pass the check one time in ten, so that elsewhere it takes several, and nearly all. */
const LEAST_ELSEWHERE = 5
const MOST = 0.8

interface Seen {
  readonly cards: Set<string>
  values: number
}

/**
 * Looks for full card numbers in records.
 *
 * @returns the field that holds them, a dotted path with `[]` for lists; `null` if none does
 */
export function findCardNumbers(records: readonly Readonly<Record<string, unknown>>[]): string | null {
  const seen = new Map<string, Seen>()
  for (const record of records) visit(record, '', 0, seen)
  for (const [path, { cards, values }] of seen) {
    const name = path.replaceAll('[]', '').split('.').at(-1)!
    if (CARD_NAME.test(name.toLowerCase().replace(/[-_\s]+/g, '')) && cards.size > 0) return path
    if (cards.size >= LEAST_ELSEWHERE && cards.size >= values * MOST) return path
  }
  return null
}

function visit(value: unknown, path: string, depth: number, seen: Map<string, Seen>): void {
  if (typeof value === 'string' || typeof value === 'number') {
    note(String(value), path, seen)
    return
  }
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return
  if (Array.isArray(value)) {
    for (const each of value.slice(0, 100)) visit(each, `${path}[]`, depth + 1, seen)
    return
  }
  for (const [key, each] of Object.entries(value)) visit(each, path === '' ? key : `${path}.${key}`, depth + 1, seen)
}

function note(text: string, path: string, seen: Map<string, Seen>): void {
  if (text.length > 40) return
  let entry = seen.get(path)
  if (entry === undefined) {
    entry = { cards: new Set(), values: 0 }
    seen.set(path, entry)
  }
  entry.values++
  if (text.length >= 13 && isCardNumber(text)) entry.cards.add(text)
}
