import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createInline } from '../../src/report/markdown/inline.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { redact } from '../../src/report/redact.ts'
import type { ReportStyle } from '../../src/report/registry.ts'
import { accountIds, aFullResult, aNetwork, anEvidence, anInput, aResult } from '../helpers/results.ts'
import { hostileText, resultWith, TRICKS } from './hostile.ts'

const style: ReportStyle = { width: 80, color: true, unicode: true, minSeverity: 'medium', top: null, details: 5 }
const MIB = 2 ** 20

/** Where a code span stands; what is inside it is inert. */
const withoutCode = (text: string): string => text.replaceAll(/`[^`\n]+`/g, 'C')
/** Everything that Markdown or HTML are made of, in order, outside of code spans. */
const structure = (text: string): string => withoutCode(text).replaceAll(/[^|#*<>[\]!_~`\\&$@/\n=+{}"^-]/g, '')

describe('the whole report', () => {
  test('of three networks', async () => {
    const result = aFullResult()
    const hourly = Array.from({ length: 14 * 24 }, (_, hour) => (hour * 7) % 50)
    const busy = {
      ...result,
      networks: result.networks.map((each) => ({ ...each, activity: { from: each.firstSeen, hourly } })),
    }
    const text = renderMarkdown(redact(busy), style)
    expect(text).toMatch(/[^\n]\n$/)
    await expect(text).toMatchFileSnapshot('snapshots/markdown.txt')
  })

  test('without a finding', async () => {
    await expect(renderMarkdown(aResult(), style)).toMatchFileSnapshot('snapshots/markdown-empty.txt')
  })

  test('in ASCII', () => {
    const hourly = new Array(200).fill(3)
    const networks = [aNetwork({ activity: { from: '2026-06-01T00:00:00.000Z', hourly }, accounts: ['é'] })]
    const text = renderMarkdown(aResult({ networks }), { ...style, unicode: false })
    expect(text).toMatch(/^[\x20-\x7e\n]*$/)
    expect(text).toContain('`88888888')
  })

  test('only the first networks are described, the rest is in the table', () => {
    const text = renderMarkdown(aFullResult(), { ...style, details: 1 })
    expect(text).toContain('## 1. `c2v6tq7r4d`')
    expect(text).not.toContain('## 2.')
    expect(text).toContain('| 3 | `z3h5j6k2pa` |')
    expect(text).toContain('2 further networks are in the table alone')
  })

  test('fifty accounts are named, and how many more there are', () => {
    const text = renderMarkdown(aResult({ networks: [aNetwork({ accounts: accountIds(60) })] }), style)
    expect(text).toContain('`acct_0050`')
    expect(text).not.toContain('`acct_0051`')
    expect(text).toContain('\n10 more in the JSON report.\n')
  })

  test('the words are careful, and confidence and likelihood stand apart', () => {
    const text = renderMarkdown(aResult({ networks: [aNetwork({ falseDiscoveryRate: 0.05 })] }), style)
    expect(text).toContain('suspected')
    expect(text).not.toMatch(/fraudster|criminal|proof|proven|guilty/i)
    const sentences = text.split(/\n|(?<=\.) /)
    expect(sentences.filter((each) => /confidence:/i.test(each) && /chance|expected|likely/i.test(each))).toEqual([])
  })
})

