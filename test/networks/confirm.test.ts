import { describe, expect, test } from 'vitest'
import { confirmTests, type SignalTest, testGroup } from '../../src/networks/confirm.ts'
import { createStrata } from '../../src/networks/strata.ts'
import { createRandom } from '../../src/random.ts'
import type { AccountSet, Signal } from '../../src/signals/signal.ts'
import { incidenceOf, range, setOf, signal } from './tables.ts'

const aTest = (p: number, over: Partial<SignalTest> = {}): SignalTest => ({
  signal: signal('shared-device'),
  observed: 9,
  expected: 1,
  coverage: 1,
  p,
  isConfirmed: false,
  ...over,
})

const confirmed = (tests: readonly SignalTest[]): boolean[] => {
  confirmTests(tests)
  return tests.map(({ isConfirmed }) => isConfirmed)
}

describe('Benjamini–Hochberg over all tests, at 0.01', () => {
  test.each([
    // Four tests: limits 0.0025, 0.005, 0.0075, 0.01.
    [
      [0.002, 0.004, 0.009, 0.0095],
      [true, true, true, true],
    ], // the last holds, and takes the third along: step-up
    [
      [0.002, 0.004, 0.009, 0.011],
      [true, true, false, false],
    ],
    [
      [0.003, 0.0049, 0.2, 0.9],
      [true, true, false, false],
    ], // the first alone would not: 0.003 > 0.0025
    [
      [0.003, 0.006, 0.2, 0.9],
      [false, false, false, false],
    ],
    [[0.01], [true]],
    [[0.0101], [false]],
  ])('%j', (ps, expected) => {
    expect(confirmed(ps.map((p) => aTest(p)))).toEqual(expected)
    expect(confirmed(ps.toReversed().map((p) => aTest(p)))).toEqual(expected.toReversed())
  })

  test('a corroborator takes no part, nor what was not observed: they would raise the limits of the others', () => {
    const others = [aTest(0.0001, { signal: signal('high-volume') }), aTest(1, { observed: 0 })]
    expect(confirmed([aTest(0.01), ...others])).toEqual([true, false, false])
  })

  test('rare is not enough: five times chance, log2(5) = 2.32 bits above the null', () => {
    expect(confirmed([aTest(0.0001, { observed: 5, expected: 2.7 })])).toEqual([false])
    expect(confirmed([aTest(0.0001, { observed: 5, expected: 2.6 })])).toEqual([true])
  })
})

/** A signal that says how many of the set are below a number: the draws decide. */
const countBelow = (limit: number): Signal => ({
  ...signal('shared-device'),
  id: `below ${limit}`,
  memberBits: (set: AccountSet) => Float64Array.from(set.evaluated, (account) => (account < limit ? 1 : 0)),
})

describe('a group against its null', () => {
  const incidence = incidenceOf(100, {})
  const view = (members: Int32Array): AccountSet => setOf(incidence, [...members])
  const unknown = createStrata(
    { createdAtMs: new Float64Array(100).fill(Number.NaN), requests: new Float64Array(100) },
    [],
  )

  /** What is said of a group where only accounts below the limit show the signal. */
  const held = (members: readonly number[], limit: number, draws: number, seed = 'p') =>
    testGroup(Int32Array.from(members), [countBelow(limit)], { view, strata: unknown, draws }, createRandom(seed))

  test('p = (1 + draws at or above) / (1 + draws) when chance does as well', async () => {
    // Everybody shows it: each of 9 draws is at the observed 1, so p = (1 + 9) / (1 + 9).
    const [found] = await held([0, 1, 2], 100, 9)
    expect(found).toMatchObject({ observed: 1, expected: 1, p: 1 })
  })

  test('p is at most 1 / (1 + draws) when no draw comes near', async () => {
    // Nobody else shows it: the null is 0 with no deviation, taken as 0.05, so k = 1 / 0.05 = 20 and p = 1 / 401.
    const [found] = await held([0, 1, 2], 3, 99)
    expect(found).toMatchObject({ observed: 1, expected: 0 })
    expect(found!.p).toBeCloseTo(1 / 401, 12)
  })

  test('what is not there at all is not tested', async () => {
    const [found] = await held([50, 51, 52], 3, 9)
    expect(found).toMatchObject({ observed: 0, p: 1 })
  })

  test('a large group stops at a checkpoint after every 50,000 members drawn, a small one at none', async () => {
    const checkpointsOf = async (members: number, draws: number): Promise<number> => {
      let passed = 0
      const view = (some: Int32Array): AccountSet => ({ ...setOf(incidence, [0]), members: some, evaluated: some })
      const strata = { draw: (some: Int32Array) => some.map((account) => account + members) } // who never shows it
      const group = Int32Array.from(range(0, members))
      const against = { view, strata, draws }
      await testGroup(group, [countBelow(members)], against, createRandom('p'), async () => void passed++)
      return passed
    }
    expect(await checkpointsOf(25_000, 9)).toBe(4) // before draws 2, 4, 6 and 8
    expect(await checkpointsOf(60_000, 9)).toBe(8) // before each but the first
    expect(await checkpointsOf(20, 199)).toBe(0)
  })

  test('the same seed gives the same numbers, another seed others', async () => {
    const run = async (seed: string): Promise<number[]> =>
      (await held([0, 1, 2, 3], 50, 51, seed)).map(({ expected }) => expected)
    expect(await run('a')).toEqual(await run('a'))
    const others = await Promise.all(['b', 'c', 'd', 'e'].map(run))
    expect(new Set(others.map(([first]) => first)).size).toBeGreaterThan(1)
  })
})

