import type { Random } from '../random.ts'
import { allItems } from './union-find.ts'

/** Accounts by registration month and volume, for matched draws. Geography is never a stratum. */
export interface Strata {
  /**
   * Distinct accounts outside the group, ascending, as many of each stratum as the group has, and at most one of any other
   * group: two accounts of one operator are not two strangers. Fewer if they run out.
   */
  draw(members: Int32Array, random: Random): Int32Array
}

const MONTH_MS = 30 * 86_400_000

/** Before the first month of the Unix epoch, and more volumes than there are. */
const NO_MONTH = -1_000_000
const VOLUMES = 1024

/** Accounts of a stratum for each member that is drawn from it; with fewer, accounts of the same volume stand in. */
const ENOUGH = 3

/**
 * @param createdAtMs registration, NaN where unknown: those are a month of their own
 * @param requests volume; busy accounts meet everybody, and are compared with busy ones: 0, 1–3, 4–15, 16–63, …
 * @param groups disjoint groups under test
 */
export function createStrata(
  { createdAtMs, requests }: { readonly createdAtMs: Float64Array; readonly requests: Float64Array },
  groups: readonly Int32Array[],
): Strata {
  const volume = Int32Array.from(requests, (count) => (count < 1 ? 0 : 1 + Math.floor(Math.log2(count) / 2)))
  const month = Int32Array.from(createdAtMs, (at) => (Number.isNaN(at) ? NO_MONTH : Math.floor(at / MONTH_MS)))
  const byStratum = poolsOf(volume.length, (account) => month[account]! * VOLUMES + volume[account]!)
  const byVolume = poolsOf(volume.length, (account) => volume[account]!)
  const everybody = allItems(requests.length)
  const takes = createTakes(requests.length, groups)
  const wanted = new Int32Array(byStratum.pools.length)
  return {
    draw(members, random) {
      wanted.fill(0)
      for (const member of members) wanted[byStratum.poolOf[member]!]!++
      takes.restart(members)
      const drawn = new Int32Array(members.length)
      let count = 0
      for (const member of members) {
        const stratum = byStratum.poolOf[member]!
        const own = byStratum.pools[stratum]!
        let account = own.length >= (1 + ENOUGH) * wanted[stratum]! ? pickFrom(own, takes, random) : -1
        if (account < 0) account = pickFrom(byVolume.pools[byVolume.poolOf[member]!]!, takes, random)
        if (account < 0) account = pickFrom(everybody, takes, random)
        if (account >= 0) drawn[count++] = account
      }
      return drawn.subarray(0, count).sort()
    },
  }
}

/** Accounts by key. */
interface Pools {
  readonly pools: readonly Int32Array[]
  /** Account → its pool. */
  readonly poolOf: Int32Array
}

function poolsOf(accounts: number, keyOf: (account: number) => number): Pools {
  const numbers = new Map<number, number>()
  const sizes: number[] = []
  const poolOf = new Int32Array(accounts)
  for (let account = 0; account < accounts; account++) {
    const key = keyOf(account)
    const number = numbers.get(key) ?? sizes.push(0) - 1
    numbers.set(key, number)
    poolOf[account] = number
    sizes[number]!++
  }
  const pools = sizes.map((size) => new Int32Array(size))
  const filled = new Int32Array(sizes.length)
  for (let account = 0; account < accounts; account++) {
    const number = poolOf[account]!
    pools[number]![filled[number]!++] = account
  }
  return { pools, poolOf }
}

/** Who may still be drawn. */
interface Takes {
  /** Nobody is taken but these. */
  restart(members: Int32Array): void
  /** Takes an account, unless it or one of its group is taken. */
  tryTake(account: number): boolean
}

/** An account outside every group is a group of its own. */
function createTakes(accounts: number, groups: readonly Int32Array[]): Takes {
  const groupOf = Int32Array.from({ length: accounts }, (_, account) => groups.length + account)
  for (const [group, members] of groups.entries()) for (const member of members) groupOf[member] = group
  const takenIn = new Int32Array(groups.length + accounts)
  let round = 0
  return {
    restart(members) {
      round++
      for (const member of members) takenIn[groupOf[member]!] = round
    },
    tryTake(account) {
      if (takenIn[groupOf[account]!] === round) return false
      takenIn[groupOf[account]!] = round
      return true
    },
  }
}

/** Tries before a pool counts as used up: at half-empty pools 32 misses in a row are a matter of 1 in 4 billion. */
const TRIES = 32

/** An account of the pool that is left; -1 if none is. */
function pickFrom(pool: Int32Array, takes: Takes, random: Random): number {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const account = pool[random.below(pool.length)]!
    if (takes.tryTake(account)) return account
  }
  return -1
}
