import { FAMILIES } from '../model.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { AccountSet, Signal } from '../signals/signal.ts'
import { median } from './facts.ts'

/** Share of the median member's bits below which an account does not fit: it hangs on by what many strangers have too. */
export const MIN_FIT = 0.4

/** Rounds of putting out; each changes what the others share. */
const MAX_ROUNDS = 5

/**
 * Puts out members that do not fit: those whose values tie them to the others with fewer bits than a link needs, or
 * with less than {@link MIN_FIT} of what the median member has.
 *
 * @param minBits bits of a link
 * @returns the members that stay, ascending
 */
export function trimGroup(
  members: Int32Array,
  signals: readonly Signal[],
  view: (members: Int32Array, all: boolean) => AccountSet,
  minBits: number,
): Int32Array {
  let kept = members
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const set = view(kept, true)
    const bits = memberBits(set, signals)
    const least = Math.max(minBits, MIN_FIT * median(bits))
    const stay = kept.filter((_, i) => bits[i]! >= least)
    if (stay.length === kept.length) return kept
    kept = stay
  }
  return kept
}

/** Bits that tie each member to the others: by family the best signal, at most the family's cap. */
export function memberBits(set: AccountSet, signals: readonly Signal[]): Float64Array {
  const total = new Float64Array(set.members.length)
  for (const family of FAMILIES) {
    const best = new Float64Array(set.members.length)
    for (const signal of signals) {
      if (signal.family !== family || signal.role === 'corroborator') continue
      for (const [i, bits] of signal.memberBits(set).entries()) best[i] = Math.max(best[i]!, bits)
    }
    for (const [i, bits] of best.entries()) total[i]! += Math.min(bits, FAMILY_CAP_BITS[family])
  }
  return total
}
