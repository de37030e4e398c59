import { createHash } from 'node:crypto'

/** RFC 4648 base32, lower case: 32 characters, so that five bits of a byte choose one without a bias. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const LENGTH = 10

/**
 * The network's own id, or if that stands for another network already, the first free one of a chain that begins with it.
 *
 * @param own as a scan without a history names it
 * @param isTaken whether an id stands for another network
 */
export function freshId(own: string, isTaken: (id: string) => boolean): string {
  let id = own
  for (let n = 1; isTaken(id); n++) {
    const digest = createHash('sha256').update(`${own}\n${n}`).digest()
    id = Array.from(digest.subarray(0, LENGTH), (byte) => ALPHABET[byte & 31]).join('')
  }
  return id
}
