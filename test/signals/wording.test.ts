import { describe, expect, test } from 'vitest'
import type { IndicatorColumn } from '../../src/evidence/tables.ts'
import { reasoningTags } from '../../src/signals/purpose/reasoning-tags.ts'
import { traceExtraction } from '../../src/signals/purpose/trace-extraction.ts'
import { incidenceOf, range, setOf } from '../networks/tables.ts'

/** 1,000 accounts of 10 requests each; `hits` requests of some of them match. */
function logOf(id: string, hits: Readonly<Record<number, number>>) {
  const requests = new Float64Array(1000)
  for (const [account, count] of Object.entries(hits)) requests[Number(account)] = count
  const indicators: IndicatorColumn[] = [{ id, requests }]
  return incidenceOf(1000, {}, { accounts: { indicators } })
}

const spread = (accounts: readonly number[], hits: number): Record<number, number> =>
  Object.fromEntries(accounts.map((account) => [account, hits]))

const ring = range(0, 20)

describe('wording of requests', () => {
  test('half of a ring’s requests, one stranger’s: the surprise per member', () => {
    const incidence = logOf('reasoning-tags', { ...spread(ring, 5), 500: 10 })
    const bits = reasoningTags.memberBits(setOf(incidence, ring))
    // Strangers: (10 + 0.5) / (9,800 + 1) = 0.00107. A member: (5 + 0.00107) / (10 + 1) = 0.4546. log2 of the ratio: 8.73.
    expect([...bits].map((each) => each.toFixed(2))).toEqual(Array(20).fill('8.73'))
    const { summary, accounts } = reasoningTags.explain(setOf(incidence, ring))
    expect(accounts).toBe(20)
    expect(summary).toBe('20 of 20 accounts demand reasoning between tags: 50 % of the requests inside, 0.1 % outside')
  })

  test('a public framework that strangers use as well says nothing', () => {
    const incidence = logOf('reasoning-tags', { ...spread(ring, 5), ...spread(range(100, 400), 5) })
    expect(Math.max(...reasoningTags.memberBits(setOf(incidence, ring)))).toBe(0)
  })

  test('nor do a tenth of the requests, two members, strangers, or a log without prompts', () => {
    const zero = (hits: Readonly<Record<number, number>>, members = ring): void =>
      expect(Math.max(...reasoningTags.memberBits(setOf(logOf('reasoning-tags', hits), members)))).toBe(0)
    zero(spread(ring, 1))
    zero(spread([0, 1], 10), [0, 1, 2])
    zero(spread(ring, 10), range(100, 120))
    expect(Math.max(...reasoningTags.memberBits(setOf(incidenceOf(100, {}), ring)))).toBe(0)
  })
})

test('for what nobody words by accident one request of an account is enough', () => {
  const incidence = logOf('trace-extraction', spread(range(0, 10), 1))
  const bits = traceExtraction.memberBits(setOf(incidence, ring))
  // Accounts: inside (10 + 0.5) / (20 + 1) = 0.5, outside 0.5 / 981 = 0.00051: log2 is 9.94; ten members have none.
  expect([...bits.slice(0, 10)].map((each) => each.toFixed(2))).toEqual(Array(10).fill('9.94'))
  expect(Math.max(...bits.slice(10))).toBe(0)
})
