import { type Checkpoint, mapWithCheckpoints } from '../checkpoint.ts'
import type { Random } from '../random.ts'
import type { Finding, OrderSignal } from '../signals/order-signal.ts'
import { type AccountSet, mean, meanBits, type Signal } from '../signals/signal.ts'
import type { Strata } from './strata.ts'

/**
 * Share of all draws at or above the group after which a test has failed and draws no more: its p is above that whatever
 * follows (sequential Monte Carlo test, Besag & Clifford 1991).
 */
const HOPELESS = 0.05

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

/** Members drawn between two checkpoints, some tenths of a second. */
const MEMBERS_AT_ONCE = 50_000

/** What groups are held against. */
export interface Null {
  /** Views a set; the draws reuse it. */
  readonly view: (members: Int32Array) => AccountSet
  /** Stratum of each account; a draw takes as many accounts of each stratum as the group has. */
  readonly strata: Strata
  readonly draws: number
}

/**
 * Measures every signal on a group and on random sets of accounts that match it in size, registration month and volume.
 *
 * @param checkpoint passed by large groups between draws, with the share in [0, 1] of the draws that are done
 */
export async function testGroup(
  members: Int32Array,
  signals: readonly Signal[],
  { view, strata, draws }: Null,
  random: Random,
  checkpoint: (share: number) => Promise<void> = async () => {},
): Promise<SignalTest[]> {
  const set = view(members)
  const bits = signals.map((signal) => signal.memberBits(set))
  const observed = bits.map(mean)
  const above = new Int32Array(signals.length)
  const drawn = new Int32Array(signals.length)
  const hopeless = Math.max(1, Math.ceil(HOPELESS * (1 + draws)))
  const sums = new Float64Array(signals.length)
  const squares = new Float64Array(signals.length)
  let open = [...signals.keys()].filter((i) => observed[i]! > 0)
  for (let draw = 0; draw < draws && open.length > 0; draw++) {
    if (isDue(draw, members.length)) await checkpoint(draw / draws)
    const other = view(strata.draw(members, random))
    for (const i of open) {
      const drawnBits = meanBits(signals[i]!, other)
      drawn[i]!++
      sums[i]! += drawnBits
      squares[i]! += drawnBits * drawnBits
      if (drawnBits >= observed[i]!) above[i]!++
    }
    open = open.filter((i) => above[i]! < hopeless)
  }
  return signals.map((signal, i) => {
    const expected = sums[i]! / Math.max(1, drawn[i]!)
    const deviation = Math.sqrt(Math.max(0, squares[i]! / Math.max(1, drawn[i]!) - expected * expected))
    const p = observed[i] === 0 ? 1 : pValue(observed[i]!, above[i]!, drawn[i]!, expected, deviation)
    return { signal, observed: observed[i]!, expected, p, coverage: coverageOf(bits[i]!), isConfirmed: false }
  })
}

/** The stream of a group's own draws: they change with no other group. */
export const nullOf = (members: Int32Array, random: Random): Random => random.fork(`null of ${members[0]}`)

/**
 * {@link testGroup} for each group.
 *
 * @param step a name for people
 */
export const testGroups = (
  groups: readonly Int32Array[],
  signals: readonly Signal[],
  against: Null,
  random: Random,
  checkpoint: Checkpoint,
  step = 'random sets',
): Promise<SignalTest[][]> =>
  mapWithCheckpoints(
    groups,
    (members, _, within) => testGroup(members, signals, against, nullOf(members, random), within),
    checkpoint,
    { name: step, sizeOf: ({ length }) => length },
  )

/** A group that is drawn in a moment has no checkpoint, the largest have one before every further draw. */
const isDue = (draw: number, members: number): boolean =>
  draw > 0 && Math.floor((draw * members) / MEMBERS_AT_ONCE) > Math.floor(((draw - 1) * members) / MEMBERS_AT_ONCE)

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
