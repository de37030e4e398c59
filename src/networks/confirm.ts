import type { Random } from '../random.ts'
import type { Finding, OrderSignal } from '../signals/order-signal.ts'
import { type AccountSet, mean, meanBits, type Signal } from '../signals/signal.ts'

/** What the null said of one signal of one group. */
export interface SignalTest {
  readonly signal: Signal | OrderSignal
  /** Mean bits per member. */
  readonly observed: number
  /** Mean of the same over the null's draws. */
  readonly expected: number
  /** In (0, 1]. */
  readonly p: number
  /** Share in [0, 1] of the members that take part in what was measured. */
  readonly coverage: number
  /** What a test of order found, by a null of its own; absent where random sets of accounts were the null. */
  readonly finding?: Finding
  isConfirmed: boolean
}

/** Bits by which a group must exceed its null: log2(5), five times what chance gives (docs/detection.md, "Tests"). */
export const MIN_EXCESS_BITS = Math.log2(5)

/** False-discovery rate over all tests of a scan (Benjamini & Hochberg 1995). */
const FALSE_DISCOVERY_RATE = 0.01

/**
 * Measures every signal on a group and on random sets of accounts that match it in size, registration month and volume.
 *
 * @param view views a set; the null's draws reuse it
 * @param strata stratum of each account; a draw takes as many accounts of each stratum as the group has
 */
export function testGroup(
  members: Int32Array,
  signals: readonly Signal[],
  view: (members: Int32Array) => AccountSet,
  strata: Strata,
  draws: number,
  random: Random,
): SignalTest[] {
  const set = view(members)
  const bits = signals.map((signal) => signal.memberBits(set))
  const observed = bits.map(mean)
  const above = new Int32Array(signals.length)
  const sums = new Float64Array(signals.length)
  const squares = new Float64Array(signals.length)
  for (let draw = 0; draw < draws; draw++) {
    const drawn = view(strata.draw(members, random))
    for (const [i, signal] of signals.entries()) {
      if (observed[i] === 0) continue // nothing to test
      const drawnBits = meanBits(signal, drawn)
      sums[i]! += drawnBits
      squares[i]! += drawnBits * drawnBits
      if (drawnBits >= observed[i]!) above[i]!++
    }
  }
  return signals.map((signal, i) => {
    const expected = sums[i]! / draws
    const deviation = Math.sqrt(Math.max(0, squares[i]! / draws - expected * expected))
    const p = observed[i] === 0 ? 1 : pValue(observed[i]!, above[i]!, draws, expected, deviation)
    return { signal, observed: observed[i]!, expected, p, coverage: coverageOf(bits[i]!), isConfirmed: false }
  })
}

const coverageOf = (bits: Float64Array): number =>
  bits.length === 0 ? 0 : bits.reduce((count, each) => count + (each > 0 ? 1 : 0), 0) / bits.length

/** Bits; a null that hardly varies is not taken for one that cannot vary. */
const LEAST_DEVIATION = 0.05

/**
 * The permutation's p-value, (1 + draws at or above) / (1 + draws). Where no draw came near, two hundred draws cannot
 * tell 0.005 from 0.000005; there 1 / (1 + k²) for k standard deviations above the null's mean stands in, the one-sided
 * bound of Cantelli (1928) for every shape of null. With estimated moments it is an approximation and not a bound
 * (Saw, Yang & Mo 1984), which the effect floor beside it makes up for: 40 deviations pass, 10 do not.
 */
function pValue(observed: number, above: number, draws: number, expected: number, deviation: number): number {
  const permutation = (1 + above) / (1 + draws)
  if (above > 0) return permutation
  const k = (observed - expected) / Math.max(deviation, LEAST_DEVIATION)
  return Math.min(permutation, 1 / (1 + k * k))
}

/** Marks the tests that hold after Benjamini–Hochberg over all of them and exceed their null by the effect floor. */
export function confirmTests(tests: readonly SignalTest[]): void {
  const real = tests.filter(({ signal, observed }) => signal.role !== 'corroborator' && observed > 0)
  const sorted = real.map(({ p }) => p).sort((a, b) => a - b)
  let cut = 0
  for (const [i, p] of sorted.entries()) if (p <= (FALSE_DISCOVERY_RATE * (i + 1)) / sorted.length) cut = p
  for (const test of real) test.isConfirmed = test.p <= cut && hasEffect(test)
}

const hasEffect = ({ finding, observed, expected }: SignalTest): boolean =>
  finding ? finding.hasEffect : observed - expected >= MIN_EXCESS_BITS

/** Accounts by registration month and volume, for matched draws. Geography is never a stratum. */
export interface Strata {
  /** Distinct accounts outside the group, ascending, as many of each stratum as the group has (fewer if it runs out). */
  draw(members: Int32Array, random: Random): Int32Array
}

const MONTH_MS = 30 * 86_400_000

/** Accounts of a stratum for each member that is drawn from it; with fewer, accounts of the same volume stand in. */
const ENOUGH = 3

/**
 * @param createdAtMs registration, NaN where unknown: those are a month of their own
 * @param requests volume; busy accounts meet everybody, and are compared with busy ones: 0, 1–3, 4–15, 16–63, …
 */
export function createStrata(createdAtMs: Float64Array, requests: Float64Array): Strata {
  const volume = Int32Array.from(requests, (count) => (count < 1 ? -1 : Math.floor(Math.log2(count) / 2)))
  const stratum = Array.from(createdAtMs, (at, account) => {
    const month = Number.isNaN(at) ? 'none' : Math.floor(at / MONTH_MS)
    return `${month}/${volume[account]}`
  })
  const byStratum = poolsOf(stratum)
  const byVolume = poolsOf([...volume])
  const isTaken = new Uint8Array(createdAtMs.length)
  return {
    draw(members, random) {
      const wanted = new Map<string, number>()
      for (const member of members) {
        isTaken[member] = 1
        wanted.set(stratum[member]!, (wanted.get(stratum[member]!) ?? 0) + 1)
      }
      const drawn: number[] = []
      for (const member of members) {
        const own = byStratum.get(stratum[member]!)!
        const isEnough = own.length >= (1 + ENOUGH) * wanted.get(stratum[member]!)!
        const account = pick(isEnough ? own : byVolume.get(volume[member]!)!, isTaken, random)
        if (account >= 0) drawn.push(account)
      }
      for (const account of drawn) isTaken[account] = 0
      for (const member of members) isTaken[member] = 0
      return Int32Array.from(drawn).sort()
    },
  }
}

function poolsOf<K>(keys: readonly K[]): ReadonlyMap<K, number[]> {
  const pools = new Map<K, number[]>()
  for (const [account, key] of keys.entries()) {
    const pool = pools.get(key)
    if (pool) pool.push(account)
    else pools.set(key, [account])
  }
  return pools
}

/** Tries before a pool counts as used up: at half-empty pools 32 misses in a row are a matter of 1 in 4 billion. */
const TRIES = 32

function pick(pool: readonly number[], taken: Uint8Array, random: Random): number {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const account = pool[random.below(pool.length)]!
    if (taken[account] === 0) {
      taken[account] = 1
      return account
    }
  }
  return -1
}
