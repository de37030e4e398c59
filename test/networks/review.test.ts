import { describe, expect, test } from 'vitest'
import { endedWarnings, NO_REVIEW, resolveReview } from '../../src/networks/review.ts'
import type { Declaration } from '../../src/review/declaration.ts'
import { aDeclaration } from './reviewed.ts'
import { accountTable, range } from './tables.ts'

/** Twenty accounts, six of them of one organisation; the last request is late on 7 June. */
const accounts = accountTable(20, {
  ids: range(0, 20).map((n) => `a${String(n).padStart(3, '0')}`),
  organization: range(0, 20).map((n) => (n < 6 ? 'org_1' : null)),
  lastAtMs: Float64Array.from(range(0, 20), (n) => (n === 3 ? Date.parse('2026-06-07T23:59:59Z') : Number.NaN)),
})

const resolve = (over: Partial<Declaration>) => resolveReview({ known: [aDeclaration(over)] }, accounts)

describe('declarations', () => {
  test('find their accounts by account and by organisation', () => {
    expect([...resolve({ id: 'a004' }).declared.keys()]).toEqual([4])
    expect([...resolve({ by: 'organization_id', id: 'org_1' }).declared.keys()]).toEqual(range(0, 6))
    expect(resolve({ id: 'A004' }).declared.size).toBe(0)
  })

  test.each([
    ['2026-06-08', true],
    ['2026-06-07', true],
    ['2026-06-06', false],
  ])('until %s hold on the day of the last request: %s', (expires, holds) => {
    const { declared, expired, ended } = resolve({ id: 'a004', expires })
    expect([declared.has(4), expired.has(4), ended.length === 0]).toEqual([holds, !holds, holds])
  })

  test('a line of the account goes before one of its organisation, whatever the order', () => {
    const own = { id: 'a004', owner: 'Quay Labs' }
    const organization = { by: 'organization_id', id: 'org_1' } as const
    for (const known of [
      [own, organization],
      [organization, own],
    ]) {
      const { declared } = resolveReview({ known: known.map((each) => aDeclaration(each)) }, accounts)
      expect([declared.get(4)?.owner, declared.get(5)?.owner]).toEqual(['Quay Labs', 'Harbour Desk'])
    }
  })

  test('one that has ended does not matter while another holds', () => {
    const known = [
      aDeclaration({ id: 'a004', expires: '2026-01-01' }),
      aDeclaration({ by: 'organization_id', id: 'org_1', line: 3 }),
    ]
    const review = resolveReview({ known }, accounts)
    expect([review.declared.get(4)?.line, review.expired.size]).toEqual([3, 0])
  })

  test('an organisation of more than half of all accounts is the exporter, and declares nobody', () => {
    const table = { ...accounts, organization: range(0, 20).map((n) => (n < 11 ? 'org_1' : null)) }
    const { declared, warnings } = resolveReview(
      { known: [aDeclaration({ by: 'organization_id', id: 'org_1' })] },
      table,
    )
    expect(declared.size).toBe(0)
    expect(warnings[0]).toContain('known.csv:2: more than half of all accounts')
  })
})

describe('labels', () => {
  test('find their accounts', () => {
    const labels = [
      { accountId: 'a002', verdict: 'confirmed', date: null },
      { accountId: 'gone', verdict: 'cleared', date: null },
    ] as const
    const { decisions, warnings } = resolveReview({ labels }, accounts)
    expect([...decisions]).toEqual([[2, labels[0]]])
    expect(warnings).toEqual([])
  })
})

test('ids of another service are warned about', () => {
  const labels = [{ accountId: 'gone', verdict: 'confirmed', date: null }] as const
  expect(resolveReview({ known: [aDeclaration({ id: 'gone' })], labels }, accounts).warnings).toEqual([
    '--known: none of its ids is in this log: are they ids of this service?',
    '--labels: none of its ids is in this log: are they ids of this service?',
  ])
})

test('lines that have ended and concern no network are warned about in one sentence', () => {
  const known = range(2, 10).map((line) => aDeclaration({ id: `x${line}`, line, expires: '2026-01-01' }))
  const review = resolveReview({ known }, accounts)
  const mattering = { path: 'known.csv', lines: [2], owner: '', expired: '', accounts: 1, networks: ['n'] }
  expect(endedWarnings(review, [mattering])[0]).toMatch(/^known\.csv:3, known\.csv:4, .*known\.csv:7 and 2 more: /)
  expect(endedWarnings(NO_REVIEW, [])).toEqual([])
})
