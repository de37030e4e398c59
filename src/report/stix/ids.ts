import { createHash } from 'node:crypto'

/** Namespace of the ids of observables, the same for all producers. Source: OASIS STIX 2.1 (10 June 2021), 2.9. */
export const OBSERVABLE_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7'

/**
 * Namespace of all other ids: UUIDv5 of `urn:distill-scan:stix` under the URL namespace of RFC 9562, 6.6. STIX 2.1, 2.9,
 * forbids the one above for them. A change of it makes every object a partner has seen a new one.
 */
export const PRODUCER_NAMESPACE = 'f46c0683-1c14-597a-b31c-5a5b251ce05e'

/**
 * The UUID of a name, lower case. Source: RFC 9562 (2024), 5.5: SHA-1 over namespace and name, cut to 128 bits.
 *
 * @param namespace a UUID
 * @param name hashed as UTF-8
 */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}

/**
 * JSON without blanks and with sorted keys. Source: RFC 8785 (2020): keys by UTF-16 code units, texts and numbers as
 * ECMAScript prints them.
 *
 * @param value plain data whose texts have no half characters
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(',')}}`
}

/** The text with U+FFFD for half characters: STIX texts are Unicode (2.1, 2.14), and RFC 8785 refuses halves. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')
