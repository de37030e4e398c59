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
