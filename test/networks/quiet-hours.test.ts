import { expect, test } from 'vitest'
import { quietShare } from '../../src/networks/quiet-hours.ts'

/** A request at each of these hours. */
const at = (hours: readonly number[]): ReadonlyMap<number, number> => {
  const requests = new Map<number, number>()
  for (const hour of hours) requests.set(hour, (requests.get(hour) ?? 0) + 1)
  return requests
}
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

test('a third around the clock, next to nothing for people, however long the log', () => {
  expect(quietShare(at(range(240)))).toBeCloseTo(8 / 24, 9)
  // Sixteen hours a day for a hundred days: the eight others are silent, also over midnight.
  expect(quietShare(at(range(2400).filter((hour) => (hour + 20) % 24 < 16)))).toBe(0)
  // One of two hundred at night.
  expect(quietShare(at([...range(199).map((i) => 9 + (i % 10)), 3]))).toBe(0) // the quietest eight hours are still empty
})

test('unknown with fewer than a hundred requests', () => {
  expect(quietShare(at(range(99)))).toBeNull()
  expect(quietShare(at(range(100)))).not.toBeNull()
})
