/** Rejected records of one input in the order in which they were met: a number each (record or line) and a reason. */
export interface RejectLog {
  add(at: number, reason: string): void
  /** Counts rejects of a reason whose places are not known, up to a total that holds those added before. */
  raise(reason: string, total: number): void
  readonly count: number
  /** Rejects whose places are kept. */
  readonly kept: number
  /** Reason → count. */
  readonly reasons: ReadonlyMap<string, number>
  /** The n-th reject that is kept, from 0. */
  at(n: number): { readonly at: number; readonly reason: string }
}

/**
 * A log of twelve bytes a reject, since a damaged file may have as many as it has lines.
 *
 * @param most rejects that are kept one by one; all are counted
 */
export function createRejectLog(most = Number.POSITIVE_INFINITY): RejectLog {
  let places = new Float64Array(16)
  let numbers = new Int32Array(16)
  let kept = 0
  let count = 0
  const names: string[] = []
  const numberOf = new Map<string, number>()
  const reasons = new Map<string, number>()
  return {
    add(at, reason) {
      count++
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      if (kept >= most) return
      if (kept === places.length) {
        places = grown(places, new Float64Array(kept * 2))
        numbers = grown(numbers, new Int32Array(kept * 2))
      }
      let number = numberOf.get(reason)
      if (number === undefined) {
        number = names.push(reason) - 1
        numberOf.set(reason, number)
      }
      places[kept] = at
      numbers[kept++] = number
    },
    raise(reason, total) {
      const before = reasons.get(reason) ?? 0
      if (total <= before) return
      reasons.set(reason, total)
      count += total - before
    },
    get count() {
      return count
    },
    get kept() {
      return kept
    },
    reasons,
    at: (n) => ({ at: places[n]!, reason: names[numbers[n]!]! }),
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
