import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createOnsets } from '../../src/networks/onset.ts'
import { range, tablesOf } from './tables.ts'

const DAY_MS = 86_400_000
const START_MS = Date.parse('2026-01-01T00:00:00Z')
const days = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers, (n) => START_MS + n * DAY_MS)
const unknown = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN)

/** Accounts registered on these days. */
const registered = (numbers: readonly number[]) =>
  createOnsets(tablesOf(numbers.length, {}, { accounts: { createdAtMs: days(numbers) } }).accounts)

/** Accounts of unknown registration, first seen on these days of a log that ends on day 100. */
const seen = (numbers: readonly number[]) => {
  const accounts = { createdAtMs: unknown(numbers.length), firstAtMs: days(numbers), lastAtMs: days([...numbers, 100]) }
  return createOnsets(tablesOf(numbers.length, {}, { accounts }).accounts)
}

describe('a thousand accounts, one a day', () => {
  const { bitsOf } = registered(range(0, 1000))

  test('neighbours: three of a thousand began as near', () => {
    expect(bitsOf(500, 501)).toBeCloseTo(Math.log2(1000 / 3) - 5, 9) // 3.38
  })

  test('the less crowded side decides: at the edge two began as near to the first, three to the second', () => {
    expect(bitsOf(0, 1)).toBeCloseTo(Math.log2(1000 / 2) - 5, 9) // 3.97
  })

  test('15 days apart: 31 of a thousand are as near, which is break-even', () => {
    expect(bitsOf(500, 515)).toBeCloseTo(Math.log2(1000 / 31) - 5, 9) // 0.01
  })

  test('far apart takes off three bits at most', () => {
    expect(bitsOf(500, 700)).toBe(-3) // log2(1000 / 401) - 5 = -3.7
    expect(bitsOf(0, 999)).toBe(-3)
  })
})

test('one sitting among many accounts adds five bits at most', () => {
  const { bitsOf } = registered([...range(0, 5000), 4000.0001, 4000.0001])
  expect(bitsOf(5000, 5001)).toBe(5) // two of 5,002: 11.3 - 5
})

test('where everybody began at one instant, as after an import, it says nothing', () => {
  expect(registered(new Array(100).fill(7)).bitsOf(3, 4)).toBe(0)
})

describe('without a registration the first request stands in', () => {
  test('where a log sees accounts begin all the time', () => {
    const { bitsOf } = seen(range(0, 100))
    expect(bitsOf(50, 51)).toBeCloseTo(Math.log2(100 / 3) - 5, 9)
    expect(bitsOf(0, 1)).toBeCloseTo(Math.log2(100 / 2) - 5, 9)
  })

  test('but not at the crowded start of a log, where only the log begins', () => {
    // 26 of 100 in the first tenth of the window: more than a quarter.
    const { bitsOf } = seen([...new Array(26).fill(0), ...range(26, 100)])
    expect(bitsOf(3, 4)).toBe(0)
    expect(bitsOf(3, 50)).toBe(0)
    expect(bitsOf(50, 51)).toBeCloseTo(Math.log2(74 / 3) - 5, 9) // 74 have a known beginning
    expect(seen([...new Array(25).fill(0), ...range(25, 100)]).bitsOf(3, 4)).not.toBe(0)
  })

  test('an account without requests and registration has no beginning', () => {
    const { bitsOf } = seen([...range(0, 50), Number.NaN])
    expect(bitsOf(50, 3)).toBe(0)
    expect(bitsOf(3, 4)).not.toBe(0)
  })
})

test('of any two accounts: symmetric, within [-3, 5]', () => {
  const instants = fc.array(fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constant(Number.NaN)), { minLength: 2 })
  fc.assert(
    fc.property(instants, fc.nat(), fc.nat(), (numbers, i, j) => {
      const { bitsOf } = registered(numbers)
      const [a, b] = [i % numbers.length, j % numbers.length]
      fc.pre(a !== b)
      expect(bitsOf(a, b)).toBe(bitsOf(b, a))
      expect(bitsOf(a, b)).toBeGreaterThanOrEqual(-3)
      expect(bitsOf(a, b)).toBeLessThanOrEqual(5)
    }),
    { numRuns: 300 },
  )
})
