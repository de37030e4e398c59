import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { redact } from '../../src/report/redact.ts'
import type { ReportStyle } from '../../src/report/registry.ts'
import { displayWidth } from '../../src/report/table/layout.ts'
import { renderTable } from '../../src/report/table.ts'
import { aFullResult, aNetwork, anEvidence, aResult, aReview } from '../helpers/results.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'medium', top: null, details: 5 }
const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth))

describe('the whole report', () => {
  test.each([60, 80, 160])('at %i columns', async (width) => {
    const text = renderTable(redact(aFullResult()), { ...style, width })
    expect(widest(text)).toBeLessThanOrEqual(width)
    expect(text).toMatch(/[^\n]\n$/)
    await expect(text).toMatchFileSnapshot(`snapshots/table-${width}.txt`)
  })

  test('in ASCII', async () => {
    const text = renderTable(redact(aFullResult()), { ...style, unicode: false })
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    await expect(text).toMatchFileSnapshot('snapshots/table-ascii.txt')
  })

  test('without a finding', async () => {
    await expect(renderTable(aResult(), style)).toMatchFileSnapshot('snapshots/table-empty.txt')
  })
})

test('colour changes nothing but colour', () => {
  const plain = renderTable(aFullResult(), style)
  const colored = renderTable(aFullResult(), { ...style, color: true })
  expect(colored).not.toBe(plain)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain)
})

test('the words are careful', () => {
  const text = renderTable(aFullResult(), style)
  expect(text).toContain('suspected')
  expect(text).not.toMatch(/fraudster|criminal|proof|proven|guilty/i)
})

test('only the first networks are described', () => {
  const text = renderTable(aFullResult(), { ...style, details: 1 })
  expect(text).toContain('1. c2v6tq7r4d')
  expect(text).not.toContain('2. m4k7q2xw5a')
  expect(text).toContain('2 further networks not described here')
})

test('huge figures fit by leaving columns for words', () => {
  const network = aNetwork({ requests: 28_800_000_123, outputTokens: 9_007_199_254_740_991, rank: 104 })
  const text = renderTable(aResult({ networks: [network] }), style)
  expect(widest(text)).toBeLessThanOrEqual(80)
  expect(text).toContain('last seen 2026-06-14')
})

test('a network without requests has no dates', () => {
  const network = aNetwork({ requests: 0, firstSeen: null, lastSeen: null })
  expect(renderTable(aResult({ networks: [network] }), style)).toContain('no request; 0 requests')
})

test('whatever a log holds, lines stay whole and nothing raw gets through', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 120 })
  const hostile = fc.record({ id: texts, value: texts, summary: texts, reason: texts, note: texts, path: texts })
  fc.assert(
    fc.property(hostile, fc.integer({ min: 60, max: 200 }), fc.boolean(), (text, width, unicode) => {
      const rendered = renderTable(hostileResult(text), { ...style, width, unicode })
      expect(rendered.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
      if (!unicode) expect(rendered).toMatch(/^[\x20-\x7e\n]*$/)
      expect(widest(rendered)).toBeLessThanOrEqual(width)
    }),
    { numRuns: 300 },
  )
})

function hostileResult(
  text: Readonly<Record<'id' | 'value' | 'summary' | 'reason' | 'note' | 'path', string>>,
): ScanResult {
  const full = aFullResult()
  return {
    ...full,
    inputs: full.inputs.map((input) => ({ ...input, path: text.path })),
    notes: [text.note],
    expiredDeclarations: [
      { path: text.path, lines: [2], owner: text.summary, expired: text.note, accounts: 1, networks: [text.id] },
    ],
    suppressedValues: [{ field: 'ip', value: text.value, accounts: 3, reason: text.reason }],
    networks: [
      aNetwork({
        accounts: [text.id],
        evidence: [anEvidence({ summary: text.summary })],
        fragile: { dependsOn: text.value },
        innocentExplanation: { name: text.reason, residualBits: 1, wouldBeConfirmedBy: text.note },
        review: aReview({
          confirmed: ['acct_1'],
          declared: [{ owner: text.summary, reason: text.reason, until: text.note, accounts: [text.id] }],
          linkedOutside: [text.id],
        }),
      }),
    ],
  }
}