describe('matched draws', () => {
  const month = (n: number): number => Date.parse('2026-01-01T00:00:00Z') + n * 30 * 86_400_000
  // Accounts 0–19 of the first month, 20–39 of the third, 40–59 of an unknown one.
  const createdAt = Float64Array.from(range(0, 60), (n) => (n < 20 ? month(0) : n < 40 ? month(2) : Number.NaN))

  // Of each month, the first ten made one request, the others a hundred.
  const requests = Float64Array.from(range(0, 60), (n) => (n % 20 < 10 ? 1 : 100))
  const strata = createStrata({ createdAtMs: createdAt, requests }, [])

  test('are distinct, outside the group, ascending, and of the same months and volumes', () => {
    const random = createRandom('strata')
    for (let i = 0; i < 50; i++) {
      const drawn = [...strata.draw(Int32Array.of(0, 1, 20, 40, 50), random)]
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
      expect(drawn.some((account) => [0, 1, 20, 40, 50].includes(account))).toBe(false)
      expect(drawn.map((account) => Math.floor(account / 10))).toEqual([0, 0, 2, 4, 5])
    }
  })

  test('are of the same volume alone when a stratum is short: three others for each that is drawn', () => {
    // Three of ten: seven are left, fewer than nine.
    const drawn = [...strata.draw(Int32Array.of(0, 1, 2), createRandom('short'))]
    expect(drawn).toHaveLength(3)
    expect(drawn.every((account) => account % 20 < 10)).toBe(true)
    const months = range(0, 20).flatMap((i) => [...strata.draw(Int32Array.of(0, 1, 2), createRandom(`short ${i}`))])
    expect(new Set(months.map((account) => Math.floor(account / 20)))).toEqual(new Set([0, 1, 2]))
  })

  test('are of other volumes when all of one run out, fewer when everybody does, and do not hang', () => {
    const quiet = range(0, 60).filter((n) => n % 20 < 10)
    const drawn = [...strata.draw(Int32Array.from(quiet), createRandom('few'))]
    expect(drawn.length).toBeGreaterThan(20)
    expect(drawn.every((account) => account % 20 >= 10)).toBe(true)
    expect([...strata.draw(Int32Array.from(range(0, 60)), createRandom('none'))]).toEqual([])
  })

  test('hold at most one account of another group: two of one operator are not two strangers', () => {
    const others = createStrata({ createdAtMs: createdAt, requests }, [Int32Array.from(range(3, 60))])
    const drawn = others.draw(Int32Array.of(0, 1, 2), createRandom('group'))
    expect(drawn).toHaveLength(1)
  })

  test('reach everybody of the stratum', () => {
    const random = createRandom('all')
    const seen = new Set(range(0, 200).flatMap(() => [...strata.draw(Int32Array.of(0), random)]))
    expect(seen.size).toBe(9)
  })
})