describe('texts from a log', () => {
  const { code, prose } = createInline(true)

  test.each([
    ['fp_9Qx', '`fp_9Qx`'],
    ['a`b', '`a\\u{60}b`'],
    ['`', '`\\u{60}`'],
    ['a|b', '`a\\u{7c}b`'],
    ['a\\|b', '`a\\\\u{7c}b`'],
    ['a\nb', '`a\\u{a}b`'],
    ['', '(empty)'],
    ['<b>&amp;', '`<b>&amp;`'],
  ])('%j as a value', (value, expected) => {
    expect(code(value)).toBe(expected)
  })

  test.each([
    ['48 of 60 accounts share 12 cards; none outside.', '48 of 60 accounts share 12 cards; none outside.'],
    [
      'idle longer than 100.0 % of 1,234,567 (all of them), 9.5%',
      'idle longer than 100.0 % of 1,234,567 (all of them), 9.5%',
    ],
    ['card_fingerprint fp_9…2Ke; else none', '`card_fingerprint fp_9…2Ke`; else none'],
    ['see https://example.org/a.', 'see `https://example.org/a`.'],
    ['www.example.org', '`www.example.org`'],
    ['ada@example.org', '`ada@example.org`'],
    ['by @ada #12 GH-12 :x: org/repo#1', 'by `@ada #12 GH-12 :x: org/repo#1`'],
    ['commit deadbeef 1234567', 'commit `deadbeef 1234567`'],
    ['![a](b) <i>c</i>', '`![a](b) <i>c</i>`'],
    ['a  b', 'a b'],
    ['', '(empty)'],
  ])('%j as a sentence', (text, expected) => {
    expect(prose(text)).toBe(expected)
  })

  const plainStructure = structure(renderMarkdown(resultWith('acct_x'), style))

  test.each(TRICKS.map((text) => [text.slice(0, 30), text]))('%j forms neither Markdown nor HTML', (_, text) => {
    const rendered = renderMarkdown(resultWith(text), style)
    expect(structure(rendered)).toBe(plainStructure)
  })

  test('nothing but code spans and English words, whatever the log holds', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, unicode) => {
        const rendered = renderMarkdown(resultWith(text), { ...style, unicode })
        expect(rendered.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(structure(rendered)).toBe(plainStructure)
        const outside = withoutCode(rendered).replace('SHA-256', '')
        expect(outside).toMatch(/^[\x20-\x7e\n]*$/)
        // Mentions, references, links, emoji, commits and references of trackers, as GitHub finds them in text.
        expect(outside).not.toMatch(/@\w|#\d|\w:\/\/|www\.|:[\w+-]+:|\w\.[a-z]|\b[A-Za-z]+-\d/i)
        expect(outside).not.toMatch(/\b[\da-f]{7,40}\b/)
        if (!unicode) expect(rendered).toMatch(/^[\x20-\x7e\n]*$/)
      }),
      { numRuns: 300 },
    )
  })

  test('every row of a table has as many cells as its head', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const blocks = renderMarkdown(resultWith(text), style).split('\n\n')
        for (const block of blocks.filter((each) => each.startsWith('|'))) {
          expect(new Set(block.split('\n').map((line) => line.split('|').length)).size).toBe(1)
        }
      }),
    )
  })
})

describe('size', () => {
  const many = (count: number, over: Parameters<typeof aNetwork>[0] = {}) =>
    Array.from({ length: count }, (_, i) => aNetwork({ ...over, rank: i + 1, id: `n${String(i).padStart(9, '0')}` }))
  const bytesOf = (text: string): number => Buffer.byteLength(text)

  test('200 networks described in full fit a job summary', () => {
    const text = renderMarkdown(aResult({ networks: many(200) }), { ...style, details: 200 })
    expect(text).toContain('## 200. ')
    expect(text).not.toContain('not described here')
    expect(bytesOf(text)).toBeLessThan(MIB)
  })

  test('networks at their longest are cut, and a line says so', () => {
    const long = '漢'.repeat(500)
    const evidence = Array.from({ length: 20 }, () => anEvidence({ summary: long }))
    const networks = many(200, { accounts: accountIds(60, long), evidence, fragile: { dependsOn: long } })
    const text = renderMarkdown(aResult({ networks }), { ...style, details: 200 })
    expect(bytesOf(text)).toBeLessThan(MIB)
    const described = text.match(/^## \d+\. /gm)!.length
    expect(described).toBeGreaterThan(10)
    expect(text).toContain(`**${200 - described} networks not described here, to stay within the size of a job summary`)
    expect(text).toContain('## Settings')
  })

  test('so is a table of 20,000 networks, and an intake of 5,000 files', () => {
    const inputs = Array.from({ length: 5000 }, (_, i) => anInput({ path: `${'漢'.repeat(300)}${i}` }))
    const text = renderMarkdown(aResult({ networks: many(20_000), inputs }), { ...style, details: 20_000 })
    expect(bytesOf(text)).toBeLessThan(MIB)
    expect(text).toMatch(/\*\*[\d,]+ further networks left out of this table/)
    expect(text).toContain('**4,950 further inputs in the JSON report.**')
    expect(text).toContain('## 1. ')
  })
})
