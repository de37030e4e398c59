import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import type { ReportedNetworks } from '../../src/evaluate/evaluation.ts'
import type { Label, LabelClass } from '../../src/evaluate/label.ts'
import { SEVERITIES, type Severity } from '../../src/model.ts'

const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

const group = (network: string, kind: string, accounts: readonly string[], label: LabelClass = 'fraud'): Label[] =>
  accounts.map((accountId) => ({ accountId, network, class: label, kind }))

const report = (...networks: (readonly [Severity, readonly string[]])[]): ReportedNetworks => ({
  networks: networks.map(([severity, accounts], i) => ({ rank: i + 1, severity, accounts })),
})

/** A ring of 6, a crew of 4, a fraud pair, trial credits of 3, a family of 3 and 10 strangers. */
const labels: readonly Label[] = [
  ...group('ring', 'pipeline', ids('r', 6)),
  ...group('crew', 'crew', ids('c', 4)),
  ...group('pair', 'crew', ids('p', 2)),
  ...group('trial', 'trial-credit', ids('t', 3), 'abuse'),
  ...group('home', 'family', ids('h', 3), 'innocent'),
  ...group('', 'background', ids('b', 10), 'innocent'),
]

const mixed = report(
  ['high', ['r0', 'r1', 'r2', 'b0']],
  ['high', ['t0', 't1', 't2']],
  ['medium', ['r3', 'r4', 'p0', 'x9']], // x9 has no label
  ['low', ['h0', 'h1', 'h2', 'c0']],
  ['low', ['c1', 'c2']], // below the size: not reported
)

describe('worked numbers', () => {
  const found = evaluate(mixed, labels)

  test('accounts: fraud among the reported, found among those of true networks of the size', () => {
    // reported 4 + 3 + 4 + 4; fraud among them r0–r4, p0, c0; to find 6 + 4 (the pair is too small), found r0–r4, c0
    const [precision, recall] = [7 / 15, 6 / 10]
    const f1 = (2 * precision * recall) / (precision + recall)
    expect(found.accounts).toEqual({ reported: 15, correct: 7, true: 10, found: 6, precision, recall, f1 })
    expect(found.smallerCampaigns).toBe(1)
    expect(found.unlabelled).toBe(1)
  })

  test('pairs: in one reported network and in one true network of the size', () => {
    // reported 6 + 3 + 6 + 6; right r0–r2: 3, r3–r4: 1; true 15 + 6. F1 = 2 · 4 / (21 + 21)
    expect(found.pairs).toEqual({
      ...{ reported: 21, correct: 4, true: 21, precision: 4 / 21, recall: 4 / 21 },
      f1: expect.closeTo(8 / 42, 12),
    })
  })

  test('a row for each severity and what is above it', () => {
    expect(found.bySeverity.map((row) => row.severity)).toEqual([...SEVERITIES])
    expect(found.bySeverity.map((row) => row.networks)).toEqual([4, 3, 2, 0])
    expect(found.bySeverity.map((row) => row.accounts.reported)).toEqual([15, 11, 7, 0])
    expect(found.bySeverity.map((row) => row.accounts.found)).toEqual([6, 5, 3, 0])
    expect(found.bySeverity.map((row) => row.pairs.correct)).toEqual([4, 4, 3, 0])
    expect(found.bySeverity.map((row) => row.mostlyInnocent)).toEqual([1, 0, 0, 0]) // the family and c0
    expect(found.bySeverity.map((row) => row.abuse)).toEqual([
      { networks: 1, accounts: 3 },
      { networks: 1, accounts: 3 },
      { networks: 1, accounts: 3 },
      { networks: 0, accounts: 0 },
    ])
    expect(found.falseAlarms).toEqual({ mostlyInnocent: 0, abuseAboveMedium: 1 })
    expect(evaluate(mixed, labels, { minSeverity: 'high' }).accounts).toEqual(found.bySeverity[2]!.accounts)
  })

  test('campaigns: recall, pieces, and the rank of the largest piece', () => {
    expect(found.campaigns).toEqual([
      {
        ...{ network: 'ring', class: 'fraud', kind: 'pipeline', accounts: 6, recall: 5 / 6 },
        recallBySeverity: { low: 5 / 6, medium: 5 / 6, high: 1 / 2, critical: 0 },
        ...{ fragments: 2, rank: 1, severity: 'high' },
      },
      {
        ...{ network: 'crew', class: 'fraud', kind: 'crew', accounts: 4, recall: 1 / 4 },
        recallBySeverity: { low: 1 / 4, medium: 0, high: 0, critical: 0 },
        ...{ fragments: 1, rank: 4, severity: 'low' },
      },
      {
        ...{ network: 'trial', class: 'abuse', kind: 'trial-credit', accounts: 3, recall: 1 },
        recallBySeverity: { low: 1, medium: 1, high: 1, critical: 0 },
        ...{ fragments: 1, rank: 2, severity: 'high' },
      },
    ])
    const [ring, crew] = evaluate(mixed, labels, { minSeverity: 'medium' }).campaigns
    expect([ring?.recall, ring?.fragments]).toEqual([5 / 6, 2])
    expect([crew?.recall, crew?.fragments, crew?.rank, crew?.severity]).toEqual([0, 0, null, null])
  })

  test('innocent kinds: accounts reported, and networks that are mostly theirs', () => {
    const none = { low: 0, medium: 0, high: 0, critical: 0 }
    expect(found.innocentKinds).toEqual([
      { kind: '(unlabelled)', accounts: 0, reported: { ...none, low: 1, medium: 1 }, networks: none },
      { kind: 'background', accounts: 10, reported: { ...none, low: 1, medium: 1, high: 1 }, networks: none },
      { kind: 'family', accounts: 3, reported: { ...none, low: 3 }, networks: { ...none, low: 1 } },
    ])
  })

  test('requests are summed if the caller knows them', () => {
    const requests = new Map(ids('r', 6).map((id, i) => [id, i * 10]))
    expect(evaluate(mixed, labels, { requests }).campaigns.map((each) => each.requests)).toEqual([150, 0, 0])
  })
})

