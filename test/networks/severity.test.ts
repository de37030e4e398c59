import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import type { Family } from '../../src/model.ts'
import type { Score } from '../../src/networks/score.ts'
import { confidenceOf, reviewedSeverity, type SeverityFacts, severityOf } from '../../src/networks/severity.ts'

const config = resolveConfig({})

/** As confirmed, as speaking: the families of the evidence that is not only what a region has in common. */
const aScore = (bits: number, families: readonly Family[] = ['payment', 'client']): Score => ({
  bits,
  signals: [],
  residuals: [],
  confirmed: families,
  speaking: families,
})

const someFacts = (over: Partial<SeverityFacts> = {}): SeverityFacts => ({
  falseDiscoveryRate: 0,
  size: 40,
  requests: 5000,
  medianActiveDays: 6,
  isMostlyPaid: false,
  isFragile: false,
  looksLikeOffice: false,
  coverage: 1,
  ...over,
})

/** The gates of docs/detection.md, "Severity, claim and confidence", each at both of its sides. */
test.each([
  ['high', 10, {}],
  ['medium', 9.9, {}],
  ['medium', 5, {}],
  ['low', 4.9, {}],
  ['low', 0, {}],
  ['high', 10, { requests: 1000 }],
  ['medium', 10, { requests: 999 }],
  ['high', 10, { medianActiveDays: 5 }],
  ['medium', 10, { medianActiveDays: 4 }],
  ['high', 10, { medianActiveDays: 1, isMostlyPaid: true }],
  ['critical', 10, { requests: 100_000 }],
  ['high', 10, { requests: 99_999 }],
  ['critical', 10, { size: 500 }],
  ['high', 10, { size: 499 }],
  ['medium', 10, { size: 500, medianActiveDays: 2 }],
  ['medium', 9.9, { requests: 1_000_000, size: 5000 }],
] as const)('%s: %d bits, %j', (severity, bits, over) => {
  expect(severityOf(aScore(bits), someFacts(over), config)).toBe(severity)
})

test.each([
  ['low', ['payment']],
  ['high', ['payment', 'client']],
  ['high', ['payment', 'client', 'content']],
  ['low', []],
] as const)('%s: 14 bits on the families %j', (severity, families) => {
  expect(severityOf(aScore(14, families), someFacts(), config)).toBe(severity)
})

test('what only strangers of one region have in common makes no second family', () => {
  const score: Score = { ...aScore(14, ['payment', 'network']), speaking: ['payment'] }
  expect(severityOf(score, someFacts(), config)).toBe('low')
})

test.each([
  ['high', { falseDiscoveryRate: 0.1 }],
  ['low', { falseDiscoveryRate: 0.101 }],
  ['low', { falseDiscoveryRate: 1, requests: 1_000_000, size: 5000 }],
  ['medium', { looksLikeOffice: true }],
  ['medium', { looksLikeOffice: true, requests: 1_000_000, size: 5000 }],
  ['low', { looksLikeOffice: true, falseDiscoveryRate: 0.2 }],
] as const)('%s: 40 bits, %j', (severity, over) => {
  expect(severityOf(aScore(40), someFacts(over), config)).toBe(severity)
})

test('thresholds are settings', () => {
  const strict = resolveConfig({ highScoreBits: 20, mediumScoreBits: 15, minHighRequests: 10 })
  expect([20, 15, 14].map((bits) => severityOf(aScore(bits), someFacts({ requests: 10 }), strict))).toEqual([
    'high',
    'medium',
    'low',
  ])
})

describe('confidence', () => {
  test.each([
    ['high', ['payment', 'client', 'content'], {}],
    ['high', ['payment', 'client', 'content'], { coverage: 0.8 }],
    ['moderate', ['payment', 'client', 'content'], { coverage: 0.7 }],
    ['moderate', ['payment', 'client', 'content'], { isFragile: true }],
    ['moderate', ['payment', 'client'], {}],
    ['low', ['payment'], {}],
  ] as const)('%s on %j, %j', (confidence, families, over) => {
    expect(confidenceOf(aScore(14, families), someFacts(over))).toBe(confidence)
  })
})

describe('after earlier reviews', () => {
  test.each([
    ['low', 'low', 0, false],
    ['medium', 'low', 0, true],
    ['medium', 'low', 0.9, true],
    ['high', 'high', 0, true],
    ['high', 'high', 0.49, false],
    ['medium', 'high', 0.5, false],
    ['high', 'critical', 0.5, true],
    ['low', 'medium', 0.5, false],
    ['medium', 'medium', 0.5, true],
    ['low', 'low', 1, false],
  ] as const)(
    '%s: %s by the evidence, %d cleared, tied to a confirmed account: %s',
    (severity, byEvidence, clearedShare, isTied) => {
      expect(reviewedSeverity(byEvidence, { clearedShare, isTied })).toBe(severity)
    },
  )
})
