import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { groupAccounts } from '../../src/networks/groups.ts'
import { hubCores, signalByField, testHubs } from '../../src/networks/hubs.ts'
import { createLinkScales } from '../../src/networks/link-scales.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range, valueNumber } from './tables.ts'

const config = resolveConfig({})
const COUNT = 1200

/** Sixty holders, of every so many one value: `each(5)` gives twelve values of five. */
const each = (size: number, prefix: string): Record<string, number[]> =>
  Object.fromEntries(range(0, 60 / size).map((n) => [`${prefix}${n}`, range(n * size, (n + 1) * size)]))

const ALL = ['ip_block', 'system_prompt_hash', 'card_fingerprint', 'device_fingerprint', 'tls_fingerprint', 'card_bin']
const hubsOf = (holdings: Holdings) => testHubs(incidenceOf(COUNT, holdings, { own: ALL }), signals, config)

describe('a value of sixty holders', () => {
  test('behind one address they agree on nothing else: it links nobody', async () => {
    expect(await hubsOf({ ip_block: { nat: range(0, 60) } })).toMatchObject([
      { holders: 60, agreeing: [], isKept: false, reason: 'its 60 holders agree on nothing else' },
    ])
  })

  test('behind one address a few share a card: it still links nobody', async () => {
    const [hub] = await hubsOf({
      ip_block: { nat: range(0, 60) },
      card_fingerprint: { family: [0, 1, 2], other: [3, 4, 5] },
    })
    expect(hub).toMatchObject({ agreeing: [], isKept: false })
  })

  test('with one private template they also share cards: it is kept', async () => {
    const [hub] = await hubsOf({ system_prompt_hash: { tpl: range(0, 60) }, card_fingerprint: each(5, 'card') })
    expect(hub).toMatchObject({ holders: 60, agreeing: ['shared-payment-instrument'], isKept: true })
    expect(hub!.reason).toBe('most of its 60 holders also agree in shared-payment-instrument')
  })

  test('with one template and one client build, as the users of a product have: both link nobody', async () => {
    const hubs = await hubsOf({ system_prompt_hash: { tpl: range(0, 60) }, tls_fingerprint: { t: range(0, 60) } })
    expect(hubs.map(({ isKept }) => isKept)).toEqual([false, false])
    for (const { reason } of hubs) expect(reason).toMatch(/agree only in .*, which has ordinary causes$/)
  })

  test('whose cards are only of one issuer range, a pattern: it links nobody', async () => {
    const [hub] = await hubsOf({ system_prompt_hash: { tpl: range(0, 60) }, card_bin: each(20, 'bin') })
    expect(hub).toMatchObject({ isKept: false })
  })
})

test('a value of fifty holders is no hub among 1,200, in a small log one of ten is', async () => {
  expect(await hubsOf({ ip_block: { nat: range(0, 50) } })).toEqual([])
  const small = (holders: number) =>
    testHubs(incidenceOf(60, { ip_block: { nat: range(0, holders) } }), signals, config)
  expect(await small(10)).toEqual([])
  expect(await small(11)).toHaveLength(1)
})

test('two operators behind one kept hub stay two', async () => {
  const cards = { card_fingerprint: { a: range(0, 30), b: range(30, 60) } }
  const incidence = incidenceOf(COUNT, { system_prompt_hash: { tpl: range(0, 60) }, ...cards }, { own: ALL })
  const hub = (await testHubs(incidence, signals, config)).find(
    ({ value }) => value === valueNumber(incidence, 'system_prompt_hash', 'tpl'),
  )!
  expect(hub.isKept).toBe(true)
  const cores = hubCores(incidence, hub, signalByField(incidence, signals), 12)
  expect(cores.map(({ members }) => [...members])).toEqual([range(0, 30), range(30, 60)])
})

describe('groups', () => {
  const group = (holdings: Holdings, organization?: (string | null)[]) => {
    const incidence = incidenceOf(COUNT, holdings, { own: ALL, accounts: organization ? { organization } : {} })
    return groupAccounts(incidence, signals, createLinkScales(incidence, signals, config), config)
  }

  test('a campus behind one address is no group', async () => {
    expect((await group({ ip_block: { nat: range(0, 60) } })).groups).toEqual([])
  })

  test('a ring on cards in a chain is one', async () => {
    const cards = Object.fromEntries(range(0, 5).map((n) => [`c${n}`, [n, n + 1]]))
    expect((await group({ card_fingerprint: cards })).groups.map((members) => [...members])).toEqual([range(0, 6)])
  })

  test('two accounts are too few', async () => {
    expect((await group({ card_fingerprint: { c: [0, 1] } })).groups).toEqual([])
  })

  test('colleagues of one declared organisation are explained, with the colleagues who share nothing', async () => {
    const organization = range(0, COUNT).map((n) => (n < 8 ? 'org_1' : null))
    const found = await group({ card_fingerprint: { c: range(0, 5) } }, organization)
    expect(found.groups).toEqual([])
    expect(found.declared.map(({ members, organization }) => [organization, [...members]])).toEqual([
      ['org_1', range(0, 8)],
    ])
  })

  test('an organisation id that most accounts carry declares nothing', async () => {
    const organization = range(0, COUNT).map(() => 'exporter')
    expect(await group({ card_fingerprint: { c: range(0, 5) } }, organization)).toMatchObject({ declared: [] })
    expect((await group({ card_fingerprint: { c: range(0, 5) } }, organization)).groups).toHaveLength(1)
  })

  test('strangers with the card of an organisation are not covered by its declaration', async () => {
    const organization = range(0, COUNT).map((n) => (n < 3 ? 'org_1' : null))
    const found = await group({ card_fingerprint: { c: range(0, 6) } }, organization)
    expect(found.groups.map((members) => [...members])).toEqual([range(0, 6)])
  })
})
