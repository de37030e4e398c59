import { expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { createMeetings } from '../../src/networks/meetings.ts'
import { type Holdings, incidenceOf, range, valueNumber } from './tables.ts'

const config = resolveConfig({})

/** What accounts 0 and 1 lose of a card that both have, each with so many more of its own. */
function discount(more: readonly [number, number], others: Holdings = {}, count = 1000): number {
  const own = more.flatMap((n, account) => range(0, n).map((i) => [`own ${account} ${i}`, [account]] as const))
  const card_fingerprint = { shared: [0, 1], ...Object.fromEntries(own), ...others.card_fingerprint }
  const incidence = incidenceOf(count, { ...others, card_fingerprint })
  return createMeetings(incidence, config).discount(valueNumber(incidence, 'card_fingerprint', 'shared'), 0, 1)
}

test.each([
  [0, [0, 0]], // one card each
  [2, [3, 0]], // log2(4) + log2(1)
  [5, [3, 7]], // log2(4) + log2(8)
] as const)('%d bits for %j further cards', (bits, more) => {
  expect(discount(more)).toBeCloseTo(bits, 9)
})

test('values of another field make nobody busier', () => {
  expect(discount([0, 0], { ip_block: Object.fromEntries(range(0, 20).map((n) => [`b${n}`, [0, 5 + n]])) })).toBe(0)
})

test('what more than a fifth of all accounts hold is everybody’s, and not counted', () => {
  const common = (holders: number): Holdings => ({ card_fingerprint: { common: range(0, holders) } })
  expect(discount([3, 7], common(200))).toBeCloseTo(Math.log2(5) + Math.log2(9), 9)
  expect(discount([3, 7], common(201))).toBeCloseTo(5, 9)
})

test('in a small log a value must have more holders than one that links', () => {
  const common = (holders: number): Holdings => ({ card_fingerprint: { common: range(0, holders) } })
  expect(config.maxHoldersPerLink).toBe(50)
  expect(discount([3, 7], common(50), 100)).toBeCloseTo(Math.log2(5) + Math.log2(9), 9)
  expect(discount([3, 7], common(51), 100)).toBeCloseTo(5, 9)
})

test('an account with nothing but everybody’s values loses nothing', () => {
  const incidence = incidenceOf(1000, { card_fingerprint: { common: range(0, 300) } })
  expect(createMeetings(incidence, config).discount(0, 0, 1)).toBe(0) // log2 of 0 values is taken as 0
})
