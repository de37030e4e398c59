import { describe, expect, test } from 'vitest'
import { applyReview } from '../../src/networks/apply-review.ts'
import type { Review } from '../../src/networks/review.ts'
import { aDraft, aReview, decided, declaredBy, idOf, proposalOf } from './reviewed.ts'
import { accountTable, range } from './tables.ts'

const tables = { accounts: accountTable(60, { ids: range(0, 60).map(idOf) }) }
const MEMBERS = range(0, 10)
const OTHERS = range(10, 20)

/** A network of ten accounts, high, and one of ten others, medium, under a review. */
function apply(review: Partial<Review>, proposal = proposalOf([MEMBERS, OTHERS])) {
  const drafts = [aDraft(0, MEMBERS), aDraft(1, OTHERS, { severity: 'medium', score: 6 })]
  return applyReview(drafts, tables, proposal, aReview(review))
}

describe('declared accounts', () => {
  test('four fifths under one owner explain the network, and who is not in the declaration is named', () => {
    const { drafts, explained } = apply({ declared: declaredBy(range(0, 8), { expires: '2026-09-30' }) })
    expect(drafts.map(({ group }) => group)).toEqual([1])
    expect(explained).toEqual([
      {
        accounts: MEMBERS.map(idOf),
        accountCount: 10,
        explanation: 'declared: reseller (Harbour Desk, until 2026-09-30): 8 of the accounts, not a008, a009',
        basis: 'declaration',
        uncovered: [idOf(8), idOf(9)],
      },
    ])
  })

  test('all of them need no count', () => {
    const [group] = apply({ declared: declaredBy(MEMBERS, { group: 'west' }) }).explained
    expect(group?.explanation).toBe('declared: reseller, west (Harbour Desk, until 2026-12-31)')
  })

  test('fewer mark the network: it has grown beyond its declaration', () => {
    const { drafts, explained } = apply({ declared: declaredBy(range(0, 7)) })
    expect(explained).toEqual([])
    expect(drafts[0]).toMatchObject({ group: 0, severity: 'high', review: { severityByEvidence: 'high' } })
    expect(drafts[0]?.review?.declared).toEqual([
      { owner: 'Harbour Desk', reason: 'reseller', until: '2026-12-31', accounts: range(0, 7).map(idOf) },
    ])
    expect(drafts[1]?.review).toBeNull()
  })

  test('of two owners do not add up', () => {
    const declared = new Map([...declaredBy(range(0, 5)), ...declaredBy(range(5, 10), { owner: 'Quay Labs' })])
    const { drafts, explained } = apply({ declared })
    expect(explained).toEqual([])
    expect(drafts[0]?.review?.declared.map(({ owner, accounts }) => [owner, accounts.length])).toEqual([
      ['Harbour Desk', 5],
      ['Quay Labs', 5],
    ])
  })

  test('with several lines: the reason of most, and the earliest last day', () => {
    const declared = new Map([
      ...declaredBy(range(0, 6), { reason: 'resale' }),
      ...declaredBy(range(6, 10), { reason: 'tests', expires: '2026-07-01' }),
    ])
    expect(apply({ declared }).explained[0]?.explanation).toBe('declared: resale (Harbour Desk, until 2026-07-01)')
  })

  test('explain nothing where a review confirmed a member', () => {
    const { drafts, explained } = apply({ declared: declaredBy(MEMBERS), decisions: decided([3]) })
    expect(explained).toEqual([])
    expect(drafts[0]?.review).toMatchObject({ confirmed: [idOf(3)], declared: [{ owner: 'Harbour Desk' }] })
  })
})

describe('declarations that have ended', () => {
  test('hide nothing, and are named with the networks of their accounts', () => {
    const { drafts, explained, expired } = apply({ expired: declaredBy([...MEMBERS, 10]) })
    expect([drafts.length, explained.length]).toEqual([2, 0])
    expect(expired).toEqual([
      {
        path: 'known.csv',
        lines: range(2, 13),
        owner: 'Harbour Desk',
        expired: '2026-12-31',
        accounts: 11,
        networks: ['network0aa', 'network1aa'],
      },
    ])
  })

  test('are nothing to fail for where no network is ranked with their accounts', () => {
    expect(apply({ expired: declaredBy([50]) }).expired).toEqual([])
    const covered = { declared: declaredBy(range(1, 10)), expired: declaredBy([0], { owner: 'Quay Labs' }) }
    expect(apply(covered).expired).toEqual([])
  })
})

