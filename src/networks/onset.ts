import type { AccountTable } from '../evidence/tables.ts'
import { busyWindow } from '../signals/busy-window.ts'
import { lowerBound, upperBound } from '../signals/lower-bound.ts'

/**
 * Bits that the beginnings of two accounts add to what they share: log2(1 / p) - 5 within [-3, 5], p the share of all
 * accounts that began as near to one of them as the other did. Five bits is what one account in 32 has by chance.
 *
 * Two accounts of one operator are often made in one sitting; strangers who share something by chance begin at any
 * time. The limits were read off the labelled pairs of the development log (docs/detection.md, "Links"): among pairs
 * that share a value, the nearest thousandth are 5 bits likelier to be one operator's, the farthest quarter 2 to 3 bits
 * less likely. It is never a tie by itself: a class and a workshop begin together as well.
 */
export interface Onsets {
  /** 0 where one beginning is unknown. */
  bitsOf(a: number, b: number): number
}

const BREAK_EVEN_BITS = 5
const LEAST_BITS = -3
const MOST_BITS = 5

/** Share of all accounts with one date from which it says nothing; and in the first {@link EARLY} of the window from which the log starts in the middle of their lives. */
const CROWDED = 0.25
const EARLY = 0.1

export function createOnsets(accounts: AccountTable): Onsets {
  const at = onsetsOf(accounts)
  const sorted = at.filter((each) => !Number.isNaN(each)).sort()
  const within = (centre: number, distance: number): number =>
    upperBound(sorted, centre + distance) - lowerBound(sorted, centre - distance)
  return {
    bitsOf(a, b) {
      const distance = Math.abs(at[a]! - at[b]!)
      if (Number.isNaN(distance)) return 0
      const near = Math.min(within(at[a]!, distance), within(at[b]!, distance))
      if (distance === 0 && near > CROWDED * sorted.length) return 0 // an import gave everybody one date
      return Math.min(MOST_BITS, Math.max(LEAST_BITS, Math.log2(sorted.length / near) - BREAK_EVEN_BITS))
    },
  }
}

/**
 * When each account began, epoch ms: its registration, else its first request. NaN where neither says so: first
 * requests at the crowded start of a log only say that the log starts there.
 */
function onsetsOf({ createdAtMs, firstAtMs, lastAtMs }: AccountTable): Float64Array {
  const { fromMs, toMs } = busyWindow(firstAtMs, lastAtMs)
  const early = fromMs + EARLY * (toMs - fromMs)
  const crowd = firstAtMs.reduce((count, at) => count + (at <= early ? 1 : 0), 0)
  const isCrowded = crowd > CROWDED * firstAtMs.length
  return Float64Array.from(createdAtMs, (createdAt, account) => {
    if (!Number.isNaN(createdAt)) return createdAt
    const seen = firstAtMs[account]!
    return isCrowded && seen <= early ? Number.NaN : seen
  })
}
