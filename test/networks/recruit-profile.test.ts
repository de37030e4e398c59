import { describe, expect, test } from 'vitest'
import { createSetViewer } from '../../src/networks/account-set.ts'
import { recruitAccounts } from '../../src/networks/recruit.ts'
import { MIN_FIT, memberBits } from '../../src/networks/trim.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range, setOf } from './tables.ts'

const COUNT = 1000
const MIN_BITS = 12
const OWN = ['card_fingerprint', 'device_fingerprint', 'ip_block', 'system_prompt_hash', 'prompt_hash', 'display_name']

async function recruit(
  holdings: Holdings,
  groups: readonly number[][],
  links: { a: number; b: number }[] = [],
): Promise<number[][]> {
  const incidence = incidenceOf(COUNT, holdings, { own: OWN })
  const given = groups.map((members) => Int32Array.from(members))
  const found = await recruitAccounts(incidence, given, links, signals, createSetViewer(incidence), MIN_BITS)
  return found.map((members) => [...members])
}

/** What ties the median member of the first eight. */
const medianBits = (holdings: Holdings): number =>
  memberBits(setOf(incidenceOf(COUNT, holdings, { own: OWN }), range(0, 8)), signals).sort()[3]!

describe('a private template and an address, and nothing else of the old', () => {
  const ring = range(0, 8)
  // Account 20 carries the template, 10.0 bits, and a block of three of the eight and sixty strangers: 3.2 bits.
  const thin: Holdings = {
    system_prompt_hash: { t: [...ring, 20] },
    ip_block: { b: [0, 1, 2, 20, ...range(100, 160)] },
  }
  // The members have a card, a device and a name in common as well: 40 bits in the median, of which 0.4 are 16.
  const thick = {
    ...thin,
    card_fingerprint: { c: ring },
    device_fingerprint: { d: ring },
    display_name: { n: ring },
  }

  test('recruits an account if that is 0.4 of what ties the median member', async () => {
    expect(MIN_FIT * medianBits(thin)).toBeLessThan(MIN_BITS)
    expect(await recruit(thin, [ring])).toEqual([[...ring, 20]])
    expect(MIN_FIT * medianBits(thick)).toBeGreaterThan(15)
    expect(await recruit(thick, [ring])).toEqual([ring])
  })

  test('joins a group with the bits of a link alone: a wave under a new card', async () => {
    expect(await recruit(thick, [ring, [20, 21]])).toEqual([[...ring, 20, 21]]) // one of two
    expect(await recruit(thick, [ring, [20, 21, 22]])).toEqual([ring, [20, 21, 22]]) // one of three
  })
})

describe('a tool', () => {
  const a = range(0, 16)
  const b = range(20, 36)
  const shared = (users: number): Holdings => ({
    ip_block: { exit: [...a, ...b] },
    system_prompt_hash: { tool: [...a.slice(0, users), ...b.slice(0, users)] },
  })

  test('that a few members of each use does not join two operators', async () => {
    expect(await recruit(shared(3), [a, b])).toEqual([a, b]) // 3 of 16, less than a quarter
  })

  test('that is the program of both joins them', async () => {
    expect(await recruit(shared(16), [a, b])).toEqual([[...a, ...b]])
  })

  test('that half of one and a few of the other use is the program of one only', async () => {
    const holdings = {
      ip_block: { exit: [...a, ...b] },
      system_prompt_hash: { tool: [...a.slice(0, 8), ...b.slice(0, 3)] },
    }
    expect(await recruit(holdings, [a, b])).toEqual([a, b]) // 3 of 16 would join, less than half
  })
})

describe('strangers among the users of a template', () => {
  const group = range(0, 8)
  const carriers = [20, 21]
  const holdings = {
    system_prompt_hash: { t: [...group, ...carriers, 30] },
    ip_block: { b: [...group, ...carriers] },
  }

  test('are those in no group and without a link: three of eleven make it a public one', async () => {
    expect(await recruit(holdings, [group])).toEqual([group])
  })

  test('a linked pair is none: one of eleven is left, at most a fifth', async () => {
    expect(await recruit(holdings, [group], [{ a: 20, b: 21 }])).toEqual([[...group, ...carriers]])
  })

  test('up to a fifth is private: two of ten, not three of eleven', async () => {
    const users = (count: number): Holdings => ({
      system_prompt_hash: { t: [...group, ...range(20, 20 + count)] },
      ip_block: { b: [...group, 20] },
    })
    expect(await recruit(users(2), [group])).toEqual([[...group, 20]])
    expect(await recruit(users(3), [group])).toEqual([group])
  })
})

test('of a small cell two members will do for a private template, three are needed for a public one', async () => {
  const cell = range(0, 4)
  const holdings = (strangers: number): Holdings => ({
    system_prompt_hash: { t: [0, 1, 20, ...range(40, 40 + strangers)] },
    card_fingerprint: { c: [0, 1, 2, 20] },
  })
  expect(await recruit(holdings(0), [cell], [{ a: 20, b: 21 }])).toEqual([[...cell, 20]])
  expect(await recruit(holdings(3), [cell], [{ a: 20, b: 21 }])).toEqual([cell])
})

test('a card or a device is never explained away: with a template it recruits, private or not', async () => {
  const group = range(0, 8)
  const holdings = {
    card_fingerprint: { c: [...group, 20] },
    system_prompt_hash: { t: [...group, 20, ...range(40, 50)] },
  }
  expect(await recruit(holdings, [group])).toEqual([[...group, 20]])
})
