import type { Random } from '../random.ts'

/** A standard normal deviate (Box and Muller 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

/** A log-normal deviate with the given median and standard deviation of the logarithm. */
export const logNormal = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * normal(random))

export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.next())

/** Uniform in [low, high). */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random.next()

/** A whole number, uniform in [low, high]. */
export const wholeBetween = (random: Random, low: number, high: number): number => low + random.below(high - low + 1)

export const chance = (random: Random, share: number): boolean => random.next() < share

export const pick = <T>(random: Random, items: readonly T[]): T => {
  if (items.length === 0) throw new Error('pick from an empty list')
  return items[random.below(items.length)] as T
}

/** An index in [0, count) with weights falling as 1/rank (Zipf's law, exponent 1). */
export const zipf = (random: Random, count: number): number =>
  Math.min(count - 1, Math.floor((count + 1) ** random.next()) - 1)

/** One of the items, by weight. */
export function weighted<T>(random: Random, items: readonly (readonly [T, number])[]): T {
  let left = random.next() * items.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  return pick(random, items)[0]
}

/** Lower-case hexadecimal digits: the one shape of every id and hash, whoever holds it. */
export function hex(random: Random, digits: number): string {
  let text = ''
  while (text.length < digits) text += random.below(0x1000000).toString(16).padStart(6, '0')
  return text.slice(0, digits)
}

/** A new array in random order (Fisher and Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const out = [...items]
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const held = out[i] as T
    out[i] = out[j] as T
    out[j] = held
  }
  return out
}

/** A list of whole numbers from 0. */
export const numbers = (count: number): number[] => Array.from({ length: Math.max(0, Math.round(count)) }, (_, i) => i)

/**
 * Deals `count` members into hands of about `size`, at random; entry i is the hand of member i.
 * Two independent deals make a connected group: a ring that shares cards and, crosswise, devices.
 */
export function deal(random: Random, count: number, size: number): number[] {
  const hands = Math.max(1, Math.round(count / Math.max(1, size)))
  return shuffled(
    random,
    numbers(count).map((i) => i % hands),
  )
}