describe('with nothing there', () => {
  test('nothing reported: no precision, recall 0, F1 0', () => {
    const { accounts, pairs } = evaluate(report(), labels)
    expect(accounts).toMatchObject({ precision: null, recall: 0, f1: 0 })
    expect(pairs).toMatchObject({ precision: null, recall: 0, f1: 0 })
  })

  test('nothing to find: precision 0, no recall, no F1', () => {
    const { accounts } = evaluate(report(['low', ids('h', 3)]), group('home', 'family', ids('h', 3), 'innocent'))
    expect(accounts).toMatchObject({ precision: 0, recall: null, f1: null })
  })
})

test('one name with two classes is two networks, and the commonest kind names each', () => {
  const two = [
    ...group('a', 'relay', ['1', '2', '3']),
    ...group('a', 'x', ['4'], 'abuse'),
    ...group('a', 'pivot', ['5', '6']),
  ]
  const { campaigns } = evaluate(report(), two, { minSize: 1 })
  expect(campaigns.map((each) => [each.class, each.kind, each.accounts])).toEqual([
    ['fraud', 'relay', 5],
    ['abuse', 'x', 1],
  ])
})

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 })

test('a perfect report is 1 everywhere, whatever the sizes', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 5 }), (all, minSize) => {
      const groups = all.map((size, i) => ids(`g${i}_`, size))
      const truth = groups.flatMap((accounts, i) => group(`g${i}`, 'relay', accounts))
      const { accounts, pairs, campaigns } = evaluate(report(...groups.map((each) => ['high', each] as const)), truth, {
        minSize,
      })
      if (accounts.true === 0) return
      expect([accounts.precision, accounts.recall, accounts.f1]).toEqual([1, 1, 1])
      if (pairs.true > 0) expect([pairs.precision, pairs.recall, pairs.f1]).toEqual([1, 1, 1])
      expect(campaigns.every((each) => each.recall === 1 && each.fragments === 1)).toBe(true)
    }),
  )
})

test('the order of networks, of their accounts and of labels changes nothing, and a higher bar reports no more', () => {
  const everybody = labels.map((label) => label.accountId)
  const member = fc.record({ network: fc.integer({ min: 0, max: 5 }) })
  fc.assert(
    fc.property(
      fc.array(member, { minLength: everybody.length, maxLength: everybody.length }),
      fc.array(fc.constantFrom(...SEVERITIES), { minLength: 6, maxLength: 6 }),
      fc.infiniteStream(fc.nat()),
      (members, severities, keys) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((each) => [keys.next().value as number, each] as const)
            .sort(([a], [b]) => a - b)
            .map(([, each]) => each)
        const networks = severities.map((severity, i) => ({
          rank: i + 1,
          severity,
          accounts: everybody.filter((_, j) => members[j]!.network === i),
        }))
        const once = evaluate({ networks }, labels)
        const permuted = shuffled(networks).map((each) => ({ ...each, accounts: shuffled(each.accounts) }))
        expect(evaluate({ networks: permuted }, shuffled(labels))).toEqual(once)
        const reported = once.bySeverity.map((row) => row.accounts.reported)
        expect(reported.toSorted((a, b) => b - a)).toEqual(reported)
      },
    ),
    { numRuns: 50 },
  )
})
