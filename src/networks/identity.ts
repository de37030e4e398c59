import { createHash } from 'node:crypto'
import { base32 } from '../base32.ts'

/** Members that name a network: enough to survive the loss of a few, few enough not to change with every newcomer. */
const CORE_SIZE = 8

/** Someone who may be part of the core. */
export interface CoreCandidate {
  readonly id: string
  readonly linkBits: number
  /** NaN for an account without requests, which comes last. */
  readonly firstAtMs: number
}

/**
 * Ten base32 characters of the SHA-256 over the sorted ids of the eight members with the most link bits
 * (ties: earliest first request, then id), joined by newlines (docs/detection.md, "Rank and identity").
 */
export function networkId(members: readonly CoreCandidate[]): string {
  const at = ({ firstAtMs }: CoreCandidate): number => (Number.isNaN(firstAtMs) ? Number.MAX_VALUE : firstAtMs)
  const core = [...members]
    .sort((a, b) => b.linkBits - a.linkBits || at(a) - at(b) || (a.id < b.id ? -1 : 1))
    .slice(0, CORE_SIZE)
    .map(({ id }) => id)
    .sort()
  return base32(createHash('sha256').update(core.join('\n')).digest()).slice(0, 10)
}
