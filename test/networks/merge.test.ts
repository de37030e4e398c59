import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { weighValues } from '../../src/networks/link-weights.ts'
import { createMeetings } from '../../src/networks/meetings.ts'
import { mergeGroups } from '../../src/networks/merge.ts'
import { createOnsets } from '../../src/networks/onset.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range } from './tables.ts'

const config = resolveConfig({})
const COUNT = 1000
const A = range(0, 6)
const B = range(10, 16)

function merge(holdings: Holdings, groups: readonly number[][] = [A, B], createdAtMs?: Float64Array): number[][] {
  const options = { own: Object.keys(holdings), accounts: createdAtMs ? { createdAtMs } : {} }
  const incidence = incidenceOf(COUNT, holdings, options)
  const scales = {
    weights: weighValues(incidence, signals, config),
    onsets: createOnsets(incidence.tables.accounts),
    meetings: createMeetings(incidence, config),
    minBits: 12,
  }
  const given = groups.map((members) => Int32Array.from(members))
  return mergeGroups(incidence, given, scales).map((members) => [...members])
}

/** Cards that the i-th account of A and of B have in common, each account holding `held` in all. */
function pairedCards(values: number, held = 1): Record<string, number[]> {
  const shared = range(0, values).map((i) => [`shared ${i}`, [i % 6, 10 + (i % 6)]] as const)
  const more = [...A, ...B].flatMap((account) =>
    range(0, held - shared.filter(([, holders]) => holders.includes(account)).length).map(
      (i) => [`own ${account} ${i}`, [account]] as const,
    ),
  )
  return Object.fromEntries([...shared, ...more])
}

describe('two groups', () => {
  const joined = [[...A, ...B]]

  test('are one when four different cards tie them, each too weak for a link: 12.0 - 2 log2(4) = 8 bits', () => {
    expect(merge({ card_fingerprint: pairedCards(4, 4) })).toEqual(joined)
  })

  test('stay two with three, however strong', () => {
    expect(merge({ card_fingerprint: pairedCards(3) })).toEqual([A, B])
    const both = { card_fingerprint: { c: [0, 10], d: [1, 11] }, device_fingerprint: { e: [2, 12] } }
    expect(merge(both)).toEqual([A, B])
    expect(merge({ ...both, device_fingerprint: { e: [2, 12], f: [3, 13] } })).toEqual(joined) // cards and devices
  })

  test('need two links’ worth of bits together: 24', () => {
    // A card of two says 12.0 bits, less 2 log2(cards held): 6.4 for seven cards, 5.7 for nine.
    expect(merge({ card_fingerprint: pairedCards(4, 7) })).toEqual(joined) // 4 × 6.4 = 25.6
    expect(merge({ card_fingerprint: pairedCards(4, 9) })).toEqual([A, B]) // 4 × 5.7 = 22.8
    expect(merge({ card_fingerprint: pairedCards(5, 9) })).toEqual(joined) // 28.4
  })

  test('which began together need fewer; which began apart no more', () => {
    const day = (n: number): number => Date.parse('2026-01-01T00:00:00Z') + n * 86_400_000
    const together = Float64Array.from(range(0, COUNT), (n) => day(n < 16 ? 500 + n / 1000 : n))
    const apart = Float64Array.from(range(0, COUNT), (n) => day(n < 8 ? 0 : n < 16 ? 999 : n))
    expect(merge({ card_fingerprint: pairedCards(4, 9) }, [A, B], together)).toEqual(joined)
    expect(merge({ card_fingerprint: pairedCards(4, 7) }, [A, B], apart)).toEqual(joined)
  })

  test('are not joined by addresses or templates, where strangers meet', () => {
    const kinds = Object.fromEntries(range(0, 6).map((i) => [`v${i}`, [i, 10 + i]]))
    expect(merge({ ip_block: kinds, system_prompt_hash: kinds, prompt_hash: kinds, tls_fingerprint: kinds })).toEqual([
      A,
      B,
    ])
  })

  test('nor by devices of many: hubs', () => {
    const hubs = Object.fromEntries(range(0, 4).map((i) => [`d${i}`, [i, 10 + i, ...range(100, 160)]]))
    expect(merge({ device_fingerprint: hubs })).toEqual([A, B])
  })

  test('one card of all counts once, not once per pair', () => {
    const cards = Object.fromEntries(range(0, 3).map((i) => [`c${i}`, [...A, ...B]]))
    expect(merge({ card_fingerprint: cards })).toEqual([A, B])
  })
})

test('chains of groups become one; accounts in no group tie nothing', () => {
  const tie = (x: number, y: number): [string, number[]][] => range(0, 4).map((i) => [`${x}/${y}/${i}`, [x + i, y + i]])
  const cards = Object.fromEntries([...tie(0, 10), ...tie(10, 20), ...tie(30, 500), ...tie(500, 40)])
  const groups = [range(0, 6), range(10, 16), range(20, 26), range(30, 36), range(40, 46)]
  const expected = [[...range(0, 6), ...range(10, 16), ...range(20, 26)], range(30, 36), range(40, 46)]
  expect(merge({ card_fingerprint: cards }, groups)).toEqual(expected)
  expect(merge({ card_fingerprint: cards }, groups.toReversed())).toEqual(expected)
})

test('of any groups: nobody is lost or added, members ascend, groups come by their first member', () => {
  const cards = fc.array(fc.uniqueArray(fc.nat(29), { minLength: 2, maxLength: 4 }), { maxLength: 30 })
  fc.assert(
    fc.property(cards, (held) => {
      const found = merge({ card_fingerprint: Object.fromEntries(held.map((each, i) => [`c${i}`, each])) }, [
        range(0, 8),
        range(8, 16),
        range(16, 24),
      ])
      expect(found.flat().toSorted((a, b) => a - b)).toEqual(range(0, 24))
      for (const members of found) expect(members).toEqual(members.toSorted((a, b) => a - b))
      const first = found.map(([each]) => each!)
      expect(first).toEqual(first.toSorted((a, b) => a - b))
    }),
    { numRuns: 60 },
  )
})
