import { describe, expect, test } from 'vitest'
import type { AccountTable } from '../../../src/evidence/tables.ts'
import { alikeUse } from '../../../src/signals/lifecycle/alike-use.ts'
import { incidenceOf, range, setOf } from '../../networks/tables.ts'

const COUNT = 100
const numbers = (of: (account: number) => number): Float64Array => Float64Array.from(range(0, COUNT), of)

/**
 * A hundred accounts of five kinds, 64 to 1,024 requests, all active on one day in one hour, without known tokens: of
 * the four habits only requests a day differ. On the log2 scale they are 6, 7, 8, 9 and 10, twenty of each: the median is
 * 8, and the deviations from it, 0, 1, 1, 2 and 2, have the median 1.
 */
const fiveKinds: Partial<AccountTable> = {
  requests: numbers((n) => 64 << (n % 5)),
  activeDays: new Int32Array(COUNT).fill(1),
  activeHours: new Int32Array(COUNT).fill(1),
}
const kind = (k: number): number[] => range(0, 20).map((i) => 5 * i + k)

function bitsOf(members: readonly number[], accounts: Partial<AccountTable> = fiveKinds): number[] {
  const set = setOf(
    incidenceOf(COUNT, {}, { accounts }),
    [...members].sort((a, b) => a - b),
  )
  return [...alikeUse.memberBits(set)]
}

describe('bits: for each habit log2 of everybody’s spread over the members’', () => {
  test('members without any spread: at most 20 times less than everybody, log2(20) = 4.32 bits of one habit', () => {
    const bits = bitsOf(kind(2))
    expect(bits).toHaveLength(20)
    expect(new Set(bits).size).toBe(1) // what is said is said of the group
    expect(bits[0]).toBeCloseTo(Math.log2(20), 9)
  })

  test('a quarter of everybody’s spread: two bits', () => {
    // Five with 256, five with 2^8.5 = 362 requests; the upper median is 8.5, deviations 0 and 0.5, the upper median of
    // which is 0.5 for an even number. Against 1 of everybody: one bit.
    const requests = numbers((n) => (n < 10 ? (n < 5 ? 256 : 256 * Math.SQRT2) : 64 << (n % 5)))
    expect(bitsOf(range(0, 10), { ...fiveKinds, requests })[0]).toBeCloseTo(1, 6)
  })

  test('habits add up: the same spread of volume, hours and two sizes', () => {
    const kinds = numbers((n) => 64 << (n % 5))
    const all = {
      ...fiveKinds,
      activeHours: Int32Array.from(kinds),
      inputTokens: numbers((n) => (64 << (n % 5)) ** 2), // per request 64 to 1,024 again
      outputTokens: numbers((n) => (64 << (n % 5)) ** 2),
    }
    expect(bitsOf(kind(2), all)[0]).toBeCloseTo(4 * Math.log2(20), 9)
  })

  test('members who differ as everybody does, or more, say nothing', () => {
    expect(bitsOf(range(0, 20))[0]).toBe(0)
    expect(bitsOf([...kind(0).slice(0, 5), ...kind(4).slice(0, 5)])[0]).toBe(0)
  })

  test('where everybody is alike, nobody is', () => {
    const same = { ...fiveKinds, requests: numbers(() => 256) }
    expect(bitsOf(kind(2), same)[0]).toBe(0)
  })
})

describe('who is counted', () => {
  test('five members at least', () => {
    expect(bitsOf(kind(2).slice(0, 4))[0]).toBe(0)
    expect(bitsOf(kind(2).slice(0, 5))[0]).toBeCloseTo(Math.log2(20), 9)
  })

  test('with twenty requests or more each, of the members and of everybody', () => {
    const quiet = kind(2).slice(5)
    const requests = numbers((n) => (quiet.includes(n) ? 19 : 64 << (n % 5)))
    // Fifteen members of 19 requests are left out: the five others are alike, and everybody's spread is that of the rest.
    expect(bitsOf(kind(2), { ...fiveKinds, requests })[0]).toBeGreaterThan(3)
    expect(bitsOf(quiet, { ...fiveKinds, requests })[0]).toBe(0)
  })

  test('an account without a day is not', () => {
    const activeDays = Int32Array.from(range(0, COUNT), (n) => (n % 5 === 2 ? 0 : 1))
    expect(bitsOf(kind(2), { ...fiveKinds, activeDays })[0]).toBe(0)
  })
})

test('the summary says how many, and how many times less they spread over the four habits', () => {
  const set = setOf(incidenceOf(COUNT, {}, { accounts: fiveKinds }), kind(2))
  // 20 times in one habit of four: 20^(1/4) = 2.1.
  expect(alikeUse.explain(set)).toEqual({
    summary: '20 of 20 accounts use the service alike: their habits spread 2.1 times less than everybody’s'.replace(
      '’',
      "'",
    ),
    values: [],
    accounts: 20,
  })
})