describe('confirmed accounts', () => {
  test('go before others of the severity, whatever the score', () => {
    const drafts = [aDraft(0, MEMBERS), aDraft(1, OTHERS, { score: 11 })]
    const ranked = applyReview(drafts, tables, proposalOf([MEMBERS, OTHERS]), aReview({ decisions: decided([12]) }))
    expect(ranked.drafts.map(({ group }) => group)).toEqual([1, 0])
  })

  test.each([
    ['medium', 'low', 14],
    ['medium', 'low', 12],
    ['low', 'low', 11.9],
    ['critical', 'critical', 14],
  ] as const)('%s from %s by a link of %d bits', (severity, byEvidence, bits) => {
    const drafts = [aDraft(0, MEMBERS, { severity: byEvidence })]
    const [draft] = applyReview(
      drafts,
      tables,
      proposalOf([MEMBERS], { bits }),
      aReview({ decisions: decided([0]) }),
    ).drafts
    expect(draft).toMatchObject({ severity, score: drafts[0]?.score, review: { severityByEvidence: byEvidence } })
  })

  test('a core of a kept hub ties as a link does', () => {
    const core = { members: Int32Array.from([0, 1, 15]), bits: 13 }
    const low = [aDraft(0, MEMBERS, { severity: 'low' }), aDraft(1, OTHERS, { severity: 'low' })]
    const proposal = proposalOf([MEMBERS, OTHERS], { links: [], cores: [core] })
    const of = (confirmed: number) =>
      applyReview(low, tables, proposal, aReview({ decisions: decided([confirmed]) })).drafts
    expect(of(0).find(({ group }) => group === 0)?.severity).toBe('medium')
    expect(of(15).find(({ group }) => group === 1)?.severity).toBe('low') // tied to nobody of its own network
  })

  test('tied to nobody but cleared accounts raise nothing', () => {
    const drafts = [aDraft(0, MEMBERS, { severity: 'low' })]
    const links = [{ a: 0, b: 1, bits: 20 }]
    const of = (review: Partial<Review>) =>
      applyReview(drafts, tables, proposalOf([MEMBERS], { links }), aReview(review)).drafts[0]?.severity
    expect(of({ decisions: decided([0]) })).toBe('medium')
    expect(of({ decisions: decided([0], [1]) })).toBe('low')
  })
})

describe('cleared accounts', () => {
  test('four fifths of a network explain it, on the latest day', () => {
    const decisions = new Map([...decided([], range(0, 4), '2026-06-01'), ...decided([], range(4, 8), '2026-06-03')])
    const { explained } = apply({ decisions })
    expect(explained).toMatchObject([
      {
        explanation: 'cleared by review on 2026-06-03: 8 of the accounts, not a008, a009',
        basis: 'review',
        uncovered: ['a008', 'a009'],
      },
    ])
    expect(apply({ decisions: decided([], MEMBERS) }).explained[0]?.explanation).toBe('cleared by review')
  })

  test('do not explain a network with a confirmed one', () => {
    expect(apply({ decisions: decided([9], range(0, 9)) }).explained).toEqual([])
  })

  test('half of a network take one step, fewer none', () => {
    const of = (cleared: number) => apply({ decisions: decided([], range(0, cleared)) }).drafts
    expect(of(4)[0]).toMatchObject({ group: 0, severity: 'high', review: { cleared: range(0, 4).map(idOf) } })
    expect(of(5).find(({ group }) => group === 0)).toMatchObject({
      severity: 'medium',
      review: { severityByEvidence: 'high' },
    })
  })
})

test('nothing said changes nothing', () => {
  const drafts = [aDraft(0, MEMBERS), aDraft(1, OTHERS, { severity: 'low' })]
  const applied = applyReview(drafts, tables, proposalOf([MEMBERS, OTHERS]), aReview({ decisions: decided([40]) }))
  expect(applied).toEqual({ drafts, explained: [], expired: [] })
})
