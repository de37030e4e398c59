import { expect, test } from 'vitest'
import { createRandom } from '../../../src/random.ts'
import { coFiring } from '../../../src/signals/timing/co-firing.ts'
import { sessionsOf } from '../../../src/signals/timing/sessions.ts'
import { DAY_MS, eventsOf, HOUR_MS, type Request, START_MS } from '../order-input.ts'

/** Twelve accounts whose jobs start at 02:00 and 14:00 of 28 days, each within 1.5 s of the hour. */
function jobs(): Request[] {
  const random = createRandom('jobs')
  return Array.from({ length: 12 * 28 * 2 }, (_, i) => ({
    account: i % 12,
    session: i,
    atMs: START_MS + Math.floor(i / 24) * DAY_MS + (i % 24 < 12 ? 2 : 14) * HOUR_MS + random.below(1500),
  }))
}

const measure = (requests: readonly Request[]) =>
  coFiring(sessionsOf(eventsOf(requests, 12)), new Set(), createRandom('draws'))!

test('jobs at the same hours of every day are what whole days moved around give as well', () => {
  expect(Math.abs(measure(jobs()).z)).toBeLessThan(3)
})

test.each(['2001', '2039'])('one record of %s does not take the null away', (year) => {
  // 66 pairs at each of 56 instants: 3,696. Shifts over 9,000 days would leave next to none by chance.
  const { pairs, expected, z } = measure([...jobs(), { account: 0, session: 999, atMs: Date.parse(`${year}-01-02`) }])
  expect(pairs).toBe(3696)
  expect(expected).toBeGreaterThan(0.9 * pairs)
  expect(Math.abs(z)).toBeLessThan(3)
})

test('accounts that fire together at an hour of their own each day', () => {
  const random = createRandom('own hours')
  const hours = Array.from({ length: 28 }, () => random.below(24 * HOUR_MS))
  const together = Array.from({ length: 12 * 28 }, (_, i) => {
    const day = Math.floor(i / 12)
    return { account: i % 12, session: i, atMs: START_MS + day * DAY_MS + hours[day]! + random.below(1500) }
  })
  expect(measure(together).z).toBeGreaterThan(10)
})
