import type { Random } from '../random.ts'

/** What the phases of the Leiden algorithm need to know. */
export interface LeidenSettings {
  /** γ of the constant Potts model, > 0: the weight per pair below which two sets are better off apart. */
  readonly resolution: number
  /** Gains below this are rounding. */
  readonly tolerance: number
  /** θ of the refinement, in the unit of the weights: how often it merges other than with the best. */
  readonly temperature: number
  readonly random: Random
}

/** The numbers 0..count-1 in random order (Fisher & Yates 1938). */
export function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const other = order[j]!
    order[j] = order[i]!
    order[i] = other
  }
  return order
}
