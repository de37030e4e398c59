import { describe, expect, test } from 'vitest'
import { expiryWords, reviewFacts } from '../../src/report/table/review-words.ts'
import { assessmentWords } from '../../src/report/words.ts'
import { accountIds, aNetwork, aReview } from '../helpers/results.ts'

const plain = (text: string): string => text
const factsOf = (...over: Parameters<typeof aReview>) => reviewFacts(aNetwork({ review: aReview(...over) }), plain)

test('nothing is said where nobody said anything, also of a report without the key', () => {
  expect(reviewFacts(aNetwork(), plain)).toEqual([])
  const { review: _, ...older } = aNetwork()
  expect(reviewFacts(older as ReturnType<typeof aNetwork>, plain)).toEqual([])
})

describe('what was said of a network', () => {
  test('is counted, and whom nobody looked at is named', () => {
    expect(factsOf()).toEqual([
      ['reviewed', 'Earlier reviews confirmed 50 and cleared 2 of its 60 accounts.'],
      [
        'look at',
        'Beside confirmed accounts and not reviewed: acct_0053, acct_0054, acct_0055, acct_0056, acct_0057 and 3 more',
      ],
      ['look at', 'In no network, and linked to a confirmed account of this one: acct_7777'],
      [
        'declared',
        '6 of 60 accounts are declared known by Quay Labs (ops@quay.example) (load tests, until 2026-12-31), which does not account for the others.',
      ],
    ])
  })

  test('names nobody to look at where all were reviewed, or none confirmed', () => {
    const all = factsOf({ confirmed: accountIds(60), cleared: [], declared: [], linkedOutside: [] })
    expect(all).toEqual([['reviewed', 'Earlier reviews confirmed 60 of its 60 accounts.']])
    const cleared = factsOf({ confirmed: [], declared: [], linkedOutside: [] })
    expect(cleared).toEqual([['reviewed', 'Earlier reviews cleared 2 of its 60 accounts.']])
  })

  test('says which severity the evidence alone gives', () => {
    expect(factsOf({ severityByEvidence: 'low' })[0]?.[1]).toMatch(/By the evidence alone its severity is low\.$/)
  })
})

test('a network that only a label raised is not assessed to be under common control', () => {
  const raised = { severity: 'medium', claim: 'common-control' } as const
  expect(assessmentWords({ ...raised, review: aReview({ severityByEvidence: 'low' }) })).toBe(
    'linked to accounts that a review confirmed',
  )
  expect(assessmentWords({ ...raised, review: aReview({ severityByEvidence: 'medium' }) })).toContain('common control')
  expect(assessmentWords(raised)).toContain('common control')
})

test('a declaration that has ended is told with its first line, its owner and its networks', () => {
  const one = { path: 'k.csv', lines: [7], owner: 'O', expired: '2026-06-06', accounts: 1, networks: ['n1'] }
  expect(expiryWords(one, plain)).toBe('k.csv:7: the declaration of O ended on 2026-06-06; 1 account of it is in n1')
  expect(expiryWords({ ...one, lines: [7, 9, 12], accounts: 3, networks: ['n1', 'n2'] }, plain)).toBe(
    'k.csv:7 and 2 more lines: the declaration of O ended on 2026-06-06; 3 accounts of it are in n1, n2',
  )
})
