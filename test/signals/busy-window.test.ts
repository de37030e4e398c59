import fc from 'fast-check'
import { expect, test } from 'vitest'
import { busyWindow } from '../../src/signals/busy-window.ts'
import { DAY_MS, START_MS } from './order-input.ts'

const columns = (count: number) => ({
  first: Float64Array.from({ length: count }, (_, i) => START_MS + i),
  last: Float64Array.from({ length: count }, (_, i) => START_MS + 30 * DAY_MS - i),
})

test('a few strays at either end are no part of the window', () => {
  const { first, last } = columns(3000) // three of 3,000 at each end
  for (const i of [7, 8, 9]) first[i] = Date.parse('2001-01-02')
  for (const i of [17, 18, 19]) last[i] = Date.parse('2039-01-02')
  expect(busyWindow(first, last)).toEqual({ fromMs: START_MS, toMs: START_MS + 30 * DAY_MS })
})

test('one stray of four; none can be told from two; accounts without requests do not count', () => {
  const { first, last } = columns(4)
  first[2] = 0
  expect(busyWindow(first, last).fromMs).toBe(START_MS)
  expect(busyWindow(Float64Array.of(1, 5, Number.NaN), Float64Array.of(2, 9, Number.NaN))).toEqual({
    fromMs: 1,
    toMs: 9,
  })
})

test('nobody: an empty window', () => {
  expect(busyWindow(Float64Array.of(Number.NaN), Float64Array.of(Number.NaN))).toEqual({
    fromMs: Number.POSITIVE_INFINITY,
    toMs: Number.NEGATIVE_INFINITY,
  })
})

test('property: the same for any order of the accounts, and within what they say', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 40 }), (instants) => {
      const window = busyWindow(Float64Array.from(instants), Float64Array.from(instants))
      const reversed = Float64Array.from(instants.toReversed())
      expect(busyWindow(reversed, reversed)).toEqual(window)
      expect(instants).toContain(window.fromMs)
      expect(instants).toContain(window.toMs)
      expect(window.fromMs).toBeLessThanOrEqual(window.toMs)
    }),
  )
})
