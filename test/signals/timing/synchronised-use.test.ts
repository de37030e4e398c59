import { describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../../../src/random.ts'
import { inStep, samplePairs, tokensOf } from '../../../src/signals/timing/in-step.ts'
import { outageHours } from '../../../src/signals/timing/outages.ts'
import { synchronisedUse } from '../../../src/signals/timing/synchronised-use.ts'
import { DAY_MS, eventsOf, HOUR_MS, inputOf, MINUTE_MS, type Request, START_MS } from '../order-input.ts'
import { bursts, cron, office, queue, services } from './traffic.ts'

const NOBODY = new Set<number>()
const strangers = services(createRandom('strangers'), 40, 8, 1)

const measure = (requests: readonly Request[], accounts: number) =>
  synchronisedUse.measure(
    inputOf(requests, accounts, {
      strangers: strangers.map((each) => ({ ...each, account: each.account + accounts })),
      strangerCount: 40,
    }),
    createRandom('null'),
  )

describe('J*', () => {
  /** Accounts that work in these hours since the start, the first days of the log and the last being used by both. */
  const hours = (...lists: readonly (readonly number[])[]) =>
    tokensOf(
      eventsOf(
        lists.flatMap((list, account) => list.map((hour) => ({ account, atMs: START_MS + hour * HOUR_MS }))),
        lists.length,
      ),
      'none',
      NOBODY,
    )

  test('the same odd hours every day are no step: the next day has them too', () => {
    const daily = Array.from({ length: 14 }, (_, day) => [24 * day + 9, 24 * day + 10]).flat()
    // J = 1, and 1 again in the common time of each shift.
    expect(inStep(hours(daily, daily), 0, 1)).toBeCloseTo(0, 10)
  })

  test('the same hours at random are', () => {
    const random = createRandom('hours')
    const odd = Array.from({ length: 60 }, () => random.below(14 * 24))
    expect(inStep(hours(odd, odd), 0, 1)).toBeGreaterThan(0.75)
  })

  test('two days of the same event cannot be moved and say nothing', () => {
    const event = Array.from({ length: 30 }, (_, i) => 200 + i)
    expect(inStep(hours(event, event), 0, 1)).toBeNull()
  })
})

test('pairs: each of 5 with each of the others once, each of 100 with 16', () => {
  const pairs = samplePairs(5, createRandom('pairs')).map(([a, b]) => [Math.min(a, b), Math.max(a, b)].join())
  expect(new Set(pairs).size).toBe(10)
  expect(pairs.length).toBe(10)
  const partners = new Int32Array(100)
  for (const pair of samplePairs(100, createRandom('pairs'))) for (const each of pair) partners[each]!++
  expect(new Set(partners)).toEqual(new Set([16]))
})

describe('a script that starts all its accounts together', () => {
  test.each([
    ['within seconds', 20_000],
    ['within five minutes', 5 * MINUTE_MS],
  ])('%s', (_, jitterMs) => {
    const finding = measure(bursts(createRandom('crew'), 12, 6, jitterMs), 12)
    expect(finding!.hasEffect).toBe(true)
    expect(finding!.bits).toBeGreaterThanOrEqual(4)
    expect(finding!.p).toBeLessThan(1e-3)
  })
})

describe('whoever does not know each other is not in step', () => {
  test.each<[string, (random: Random) => Request[]]>([
    ['jobs on the hour', (random) => cron(random, 20, HOUR_MS, 0, true)],
    ['daily jobs at midnight', (random) => cron(random, 20, DAY_MS, 0, true)],
    ['an office', (random) => office(random, 20)],
    ['services all day', (random) => services(random, 20, 60, 0.2)],
    ['a relay, which spreads what a crew does together', (random) => queue(random, 20, 6)],
  ])('%s', (_, traffic) => {
    expect(measure(traffic(createRandom('innocent')), 20)?.hasEffect ?? false).toBe(false)
  })

  test('an outage, after which all return at once', () => {
    const outageMs = START_MS + 5 * DAY_MS + 10 * HOUR_MS
    const lived = (requests: readonly Request[]) =>
      requests.filter(({ atMs }) => atMs < outageMs - 5 * HOUR_MS || atMs >= outageMs)
    const random = createRandom('return')
    const returned = (accounts: number) =>
      Array.from({ length: accounts }, (_, account) => ({ account, atMs: outageMs + random.below(1500), session: 999 }))
    const everybody = [...lived(services(createRandom('all'), 60, 8, 0.5)), ...returned(60)]
    const background = everybody.filter(({ account }) => account >= 20)
    const masked = outageHours(eventsOf(background, 60))
    expect([...masked]).toEqual([outageMs / HOUR_MS])
    const members = everybody.filter(({ account }) => account < 20)
    const input = inputOf(members, 20, { strangers: background, strangerCount: 40 })
    expect(synchronisedUse.measure(input, createRandom('null'))!.hasEffect).toBe(false)
  })
})
