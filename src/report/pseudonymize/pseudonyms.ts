import { createHmac } from 'node:crypto'
import { base32 } from '../../base32.ts'

/**
 * 20 characters of base32: the leading 100 bits of the HMAC. Two of n values of a field get one pseudonym with a chance
 * of about n² / 2¹⁰¹: 4 in 10¹⁹ for a million values.
 */
const LENGTH = 20

/** As long as the id of a network is: 50 bits, enough for the few networks of a document. */
const NETWORK_LENGTH = 10

/** Names under one key. */
export interface Pseudonyms {
  /** Of a value of a canonical field, or of a composite such as `card_bin+card_last4`; `account_id` for an account. */
  readonly of: (field: string, value: string) => string
  /** Of the id of a network, which is a hash of account ids that anybody could try to guess. */
  readonly ofNetwork: (id: string) => string
}

/**
 * Pseudonyms by HMAC-SHA-256 (RFC 2104; FIPS 198-1) over field, a zero byte and value (UTF-8), truncated from the left
 * (RFC 2104, section 5). A field holds no zero byte, so no two pairs give one message, and a value has another pseudonym in
 * every field.
 *
 * A key, and not a bare hash: addresses, card digits and mailboxes can all be tried in minutes (EDPB Guidelines 01/2025 on
 * pseudonymisation, on the additional information of GDPR Art. 4(5), which is this key).
 *
 * @param key any length; what is a sensible one is for the caller to say
 */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  const known = new Map<string, string>()
  const compute = (message: string): string => base32(createHmac('sha256', key).update(message, 'utf8').digest())
  return {
    of(field, value) {
      const message = `${field}\0${value}`
      const earlier = known.get(message)
      if (earlier !== undefined) return earlier
      const pseudonym = compute(message).slice(0, LENGTH)
      known.set(message, pseudonym)
      return pseudonym
    },
    ofNetwork: (id) => compute(`network\0${id}`).slice(0, NETWORK_LENGTH),
  }
}
