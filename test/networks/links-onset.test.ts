import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { createIncidence } from '../../src/networks/incidence.ts'
import { createLinkScales } from '../../src/networks/link-scales.ts'
import { weighValues } from '../../src/networks/link-weights.ts'
import { findLinks } from '../../src/networks/links.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range, tablesOf, valueNumber } from './tables.ts'

const config = resolveConfig({})
const COUNT = 1000
const DAY_MS = 86_400_000

/** Account n is registered on day n, but for those given. */
const days = (moved: Readonly<Record<number, number>> = {}): Float64Array =>
  Float64Array.from(range(0, COUNT), (n) => Date.parse('2026-01-01T00:00:00Z') + (moved[n] ?? n) * DAY_MS)

/** Bits of the link of accounts 3 and 7; 0 without one. */
async function bitsOf(holdings: Holdings, createdAtMs?: Float64Array): Promise<number> {
  const accounts = createdAtMs ? { createdAtMs } : {}
  const incidence = incidenceOf(COUNT, holdings, { own: Object.keys(holdings), accounts })
  return (
    (await findLinks(incidence, createLinkScales(incidence, signals, config))).find(({ a, b }) => a === 3 && b === 7)
      ?.bits ?? 0
  )
}

/** Values of accounts 3 and 7: `shared` of both, and own ones up to `held` each. */
function cards(shared: number, held: number): Record<string, number[]> {
  const own = range(shared, held).flatMap((i) => [
    [`own 3 ${i}`, [3]],
    [`own 7 ${i}`, [7]],
  ])
  return Object.fromEntries([...range(0, shared).map((i) => [`c${i}`, [3, 7]]), ...own])
}

describe('beginnings', () => {
  // 20.5 / 1,491.5 for twenty holders: 5.67 bits of the client and 5.19 of the network are 10.86, below 12.
  const two = { tls_fingerprint: { t: range(0, 20) }, ip_block: { b: range(0, 20) } }

  test('of one day carry a pair that falls short over the limit, and add to its bits', async () => {
    expect(await bitsOf(two)).toBe(0)
    // Both on day 500 with account 500: 3 of 1,000 as near, log2(1000 / 3) - 5 = 3.4 bits more.
    expect(await bitsOf(two, days({ 3: 500, 7: 500 }))).toBeCloseTo(10.86 + 3.38, 1)
  })

  test('far apart take three bits off: a pair that would do is none', async () => {
    const card = { card_fingerprint: cards(1, 2) } // 10.0 bits, at least 9
    expect(await bitsOf(card)).toBeCloseTo(10.0, 1)
    expect(await bitsOf(card, days({ 7: 900 }))).toBe(0)
    expect(await bitsOf({ card_fingerprint: cards(1, 1) }, days({ 7: 900 }))).toBeCloseTo(12.0 - 3, 1)
  })

  test('tie nobody who shares nothing', async () => {
    expect(await bitsOf({}, days({ 3: 500, 7: 500 }))).toBe(0)
  })

  test('of one day do not make a kind of one family a link', async () => {
    expect(await bitsOf({ tls_fingerprint: { t: [3, 7] } }, days({ 3: 500, 7: 500 }))).toBe(0)
  })
})

describe('a further identifier counts half', () => {
  // A card of two says 12.0 bits, less 2 log2(cards held by each).
  test.each([
    [1, 5, 0], // 7.4 alone
    [2, 5, 9.2], // 7.4 + 3.7 = 11.1, at least 9; the family's bits are 7.4 + 7.4 / 4
    [2, 9, 0], // 5.7 + 2.8 = 8.5, though 11.4 together
    [3, 9, 8.5], // 5.7 + 2.8 + 2.8 = 11.4; 5.7 + 11.4 / 4
  ])('%i shared of %i cards: a link of %d bits', async (shared, held, bits) => {
    expect(await bitsOf({ card_fingerprint: cards(shared, held) })).toBeCloseTo(bits, 1)
  })

  test('card and device together as two cards do', async () => {
    const both = { card_fingerprint: cards(1, 9), device_fingerprint: cards(1, 9) }
    // 5.7 + 5.3 / 2 = 8.3, below 9; in two families 11.0, below 12.
    expect(await bitsOf(both)).toBe(0)
    // A device less of each: 5.7 + 5.7 / 2 is still below 9; eight cards: 6.0 + 5.7 / 2 = 8.9; seven: 6.4 + 5.7 / 2 = 9.2.
    expect(await bitsOf({ card_fingerprint: cards(1, 7), device_fingerprint: cards(1, 8) })).toBeGreaterThan(0)
  })
})

describe('only things link alone', () => {
  test.each(['prompt_hash', 'signature_hash', 'system_prompt_hash', 'ip_block', 'email', 'billing_name_hash'])(
    'two accounts with one %s are not linked',
    async (field) => {
      expect(await bitsOf({ [field]: { v: [3, 7] } })).toBe(0)
    },
  )

  test.each(['card_fingerprint', 'payment_fingerprint', 'device_fingerprint'])(
    'with one %s they are',
    async (field) => {
      expect(await bitsOf({ [field]: { v: [3, 7] } })).toBeGreaterThanOrEqual(8) // the cap of a client's bits
    },
  )

  test('weights: bits of what may link, 0 of what may not; a card is a thing, a prompt is not', () => {
    const holdings = { card_fingerprint: { c: [3, 7] }, prompt_hash: { p: [3, 7] }, asn: { a: [3, 7] } }
    const incidence = createIncidence(tablesOf(COUNT, holdings, { own: Object.keys(holdings) }))
    const { bits, isThing } = weighValues(incidence, signals, config)
    const [card, prompt, asn] = [
      valueNumber(incidence, 'card_fingerprint', 'c'),
      valueNumber(incidence, 'prompt_hash', 'p'),
      valueNumber(incidence, 'asn', 'a'),
    ]
    expect(bits[card]).toBeCloseTo(12.015, 3) // as in links.test.ts
    expect(bits[prompt]).toBeCloseTo(Math.log2((0.6 * 1500.5) / 2.5), 9) // no imaginary holders: 8.5
    expect([bits[asn], isThing[card], isThing[prompt], isThing[asn]]).toEqual([0, 1, 0, 0])
  })
})
