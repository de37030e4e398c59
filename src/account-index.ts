import { hash } from 'node:crypto'
import type { AccountIndex } from './model.ts'

const BYTES = 4

/** The index of the account ids of a scan, in any order: what `explain` tells an unknown id from an unlinked one by. */
export function indexAccounts(ids: readonly string[]): AccountIndex {
  const words = Uint32Array.from(ids, prefixOf).sort()
  const bytes = Buffer.alloc(words.length * BYTES)
  for (const [i, word] of words.entries()) bytes.writeUInt32BE(word, i * BYTES)
  return { hash: 'sha256', bits: 32, prefixes: bytes.toString('base64') }
}

/**
 * Whether an id may be in the index. A yes is wrong for one unknown id in 2³² / N, a no never is.
 *
 * @returns `null` for an index that this version cannot read
 */
export function mayHold({ hash: algorithm, bits, prefixes }: AccountIndex, id: string): boolean | null {
  if (algorithm !== 'sha256' || bits !== 32) return null
  const bytes = Buffer.from(prefixes, 'base64')
  const wanted = prefixOf(id)
  let from = 0
  let to = Math.floor(bytes.length / BYTES)
  while (from < to) {
    const middle = (from + to) >>> 1
    if (bytes.readUInt32BE(middle * BYTES) < wanted) from = middle + 1
    else to = middle
  }
  return from * BYTES + BYTES <= bytes.length && bytes.readUInt32BE(from * BYTES) === wanted
}

/** The first 32 bits of the SHA-256 of the id's UTF-8 bytes. */
const prefixOf = (id: string): number => hash('sha256', id, 'buffer').readUInt32BE(0)
