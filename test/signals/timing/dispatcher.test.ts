import { describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../../../src/random.ts'
import { dispatcher } from '../../../src/signals/timing/dispatcher.ts'
import { idleRank } from '../../../src/signals/timing/idle-rank.ts'
import { DAY_MS, HOUR_MS, inputOf, type Request } from '../order-input.ts'
import { cron, office, queue, services } from './traffic.ts'

const measure = (requests: readonly Request[], accounts: number) =>
  dispatcher.measure(inputOf(requests, accounts), createRandom('null'))

const RUNS = 2
const hits = (accounts: number, traffic: (random: Random) => Request[]): number =>
  Array.from({ length: RUNS }, (_, run) => measure(traffic(createRandom(`run ${run}`)), accounts)).filter(
    (finding) => finding?.hasEffect,
  ).length

describe('idle rank', () => {
  const trains = (accounts: number, starts: readonly (readonly [number, number])[]) => ({
    accounts,
    account: Int32Array.from(starts, ([account]) => account),
    startMs: Float64Array.from(starts, ([, at]) => at),
    endMs: Float64Array.from(starts, ([, at]) => at),
  })

  test('taking turns is 1, working on alone is nearly 0', () => {
    const turns = Array.from({ length: 30 }, (_, i) => [i % 3, i * 1000] as const)
    expect(idleRank(trains(3, turns))).toBe(1)
    // 0 goes on alone while 1 waits: at its first return 1 has been idle for less time (U = 1), at the next eight for more.
    const alone = Array.from({ length: 9 }, (_, i) => [0, 1000 + i * 1000] as const)
    expect(idleRank(trains(2, [[0, 0], [1, 500], ...alone, [1, 99_000]]))).toBeCloseTo(1 / 9, 10)
  })

  test('is the share that a count over all accounts gives', () => {
    const random = createRandom('any')
    const starts = Array.from({ length: 300 }, (_, i) => [random.below(7), i * 1000] as const)
    const lastOf = new Map(starts.map(([account, at]) => [account, at]))
    const latest = new Map<number, number>()
    const shares: number[] = []
    for (const [account, at] of starts) {
      const others = [...latest].filter(([other]) => other !== account && lastOf.get(other)! >= at)
      const own = latest.get(account)
      if (own !== undefined && others.length > 0) {
        shares.push(others.filter(([, seen]) => seen > own).length / others.length)
      }
      latest.set(account, at)
    }
    const mean = shares.reduce((sum, each) => sum + each, 0) / shares.length
    expect(idleRank(trains(7, starts))).toBeCloseTo(mean, 10)
  })
})

describe('a queue that takes the account idle longest', () => {
  test('is found over 12 accounts and over 40', () => {
    expect(hits(12, (random) => queue(random, 12, 5.6))).toBe(RUNS)
    expect(hits(40, (random) => queue(random, 40, 5.6))).toBe(RUNS)
  })

  test('is found when a third of the picks are random, over 40', () => {
    expect(hits(40, (random) => queue(random, 40, 8, 0.7))).toBe(RUNS)
  })

  test('is found where strangers are among the accounts: 28 of 40', () => {
    const mixed = (random: Random): Request[] => [
      ...queue(random, 28, 8),
      ...services(random, 12, 8, 1).map((each) => ({ ...each, account: each.account + 28 })),
    ]
    expect(hits(40, mixed)).toBeGreaterThanOrEqual(RUNS - 1)
  })

  test('counts weakly over 6 accounts, and not at all over 5', () => {
    const finding = measure(queue(createRandom('six'), 6, 30), 6)
    expect(finding!.bits).toBeLessThanOrEqual(3)
    expect(measure(queue(createRandom('five'), 5, 30), 5)).toBeNull()
  })

  test('is not asked of accounts that declare one organisation', () => {
    const input = inputOf(queue(createRandom('own'), 20, 6), 20, { organization: 'org_1' })
    expect(dispatcher.measure(input, createRandom('null'))).toBeNull()
  })
})

describe('whoever does not know each other takes no turns', () => {
  test.each<[string, (random: Random) => Request[]]>([
    ['an office', (random) => office(random, 20)],
    ['equal services', (random) => services(random, 20, 8, 0.2)],
    ['unequal services', (random) => services(random, 20, 8, 1.2)],
    ['jobs every half hour', (random) => cron(random, 20, HOUR_MS / 2, 0)],
    ['jobs every hour, jittered by a tenth', (random) => cron(random, 20, HOUR_MS, 0.1)],
    ['jobs every hour, jittered by a third', (random) => cron(random, 20, HOUR_MS, 0.3)],
    ['jobs on the hour', (random) => cron(random, 20, HOUR_MS, 0, true)],
    ['daily jobs', (random) => cron(random, 20, DAY_MS, 0.1)],
    ['random dispatch, which leaves no order', (random) => queue(random, 20, 8, 0)],
  ])('%s', (_, traffic) => {
    expect(hits(20, traffic)).toBe(0)
  })
})
