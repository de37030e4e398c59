import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { createLinkScales, leastLinkBits } from '../../src/networks/link-scales.ts'
import { findLinks, type Link } from '../../src/networks/links.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range } from './tables.ts'

const config = resolveConfig({})
const COUNT = 1000

/** Links among a thousand accounts that all hold a value of every field, one of their own unless said otherwise. */
function linksOf(holdings: Holdings): Promise<readonly Link[]> {
  const incidence = incidenceOf(COUNT, holdings, { own: Object.keys(holdings) })
  return findLinks(incidence, createLinkScales(incidence, signals, config))
}

describe('an identifier links alone', () => {
  test('a card of two: 12.0 bits', async () => {
    // p = 2.5 / (1000 + 999 / 2 + 1 + 10,000) = 2.5 / 11,500.5; log2(0.9 / p) = 12.015
    const [link, ...more] = await linksOf({ card_fingerprint: { c: [3, 7] } })
    expect(more).toEqual([])
    expect(link).toMatchObject({ a: 3, b: 7 })
    expect(link!.bits).toBeCloseTo(12.015, 3)
  })

  test('less what two busy accounts share by chance', async () => {
    const busy = (held: number): Holdings => {
      const own = (account: number): [string, number[]][] =>
        range(1, held).map((n) => [`own ${account} ${n}`, [account]])
      return { card_fingerprint: Object.fromEntries([['c', [3, 7]], ...own(3), ...own(7)]) }
    }
    // Two cards each: the field has two values more, log2(0.9 × 11,501.5 / 2.5) = 12.016, less log2(2) twice: 10.0, at least 9.
    expect((await linksOf(busy(2))).map(({ bits }) => bits.toFixed(2))).toEqual(['10.02'])
    // Four cards each: 12.0 less log2(4) twice is 8.0, below 9.
    expect(await linksOf(busy(4))).toEqual([])
  })

  test('two of four cards each do again: 8.0 and a quarter of 8.0 in the family', async () => {
    const own = (account: number): [string, number[]][] => range(0, 2).map((n) => [`own ${account} ${n}`, [account]])
    const cards = Object.fromEntries([['c', [3, 7]], ['d', [3, 7]], ...own(3), ...own(7)])
    expect((await linksOf({ card_fingerprint: cards })).map(({ bits }) => bits.toFixed(1))).toEqual(['10.0'])
  })
})

describe('a kind needs a second family', () => {
  // p = 2.5 / (1000 + 499.5 + 1): 8.7 bits for a TLS fingerprint (m 0.7), 8.2 for an address block (m 0.5).
  const tls = { tls_fingerprint: { t: [3, 7] } }
  const block = { ip_block: { b: [3, 7] } }

  test('one family is not enough, however rare', async () => {
    expect(await linksOf(tls)).toEqual([])
    expect(await linksOf({ ...tls, user_agent: { u: [3, 7] }, client_headers: { h: [3, 7] } })).toEqual([])
  })

  test('two are, each at most its cap: 8 of the client and 6 of the network', async () => {
    expect((await linksOf({ ...tls, ...block })).map(({ a, b, bits }) => [a, b, bits])).toEqual([[3, 7, 14]])
  })

  test('two weak ones are not: twenty holders', async () => {
    // p = 20.5 / 1,491.5: 5.7 and 5.2 bits, together 10.9, below 12.
    const many = range(0, 20)
    expect(await linksOf({ tls_fingerprint: { t: many }, ip_block: { b: many } })).toEqual([])
  })

  test('a pattern never links: issuer range, network number, mail pattern', async () => {
    const pair = [3, 7]
    expect(await linksOf({ card_bin: { x: pair }, asn: { x: pair }, email_pattern: { x: pair }, ...tls })).toEqual([])
  })
})

test('a value of fifty holders links, one of fifty-one is a hub', async () => {
  const linked = async (holders: number): Promise<number> =>
    (await linksOf({ card_fingerprint: { c: range(0, holders) } })).length
  expect(config.maxHoldersPerLink).toBe(50)
  // Two identifiers: at fifty holders one card says log2(0.9 × 11,476.5 / 50.5) = 7.7 bits, below 9.
  expect(await linked(50)).toBe(0)
  const both = async (holders: number): Promise<number> =>
    (await linksOf({ card_fingerprint: { c: range(0, holders) }, device_fingerprint: { d: range(0, holders) } })).length
  expect(await both(50)).toBe((50 * 49) / 2)
  expect(await both(51)).toBe(0)
})

test.each([
  [2, 12],
  [1000, 12], // log2(1000) + 2 = 11.97
  [4096, 14],
  [1_048_576, 22],
])('among %i accounts a link must carry %d bits', (accounts, bits) => {
  expect(leastLinkBits(accounts, config)).toBeCloseTo(bits, 9)
})

test('links come in the order of their accounts, each once', async () => {
  const links = await linksOf({ card_fingerprint: { c: [9, 2, 5] }, device_fingerprint: { d: [5, 2] } })
  expect(links.map(({ a, b }) => [a, b])).toEqual([
    [2, 5],
    [2, 9],
    [5, 9],
  ])
})
