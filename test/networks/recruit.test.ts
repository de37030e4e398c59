import { describe, expect, test } from 'vitest'
import { createSetViewer } from '../../src/networks/account-set.ts'
import { recruitAccounts } from '../../src/networks/recruit.ts'
import { memberBits, trimGroup } from '../../src/networks/trim.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range, setOf } from './tables.ts'

const COUNT = 1000
const ALL = ['card_fingerprint', 'device_fingerprint', 'ip_block', 'system_prompt_hash', 'asn', 'user_agent']

describe('trimming', () => {
  const trim = (holdings: Holdings, members: number[], minBits = 9): number[] => {
    const incidence = incidenceOf(COUNT, holdings, { own: ALL })
    return [...trimGroup(Int32Array.from(members), signals, createSetViewer(incidence), minBits)]
  }
  const ring = { card_fingerprint: { c: range(0, 8) }, device_fingerprint: { d: range(0, 8) } }

  test('keeps all who fit', () => {
    expect(trim(ring, range(0, 8))).toEqual(range(0, 8))
  })

  test('puts out who hangs on by one weak value', () => {
    // Account 8 shares a client with the others that forty strangers have too; accounts 0–7 share a card and a device.
    const holdings = { ...ring, user_agent: { u: [...range(0, 9), ...range(100, 140)] } }
    expect(trim(holdings, range(0, 9))).toEqual(range(0, 8))
  })

  test('puts out who has much less than the median, though enough for a link', () => {
    // Card and device are worth 14 + 8 bits to the ring; account 8 shares an address block (at most 6) and a client.
    const holdings = { ...ring, ip_block: { b: [0, 8] }, user_agent: { u: [1, 8] } }
    expect(trim(holdings, range(0, 9), 1)).toEqual(expect.arrayContaining(range(0, 8)))
    expect(trim(holdings, range(0, 9), 20)).toEqual(range(0, 8))
  })

  test('goes on until nobody hangs on somebody who has gone', () => {
    // 9 shares only with 8, and 8 with the ring only what strangers have.
    const weak = { user_agent: { u: [...range(0, 9), ...range(100, 140)], v: [8, 9, ...range(200, 240)] } }
    expect(trim({ ...ring, ...weak }, range(0, 10))).toEqual(range(0, 8))
  })

  test('bits of a member: by family the best signal, at most its cap', () => {
    const incidence = incidenceOf(COUNT, ring, { own: ALL })
    // Both are far above their caps' reach for identifiers of eight: log2(0.9 × 11,489 / 0.5) = 14.3 → 14; device 14.0 → 8.
    const bits = memberBits(setOf(incidence, range(0, 8)), signals)
    expect([...bits]).toEqual(new Array(8).fill(22))
  })
})

describe('recruiting', () => {
  const recruit = async (holdings: Holdings, groups: number[][]): Promise<number[][]> => {
    const incidence = incidenceOf(COUNT, holdings, { own: ALL })
    const view = createSetViewer(incidence)
    const given = groups.map((members) => Int32Array.from(members))
    return (await recruitAccounts(incidence, given, [], signals, view, 12)).map((members) => [...members])
  }

  test('takes an account that carries the group’s private template and its address block', async () => {
    const carried = { system_prompt_hash: { t: range(0, 7) }, ip_block: { b: range(0, 7) } }
    expect(await recruit(carried, [range(0, 6)])).toEqual([range(0, 7)])
  })

  test('not one that carries the template alone: one family', async () => {
    expect(await recruit({ system_prompt_hash: { t: range(0, 7) } }, [range(0, 6)])).toEqual([range(0, 6)])
  })

  test('not strangers with a popular template at a popular address', async () => {
    const popular = { system_prompt_hash: { t: range(0, 60) }, ip_block: { b: range(0, 60) } }
    expect(await recruit(popular, [range(0, 6)])).toEqual([range(0, 6)])
  })

  test('joins a group of which at least half carry the other’s profile', async () => {
    const shared = { system_prompt_hash: { t: range(0, 9) }, ip_block: { b: range(0, 9) } }
    expect(await recruit(shared, [range(0, 6), range(6, 12)])).toEqual([range(0, 12)]) // 6, 7 and 8 of six
    const few = { system_prompt_hash: { t: range(0, 8) }, ip_block: { b: range(0, 8) } }
    expect(await recruit(few, [range(0, 6), range(6, 12)])).toEqual([range(0, 6), range(6, 12)]) // 6 and 7 of six
  })

  test('gives disjoint groups, in the order of their first member, with nobody lost', async () => {
    expect(
      await recruit({}, [
        [5, 6, 7],
        [1, 2, 3],
      ]),
    ).toEqual([
      [1, 2, 3],
      [5, 6, 7],
    ])
  })
})
