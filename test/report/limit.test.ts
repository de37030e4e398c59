import { expect, test } from 'vitest'
import type { Severity } from '../../src/model.ts'
import { limit, reaches } from '../../src/report/limit.ts'
import { aChange, accountIds, aNetwork, aResult } from '../helpers/results.ts'

const ranked = (...severities: Severity[]) =>
  aResult({
    networks: severities.map((severity, i) => aNetwork({ rank: i + 1, severity, accounts: accountIds(10 + i) })),
  })

// accounts by rank: 10, 11, 12, 13
const result = ranked('critical', 'medium', 'high', 'low')

test.each([
  ['all', 'low', null, [1, 2, 3, 4], { networks: 0, accounts: 0 }],
  ['by severity', 'medium', null, [1, 2, 3], { networks: 1, accounts: 13 }],
  ['by severity, out of rank order', 'high', null, [1, 3], { networks: 2, accounts: 24 }],
  ['by number', 'low', 2, [1, 2], { networks: 2, accounts: 25 }],
  ['by both', 'high', 1, [1], { networks: 3, accounts: 36 }],
  ['to none', 'critical', 0, [], { networks: 4, accounts: 46 }],
] as const)('limited %s', (_, minSeverity, top, ranks, omitted) => {
  const shown = limit(result, { minSeverity, top })
  expect(shown.networks.map((network) => network.rank)).toEqual(ranks)
  expect(shown.omitted).toEqual({ ...omitted, suppressedValues: 0, unchanged: 0 })
  expect(result.networks).toHaveLength(4)
})

test('what was left out before is counted on', () => {
  const twice = limit(limit(result, { minSeverity: 'medium', top: null }), { minSeverity: 'high', top: null })
  expect(twice.omitted).toEqual({ networks: 2, accounts: 24, suppressedValues: 0, unchanged: 0 })
})

test('a severity reaches itself and what is below', () => {
  expect(reaches('high', 'high')).toBe(true)
  expect(reaches('critical', 'low')).toBe(true)
  expect(reaches('medium', 'high')).toBe(false)
})

test('news alone: what is new, grown, merged or split', () => {
  const statuses = ['new', 'unchanged', 'grown', 'quiet', 'merged', 'shrunk', 'split'] as const
  const networks = statuses.map((status, i) =>
    aNetwork({
      rank: i + 1,
      severity: i === 6 ? 'low' : 'high',
      accounts: accountIds(10),
      change: aChange({ status }),
    }),
  )
  const shown = limit(aResult({ networks }), { minSeverity: 'medium', top: 2, onlyNews: true })
  expect(shown.networks.map(({ rank }) => rank)).toEqual([1, 3])
  expect(shown.omitted).toEqual({ networks: 5, accounts: 50, suppressedValues: 0, unchanged: 3 })
  const without = limit(aResult({ networks: [aNetwork()] }), { minSeverity: 'low', top: null, onlyNews: true })
  expect(without.networks).toHaveLength(1)
})
