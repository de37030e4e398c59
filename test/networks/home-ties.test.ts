import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { joinHomes } from '../../src/networks/home-ties.ts'
import { createLinkScales } from '../../src/networks/link-scales.ts'
import { findLinks } from '../../src/networks/links.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range } from './tables.ts'

const config = resolveConfig({})
const COUNT = 1000
const OWN = ['card_fingerprint', 'device_fingerprint', 'ip_block', 'ip_address']

/** Each account makes `requests`, one of them from every address it holds. */
async function join(holdings: Holdings, groups: readonly number[][] = [], requests = 1): Promise<number[][]> {
  const accounts = { requests: new Float64Array(COUNT).fill(requests) }
  const incidence = incidenceOf(COUNT, holdings, { own: OWN, accounts })
  const scales = createLinkScales(incidence, signals, config)
  const links = await findLinks(incidence, scales)
  const given = groups.map((members) => Int32Array.from(members))
  return joinHomes(incidence, given, links, scales.weights).map((members) => [...members])
}

/** A chain: 0 and 1 have a card, 1 and 2 a device, 2 and 3 a home. */
const chain = { card_fingerprint: { c: [0, 1] }, device_fingerprint: { d: [1, 2] } }

describe('a home', () => {
  test.each(['ip_block', 'ip_address'])('of two (%s) ends a chain: card, device, home', async (field) => {
    expect(await join({ ...chain, [field]: { h: [2, 3] } }, [[0, 1, 2]])).toEqual([[0, 1, 2, 3]])
  })

  test('ties two linked accounts to a third, though a pair is no group yet', async () => {
    expect(await join({ card_fingerprint: { c: [0, 1] }, ip_block: { h: [1, 2] } })).toEqual([[0, 1, 2]])
  })

  test('ties two thin groups', async () => {
    const holdings = { card_fingerprint: { a: [0, 1], b: [1, 2], c: [5, 6], d: [6, 7] }, ip_block: { h: [2, 5] } }
    const groups = [range(0, 3), range(5, 8)]
    expect(await join(holdings, groups)).toEqual([[...range(0, 3), ...range(5, 8)]])
  })

  test('alone is a household of two, too few for a network', async () => {
    expect(await join({ ip_block: { h: [2, 3] } })).toEqual([[2, 3]])
  })

  test('is not one that three accounts have, nor one from which less than half of the requests come', async () => {
    expect(await join({ ...chain, ip_block: { h: [2, 3, 4] } }, [[0, 1, 2]])).toEqual([[0, 1, 2]])
    expect(await join({ ...chain, ip_block: { h: [2, 3] } }, [[0, 1, 2]], 2)).toEqual([[0, 1, 2, 3]]) // 1 of 2
    expect(await join({ ...chain, ip_block: { h: [2, 3] } }, [[0, 1, 2]], 3)).toEqual([[0, 1, 2]]) // 1 of 3
  })
})

describe('a thick group, in which three members share a value that links', () => {
  const ring = { card_fingerprint: { c: range(0, 3) } }

  test('draws in nobody through a home', async () => {
    expect(await join({ ...ring, ip_block: { h: [2, 3] } }, [range(0, 3)])).toEqual([range(0, 3)])
  })

  test('and is drawn in by nobody', async () => {
    const holdings = { card_fingerprint: { c: range(0, 3), x: [5, 6], y: [6, 7] }, ip_block: { h: [2, 5] } }
    expect(await join(holdings, [range(0, 3), range(5, 8)])).toEqual([range(0, 3), range(5, 8)])
  })

  test('but what everybody holds makes no group thick: it links nobody', async () => {
    const everybody = { ...chain, ip_block: { h: [2, 3], nat: range(0, 100) } }
    expect(await join(everybody, [[0, 1, 2]])).toEqual([[0, 1, 2, 3]])
  })
})

test('links of strangers without a home change nothing', async () => {
  expect(await join({ card_fingerprint: { c: [0, 1], x: [8, 9] }, ip_block: { h: [1, 2] } })).toEqual([[0, 1, 2]])
})
