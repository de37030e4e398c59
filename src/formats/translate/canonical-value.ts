import { isPlaceholder } from '../placeholders.ts'
import { REJECT_REASONS } from '../reject-reasons.ts'
import { clientAddress, maskedBlock } from '../values/address.ts'
import { parseInstant } from '../values/instant.ts'
import { hashKey, isCardNumber, isLiveKey } from '../values/secrets.ts'
import { clip, promptText, systemText, toolNames } from '../values/texts.ts'

type Canonical = string | number | null | { readonly rejected: string }

/** What makes the value of a field canonical where that is more than its text; `null` if it holds none. */
const BY_FIELD: Readonly<Record<string, (raw: unknown, isTrusted: (address: string) => boolean) => Canonical>> = {
  ip: (raw, isTrusted) => clientAddress(raw, isTrusted) ?? maskedBlock(raw),
  user_prompt: (raw) => clipped(promptText(raw)),
  system_prompt: (raw) => clipped(systemText(raw)),
  tools_hash: toolNames,
  input_tokens: count,
  output_tokens: count,
  cached_tokens: count,
  created_at: instant,
  banned_at: instant,
  paid_at: instant,
  api_key_id: secretText,
  account_id: secretText,
  card_fingerprint: cardText,
  card_bin: cardText,
  card_last4: cardText,
  payment_fingerprint: cardText,
}

/**
 * The value of a canonical field as it is handed to the engine.
 *
 * @returns `null` for what is missing; a reason where the record must not be read (a full card number)
 */
export function canonicalValue(field: string, raw: unknown, isTrusted: (address: string) => boolean): Canonical {
  if (raw === null || raw === undefined || raw === '') return null
  const make = Object.hasOwn(BY_FIELD, field) ? BY_FIELD[field] : undefined
  return make === undefined ? plainText(raw) : make(raw, isTrusted)
}

/** Text of a single value, of a list its first that holds one. Objects are no values. */
function plainText(raw: unknown): string | null {
  if (Array.isArray(raw)) {
    for (const each of raw) {
      const text = typeof each === 'object' ? null : plainText(each)
      if (text !== null) return text
    }
    return null
  }
  if (raw === null || raw === undefined || typeof raw === 'object') return null
  const text = String(raw).trim()
  return isPlaceholder(text) ? null : text
}

const clipped = (text: string | null): string | null => (text === null || text === '' ? null : clip(text))

function count(raw: unknown): number | null {
  const value = typeof raw === 'number' ? raw : typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : Number.NaN
  return Number.isFinite(value) && value >= 0 ? Math.round(value) : null
}

function instant(raw: unknown): string | number | null {
  const parsed = parseInstant(raw)
  if (parsed === null) return null
  return 'ms' in parsed ? parsed.ms : parsed.local
}

/** A live credential never leaves the reader: its hash says as well whether two are the same. */
function secretText(raw: unknown): string | null {
  const text = plainText(raw)
  return text !== null && isLiveKey(text) ? hashKey(text) : text
}

function cardText(raw: unknown): Canonical {
  const text = plainText(raw)
  return text !== null && isCardNumber(text) ? { rejected: REJECT_REASONS.cardNumber } : text
}
