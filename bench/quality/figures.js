import { fixed, known } from '../statistics.js'

/** @param {readonly number[]} values NaN is left out */
export function mean(values) {
  const all = known(values)
  return all.reduce((sum, each) => sum + each, 0) / all.length
}

/** @param {readonly number[]} values */
export const lowest = (values) => Math.min(...known(values))

/** @param {readonly number[]} values */
export const highest = (values) => Math.max(...known(values))

/**
 * `0.987 (0.950)`: mean and, of several, the lowest.
 *
 * @param {readonly (number | null)[]} values shares; `null` where there is none
 */
export function share(values) {
  const all = known(values.map((each) => each ?? Number.NaN))
  if (all.length === 0) return '–'
  return all.length === 1 ? fixed(mean(all), 3) : `${fixed(mean(all), 3)} (${fixed(lowest(all), 3)})`
}

/**
 * `1.2 (4)`: mean and, of several, the largest.
 *
 * @param {readonly number[]} values whole numbers
 */
export const counts = (values) =>
  values.length === 1 ? String(values[0]) : `${fixed(mean(values), 1)} (${highest(values)})`
