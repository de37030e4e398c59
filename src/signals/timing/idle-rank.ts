/** Sessions in the order in which they are looked at; times are relative and jittered, ms. */
export interface Trains {
  /** Accounts that take part. */
  readonly accounts: number
  /** Account of each session, 0-based. */
  readonly account: Int32Array
  readonly startMs: Float64Array
  readonly endMs: Float64Array
}

/** A key holds instant × account × kind in one double; with these factors instants may span five years. */
const KINDS = 2
const ACCOUNTS = 512
const TICKS_PER_MS = 32

/**
 * Mean over session starts of U, the share of the other accounts at work then that have been idle for less time than
 * the one that is chosen: 1 when it is always the account idle longest, 0.5 when any.
 *
 * An account is at work from its first session to its last. The cost is O(n log n) in sessions: a Fenwick tree (Fenwick
 * 1994, "A new data structure for cumulative frequency tables") over the order of events holds each account's latest.
 *
 * @returns NaN without a start at which another account was at work
 */
export function idleRank({ accounts, account, startMs, endMs }: Trains): number {
  const keys = sortedKeys({ accounts, account, startMs, endMs })
  const remaining = new Int32Array(accounts)
  for (const each of account) remaining[each]!++
  const latest = new Int32Array(accounts) // 1-based place of the account's latest event; 0: not at work
  const tree = new Int32Array(keys.length + 1)
  let working = 0
  let sum = 0
  let starts = 0
  for (let place = 1; place <= keys.length; place++) {
    const key = keys[place - 1]!
    const isEnd = key % KINDS === 1
    const each = Math.floor(key / KINDS) % ACCOUNTS
    const before = latest[each]!
    if (isEnd && before === 0) continue // ends behind the start of its last session
    if (!isEnd && before > 0 && working > 1) {
      sum += (working - prefix(tree, before)) / (working - 1)
      starts++
    }
    if (before > 0) add(tree, before, -1)
    else working++
    if (!isEnd) remaining[each]!--
    if (remaining[each] === 0 && !isEnd) {
      working--
      latest[each] = 0
    } else {
      add(tree, place, 1)
      latest[each] = place
    }
  }
  return sum / starts
}

/** Starts and ends by time; a session of one request has no end of its own. */
function sortedKeys({ account, startMs, endMs }: Trains): Float64Array {
  const origin = startMs.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY)
  const keyOf = (atMs: number, i: number, kind: number): number =>
    (Math.round((atMs - origin) * TICKS_PER_MS) * ACCOUNTS + account[i]!) * KINDS + kind
  const keys = new Float64Array(KINDS * account.length)
  let count = 0
  for (let i = 0; i < account.length; i++) {
    keys[count++] = keyOf(startMs[i]!, i, 0)
    if (endMs[i]! > startMs[i]!) keys[count++] = keyOf(endMs[i]!, i, 1)
  }
  return keys.subarray(0, count).sort()
}

function add(tree: Int32Array, place: number, by: number): void {
  for (let i = place; i < tree.length; i += i & -i) tree[i]! += by
}

/** Accounts whose latest event is at `place` or before. */
function prefix(tree: Int32Array, place: number): number {
  let sum = 0
  for (let i = place; i > 0; i -= i & -i) sum += tree[i]!
  return sum
}
