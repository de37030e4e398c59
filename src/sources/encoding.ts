import { isUtf8 as isWholeUtf8 } from 'node:buffer'
import type { Head } from './head.ts'
import type { Encoding } from './source.ts'

export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252 or another single-byte encoding',
}

/** Bytes in which zeros tell UTF-16 without a mark. */
const LOOKED_AT = 512

/**
 * By the byte order mark; without one UTF-16 by its zeros; and what is no UTF-8 is taken for Windows-1252, in which every
 * byte is a character, if it is more than a stray byte or two in a long text.
 */
export function detectEncoding({ bytes, isWhole }: Pick<Head, 'bytes' | 'isWhole'>): {
  encoding: Encoding
  markBytes: number
} {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && (bytes[2] !== 0 || bytes[3] !== 0))
    return { encoding: 'utf-16le', markBytes: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 }
  const wide = zerosOf(bytes.subarray(0, LOOKED_AT))
  if (wide !== null) return { encoding: wide, markBytes: 0 }
  return { encoding: isUtf8(bytes, isWhole) ? 'utf-8' : 'windows-1252', markBytes: 0 }
}

/** Text of Latin letters has its zeros at every other byte. */
function zerosOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(head.length / 2)
  if (pairs < 2) return null
  const zeros = [0, 0]
  for (let i = 0; i < pairs * 2; i++) if (head[i] === 0) zeros[i % 2]!++
  if (zeros[1]! > pairs * 0.8 && zeros[0] === 0) return 'utf-16le'
  return zeros[0]! > pairs * 0.8 && zeros[1] === 0 ? 'utf-16be' : null
}

/** Broken sequences of a hundred well-formed ones are damage, not another encoding. */
function isUtf8(bytes: Buffer, isWhole: boolean): boolean {
  if (isWholeUtf8(bytes)) return true // nearly always, and without a decoder
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole })
    return true
  } catch {
    const text = bytes.toString('utf8')
    const broken = text.match(/\uFFFD/g)?.length ?? 0
    const sound = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0
    return sound >= broken
  }
}
