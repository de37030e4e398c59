import { FAMILIES, type Family } from '../model.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { SignalTest } from './confirm.ts'
import { type GroupFacts, type InnocentHypothesis, innocentHypotheses, REGION } from './innocent.ts'

/** Bits of one signal, and how much of them counts. */
export interface CountedSignal {
  readonly test: SignalTest
  /** Above the null, uncapped, rounded to 0.1. */
  readonly bits: number
  /** After family cap, confirmation and the best innocent explanation, rounded to 0.1. */
  readonly countedBits: number
}

export interface Score {
  /** Sum of `countedBits`, rounded to 0.1. */
  readonly bits: number
  readonly signals: readonly CountedSignal[]
  /** Least residual first; ties by name. */
  readonly residuals: readonly { readonly hypothesis: InnocentHypothesis; readonly bits: number }[]
  /** Families with a confirmed signal, in the order of `FAMILIES`. */
  readonly confirmed: readonly Family[]
  /**
   * Those of them with a confirmed signal beyond what strangers of one region have in common, how busy they are, and what
   * they ask for: purpose and habit say what accounts are for, not that one hand runs them.
   */
  readonly speaking: readonly Family[]
}

/** Share of the members for which a family must speak: two of twenty who share a device do not make a second family. */
const MIN_COVERAGE = 1 / 3

/**
 * Evidence that is left after the best innocent explanation (docs/detection.md, "Score"): the bits of the confirmed
 * families, each at most its cap, less the signals which the explanation that leaves the least accounts for. Raising the
 * bits of one confirmed family never lowers it: every term is monotone, and so is their minimum.
 */
export function scoreGroup(tests: readonly SignalTest[], facts: GroupFacts): Score {
  const confirmed = tests.filter(({ isConfirmed }) => isConfirmed)
  const residuals = innocentHypotheses
    .filter((hypothesis) => hypothesis.applies(facts))
    .map((hypothesis) => ({ hypothesis, counted: countUnexplained(confirmed, hypothesis) }))
    .map(({ hypothesis, counted }) => ({ hypothesis, counted, bits: round(sum([...counted.values()])) }))
    .sort((a, b) => a.bits - b.bits || (a.hypothesis.name < b.hypothesis.name ? -1 : 1))
  const best = residuals[0]!
  const signals = tests.map((test) => ({ test, bits: round(excess(test)), countedBits: best.counted.get(test) ?? 0 }))
  const familiesOf = (some: readonly SignalTest[]): Family[] =>
    FAMILIES.filter((family) => some.some(({ signal }) => signal.family === family))
  const speaking = confirmed.filter(
    ({ signal, coverage }) =>
      coverage >= MIN_COVERAGE &&
      !REGION.includes(signal.id) &&
      signal.family !== 'lifecycle' &&
      signal.family !== 'purpose',
  )
  return { bits: best.bits, signals, residuals, confirmed: familiesOf(confirmed), speaking: familiesOf(speaking) }
}

/** Bits of each signal that the hypothesis does not account for, within the caps of their families. */
function countUnexplained(confirmed: readonly SignalTest[], { explains }: InnocentHypothesis): Map<SignalTest, number> {
  const counted = new Map<SignalTest, number>()
  for (const family of FAMILIES) {
    const left = confirmed.filter(({ signal }) => signal.family === family && !explains.includes(signal.id))
    for (const [test, bits] of shareCap(left, FAMILY_CAP_BITS[family])) counted.set(test, bits)
  }
  return counted
}

/** The strongest signal of a family in full, the others a quarter, until the cap is used up. */
function shareCap(tests: readonly SignalTest[], cap: number): [SignalTest, number][] {
  const sorted = [...tests].sort((a, b) => excess(b) - excess(a) || (a.signal.id < b.signal.id ? -1 : 1))
  let left = cap
  return sorted.map((test, i) => {
    const bits = round(Math.min(left, excess(test) * (i === 0 ? 1 : 0.25)))
    left = round(left - bits)
    return [test, bits]
  })
}

const excess = ({ observed, expected }: SignalTest): number => Math.max(0, observed - expected)
const round = (bits: number): number => Math.round(bits * 10) / 10
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
