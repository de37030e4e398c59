import { lowerBound } from '../lower-bound.ts'

/** A rare value: who of the set began with it, by time. */
export interface Passing {
  readonly accounts: Int32Array
  readonly beganMs: Float64Array
}

/** Ends tried for each beginning. */
const MOST_ENDS = 8

/**
 * Counts hand-overs at least a window apart: a wave of bans and the next wave of accounts are one occasion, not a hundred.
 *
 * @param endMs when each of the accounts that stopped did so
 * @param onHandOver told of every single one
 */
export type CountHandOvers = (
  endMs: Float64Array,
  windowMs: number,
  onHandOver?: (owner: number, heir: number) => void,
) => number

/**
 * A counter that goes over hundreds of draws of the ends in the same memory: a draw for 25,000 accounts would leave megabytes
 * behind.
 *
 * @param stopped accounts that stopped, ascending
 * @param isSamePayer whether two accounts are of one hand anyway
 */
export function createHandOverCounter(
  passings: readonly Passing[],
  stopped: Int32Array,
  isSamePayer: (a: number, b: number) => boolean,
): CountHandOvers {
  const positions = new Map([...stopped].map((account, position) => [account, position]))
  const owners = passings.map(({ accounts }) =>
    Int32Array.from([...accounts].flatMap((account) => positions.get(account) ?? [])),
  )
  const ranks = createRanks(stopped.length)
  const scratch = new Int32Array(owners.reduce((most, { length }) => Math.max(most, length), 0))
  const beginnings = new Float64Array(passings.reduce((sum, { accounts }) => sum + accounts.length, 0))
  return (endMs, windowMs, onHandOver) => {
    const { order, rankOf } = ranks(endMs)
    let count = 0
    for (const [i, { accounts: heirs, beganMs }] of passings.entries()) {
      const byEnd = scratch.subarray(0, owners[i]!.length)
      for (const [j, position] of owners[i]!.entries()) byEnd[j] = rankOf[position]!
      byEnd.sort()
      let next = 0
      for (const [j, heir] of heirs.entries()) {
        const began = beganMs[j]!
        while (next < byEnd.length && endMs[order[byEnd[next]!]!]! <= began) next++
        for (let at = next - 1; at >= 0 && at >= next - MOST_ENDS; at--) {
          const position = order[byEnd[at]!]!
          if (began - endMs[position]! > windowMs) break
          const owner = stopped[position]!
          if (owner === heir || isSamePayer(owner, heir)) continue
          beginnings[count++] = began
          onHandOver?.(owner, heir)
          break
        }
      }
    }
    return countApart(beginnings.subarray(0, count).sort(), windowMs)
  }
}

/** Instants, ascending, that are more than a window behind the last one counted. */
function countApart(atMs: Float64Array, windowMs: number): number {
  let count = 0
  let lastMs = Number.NEGATIVE_INFINITY
  for (const each of atMs) {
    if (each - lastMs <= windowMs) continue
    count++
    lastMs = each
  }
  return count
}

/** Positions by (instant, position), and the place of each position in that order. */
interface Ranks {
  readonly order: Int32Array
  readonly rankOf: Int32Array
}

/** Ranks lists of `count` instants one after the other; what it gives is valid until the next one. */
function createRanks(count: number): (atMs: Float64Array) => Ranks {
  const sorted = new Float64Array(count)
  const equal = new Int32Array(count)
  const order = new Int32Array(count)
  const rankOf = new Int32Array(count)
  return (atMs) => {
    sorted.set(atMs)
    sorted.sort()
    equal.fill(0)
    for (let position = 0; position < count; position++) {
      const first = lowerBound(sorted, atMs[position]!)
      const rank = first + equal[first]!++
      order[rank] = position
      rankOf[position] = rank
    }
    return { order, rankOf }
  }
}
