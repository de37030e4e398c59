/** RFC 4648 base32, lower case. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Five bits a character, the highest first; bits at the end that fill no character are left out. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(buffer >> (bits - 5)) & 31]!
  }
  return text
}
