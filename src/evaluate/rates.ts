import { SEVERITIES, type Severity } from '../model.ts'
import type { OrAbove, Rates } from './evaluation.ts'

/** Position of a severity in {@link SEVERITIES}. */
export const levelOf = (severity: Severity): number => SEVERITIES.indexOf(severity)

/** A counter for each severity, from low on. */
export const newLevels = (): number[] => SEVERITIES.map(() => 0)

/** From counts at exactly each severity to counts at that severity or above. */
export function orAbove(levels: readonly number[]): OrAbove {
  let sum = 0
  const sums = levels.toReversed().map((count) => {
    sum += count
    return sum
  })
  const [critical = 0, high = 0, medium = 0, low = 0] = sums
  return { low, medium, high, critical }
}

/** Pairs that `n` accounts make. */
export const pairsOf = (n: number): number => (n * (n - 1)) / 2

/**
 * Precision, recall and their harmonic mean F1 (van Rijsbergen, Information Retrieval, 1979, ch. 7). With nothing
 * reported F1 is 0, its limit: a detector that is silent has not earned to be left out of a mean.
 */
export function rates(counts: { reported: number; correct: number; true: number; found: number }): Rates {
  const precision = counts.reported === 0 ? null : counts.correct / counts.reported
  const recall = counts.true === 0 ? null : counts.found / counts.true
  if (recall === null) return { precision, recall, f1: null }
  const sum = (precision ?? 0) + recall
  return { precision, recall, f1: sum === 0 ? 0 : (2 * (precision ?? 0) * recall) / sum }
}
