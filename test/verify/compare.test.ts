import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { compareInputs } from '../../src/verify/compare-inputs.ts'
import { compareReports } from '../../src/verify/compare-reports.ts'
import type { GivenFile } from '../../src/verify/verification.ts'
import { verify } from '../../src/verify/verify.ts'
import { accountIds, aFullResult, aNetwork, anInput, aResult } from '../helpers/results.ts'

const hash = (letter: string): string => letter.repeat(64)
const input = (path: string, letter: string) => anInput({ path, sha256: hash(letter), bytes: 10 })
const file = (path: string, letter: string, over: Partial<GivenFile> = {}): GivenFile => ({
  path,
  bytes: 10,
  sha256: hash(letter),
  isFound: false,
  ...over,
})

describe('inputs', () => {
  const words = (inputs: Parameters<typeof compareInputs>[0], files: readonly GivenFile[]): string[] =>
    compareInputs(inputs, files).map(
      ({ status, path, file: now, isRenamed, isDifference }) =>
        `${status} ${path} ${now}${isRenamed ? ' renamed' : ''}${isDifference ? ' !' : ''}`,
    )

  test.each([
    ['the same, in another order', ['b', 'a'], ['b', 'a'], ['same a a', 'same b b']],
    ['two that changed names', ['b', 'a'], ['a', 'b'], ['same a b renamed', 'same b a renamed']],
    ['another version', ['a', 'x'], ['a', 'b'], ['same a a', 'changed b b !']],
  ])('%s', (_, [first, second], [c1, c2], expected) => {
    const content: Record<string, string> = { a: 'a', b: 'b', x: 'c' }
    const names: Record<string, string> = { x: 'b' }
    const files = [file(names[first!] ?? c1!, content[first!]!), file(names[second!] ?? c2!, content[second!]!)]
    expect(words([input('a', 'a'), input('b', 'b')], files)).toEqual(expected)
  })

  test('a file in another folder is the same; of two with the same bytes the name decides', () => {
    const inputs = [input('logs/a', 'a'), input('logs/b', 'a'), input('logs/c', 'c')]
    expect(words(inputs, [file('x/c', 'c'), file('x/b', 'a'), file('x/a', 'a')])).toEqual([
      'same logs/a x/a renamed',
      'same logs/b x/b renamed',
      'same logs/c x/c renamed',
    ])
  })

  test('a file stands for one input only', () => {
    expect(words([input('a', 'a'), input('b', 'a')], [file('a', 'a')])).toEqual(['same a a', 'missing b null !'])
  })

  test('the same hash with another size is another file', () => {
    expect(words([input('a', 'a')], [file('a', 'a', { bytes: 11 })])).toEqual(['changed a a !'])
  })

  test('what the report does not know differs if it was named, not if it lies in a folder that was', () => {
    expect(words([input('a', 'a')], [file('a', 'a'), file('b', 'b'), file('c', 'c', { isFound: true })])).toEqual([
      'same a a',
      'extra null b !',
      'extra null c',
    ])
  })

  test('a renamed input is not taken for the new version of another', () => {
    // b holds what a held; the file a is new
    expect(words([input('a', 'a'), input('b', 'b')], [file('b', 'a'), file('a', 'z')])).toEqual([
      'same a b renamed',
      'missing b null !',
      'extra null a !',
    ])
  })
})

describe('results', () => {
  const full = aResult({ networks: aFullResult().networks })
  const changed = (over: Partial<ScanResult>): ScanResult => ({ ...full, ...over })
  const network = (over: object) => full.networks.map((each, i) => (i === 1 ? { ...each, ...over } : each))
  const NOTHING = {
    networks: { same: 3, changed: [], missing: [], unexpected: [], omitted: 0 },
    figures: [],
    parts: [],
  }

  test('the same, whatever the order of keys', () => {
    const turned = JSON.parse(JSON.stringify(full, Object.keys(full).reverse().concat(everyKey(full))))
    expect(compareReports(turned, full, true)).toEqual(NOTHING)
  })

  test.each([
    ['a score', { score: 9.9 }, ['score']],
    ['a severity and a claim', { severity: 'low' as const, claim: 'relay' as const }, ['severity', 'claim']],
    ['an account', { accounts: accountIds(59) }, ['accounts']],
    ['a date', { lastSeen: null }, ['lastSeen']],
    ['evidence', { evidence: [] }, ['evidence']],
    ['a property of nobody', { zeal: 1 }, ['zeal']],
  ])('%s', (_, over, differs) => {
    const { networks } = compareReports(changed({ networks: network(over) }), full, true)
    expect(networks).toEqual({ ...NOTHING.networks, same: 2, changed: [{ id: 'm4k7q2xw5a', rank: 2, differs }] })
  })

  test('networks that came and went', () => {
    const other = aNetwork({ id: 'aaaaaaaaaa' })
    const [first, ...rest] = full.networks
    expect(compareReports(full, changed({ networks: [...rest, other] }), true).networks).toMatchObject({
      same: 2,
      missing: [first!.id],
      unexpected: ['aaaaaaaaaa'],
    })
  })

  test('totals, joins, counts of inputs and other parts; not paths, nor the tool', () => {
    const input = { ...full.inputs[0]!, path: 'other.ndjson' }
    const moved = changed({ inputs: [input], tool: { name: 'distill-scan', version: '9.0.0' } })
    expect(compareReports(full, moved, true)).toEqual(NOTHING)
    const wrong = changed({
      totals: { ...full.totals, requests: 5 },
      inputs: [{ ...input, records: 1 }],
      joins: [{ path: 'a', on: 'account_id', matched: 1, unmatched: 0, repeated: 0, kept: 0 }],
      notes: ['another'],
      omitted: { networks: 0, accounts: 0, suppressedValues: 7, unchanged: 0 },
    })
    expect(compareReports(full, wrong, true)).toEqual({
      ...NOTHING,
      figures: [{ name: 'requests', reported: 131_002, found: 5 }],
      parts: ['notes', 'joins', 'omitted', 'inputs'],
    })
  })

  test('a limited report: what it leaves out must be as many, with as many accounts', () => {
    const [first, second, third] = full.networks
    const limited = changed({
      networks: [first!],
      omitted: { networks: 2, accounts: 64, suppressedValues: 0, unchanged: 0 },
    })
    expect(compareReports(limited, full, true).networks).toEqual({ ...NOTHING.networks, same: 1, omitted: 2 })
    for (const omitted of [
      { networks: 1, accounts: 64, suppressedValues: 0, unchanged: 0 },
      { networks: 2, accounts: 63, suppressedValues: 0, unchanged: 0 },
    ]) {
      const { networks } = compareReports({ ...limited, omitted }, full, true)
      expect(networks.unexpected).toEqual([second!.id, third!.id])
    }
  })

  test('a property that only one of two versions has is no difference; of one version it is', () => {
    const { accountIndex: _, ...older } = full
    expect(compareReports(older, full, false)).toEqual(NOTHING)
    expect(compareReports(older, full, true).parts).toEqual(['accountIndex'])
    const report = { ...older, tool: { name: 'distill-scan', version: '0.0.1' } } as const
    const { verdict, warnings } = verify(report, [], full, '0.1.0')
    expect({ verdict, warnings }).toEqual({
      verdict: 'same',
      warnings: ['version 0.0.1 made the report, and this is 0.1.0'],
    })
  })
})

/** Every key that is anywhere in a document, as JSON.stringify wants them. */
function everyKey(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  return [...new Set(Object.entries(value).flatMap(([key, inner]) => [key, ...everyKey(inner)]))]
}
