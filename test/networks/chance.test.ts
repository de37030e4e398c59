import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { falseDiscoveryRate, searchChance } from '../../src/networks/chance.ts'
import { createRandom } from '../../src/random.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, range, type TableOptions, tablesOf } from './tables.ts'

describe('false-discovery rate: networks of the copies per copy over networks found', () => {
  const chance = { draws: 4, scores: [9, 6, 6, 2] }

  test.each([
    [10, [12, 10], 0], // no copy reaches 10
    [9, [12, 9], 1 / 4 / 2], // one in four copies, two found
    [6, [12, 9, 6], 3 / 4 / 3],
    [2, [12, 9, 6, 2], 4 / 4 / 4],
    [9, [9], 1 / 4],
    [0, [], 1], // none found: 4 / 4 over at least one
  ])('score %d among %j: %d', (score, found, rate) => {
    expect(falseDiscoveryRate(score, found, chance)).toBeCloseTo(rate, 12)
  })

  test('is at most 1, however many the copies hold', () => {
    expect(falseDiscoveryRate(5, [5], { draws: 1, scores: [9, 8, 7] })).toBe(1)
  })

  const scores = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 20 })
  test('of any scores: in [0, 1], and not below that of a higher one where as many were found', () => {
    fc.assert(
      fc.property(scores, scores, fc.integer({ min: 1, max: 4 }), fc.nat(40), (found, by, draws, score) => {
        const rate = falseDiscoveryRate(score, found, { draws, scores: by })
        expect(rate).toBeGreaterThanOrEqual(0)
        expect(rate).toBeLessThanOrEqual(1)
        expect(falseDiscoveryRate(score, [...found, 40], { draws, scores: by })).toBeLessThanOrEqual(rate)
        expect(falseDiscoveryRate(score, found, { draws, scores: [...by, 40] })).toBeGreaterThanOrEqual(rate)
        expect(falseDiscoveryRate(41, found, { draws, scores: by })).toBe(0)
      }),
    )
  })
})

describe('the search of shuffled copies', () => {
  const OWN = ['card_fingerprint', 'device_fingerprint', 'system_prompt_hash']
  const config = resolveConfig({ nullDraws: 49 })
  const search = (count: number, holdings: Holdings, options: TableOptions = {}, seed = 'chance') => {
    const tables = tablesOf(count, holdings, { own: OWN, ...options })
    const evidence = {
      intake: [],
      tables,
      fieldsPresent: new Set<string>(),
      joins: [],
      duplicates: null,
      hours: new Float64Array(0),
      notes: [],
    }
    return searchChance(evidence, signals, config, createRandom(seed))
  }
  const ring = (members: readonly number[], name: string): Holdings => ({
    card_fingerprint: { [`${name} card`]: members },
    device_fingerprint: { [`${name} device`]: members },
  })

  test('of a ring on one card and one device: each family keeps its ring, no group has both', async () => {
    expect(await search(400, ring(range(0, 12), 'ring'))).toEqual({ draws: 4, scores: [] })
  })

  test('of strangers: nothing', async () => {
    expect(await search(200, {})).toEqual({ draws: 4, scores: [] })
  })

  /** Every account shares its device with one other, and fifteen share a card: in a copy too the card ties fifteen pairs. */
  const pairs: Holdings = {
    card_fingerprint: { c: range(0, 15) },
    device_fingerprint: Object.fromEntries(range(0, 200).map((n) => [`d${n}`, [2 * n, 2 * n + 1]])),
  }

  test('of a log in which two families meet whoever holds what: a network in each copy', async () => {
    const { draws, scores } = await search(400, pairs)
    expect(draws).toBe(4)
    expect(scores).toHaveLength(4)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(scores.every((score) => score > 0)).toBe(true)
  })

  test('is the same for the same seed', async () => {
    expect(await search(400, pairs)).toEqual(await search(400, pairs))
  })
})
