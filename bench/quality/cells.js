import { HELD_OUT_SEEDS, SIZES, TRAINING_SEEDS } from './scenarios.js'

/** The strength at which floors are judged, and at which baselines and ablations are run. */
export const FULL_STRENGTH = 1

/** Sizes at which the ablations are run unless `--only` names them: one takes as long as a scan. */
const SIZES_WITH_ABLATIONS = ['small']

/**
 * The logs of a run with what is to be done on each, the longest first, so that no worker is left with one at the end.
 *
 * @param {import('./options.js').Options} options
 * @returns {import('./run-cell.js').Cell[]}
 */
export function planCells({ sizes, seeds, strengths, only, isChosen }) {
  const parts = only.filter((part) => part !== 'airdrop')
  if (parts.length === 0) return []
  return sizes.toReversed().flatMap((size) =>
    (strengths ?? SIZES[size].strengths).flatMap((strength) => {
      const isFull = strength === FULL_STRENGTH
      const hasAblations = isFull && (isChosen || SIZES_WITH_ABLATIONS.includes(size))
      const own = parts.filter((part) => part === 'ours' || (part === 'ablations' ? hasAblations : isFull))
      return own.length === 0 ? [] : seedsOf(size, seeds).map((seed) => ({ size, seed, strength, parts: own }))
    }),
  )
}

/**
 * @param {import('./scenarios.js').SizeName} size
 * @param {import('./options.js').Options['seeds']} wanted
 * @returns {readonly string[]}
 */
function seedsOf(size, wanted) {
  if (wanted === 'held-out') return HELD_OUT_SEEDS.slice(0, SIZES[size].seeds)
  if (wanted === null) return TRAINING_SEEDS.slice(0, SIZES[size].seeds)
  return wanted.map((each) => /** @type {string} */ (TRAINING_SEEDS[each - 1]))
}
