import fc from 'fast-check'
import { marked } from 'marked'
import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import type { ReportStyle } from '../../src/report/registry.ts'
import { hostileText, resultWith, TRICKS } from './hostile.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 5 }

/** The tags that a parser of GitHub Flavored Markdown makes of the report, in order, the insides of code left out. */
function skeleton(text: string): string {
  const page = marked.parse(renderMarkdown(resultWith(text), style), { gfm: true, async: false })
  return (page.replaceAll(/<code>[^<]*<\/code>/g, '').match(/<[^>]*>/g) ?? []).join('')
}

const harmless = skeleton('acct_x')

test('a harmless report has tables, folds and no link', () => {
  expect(harmless).toMatch(/<table>.*<details>/u)
  expect(harmless).not.toMatch(/<a |<img/u)
})

test.each(TRICKS.map((text) => [JSON.stringify(text.slice(0, 40)), text]))('%s makes no markup', (_, text) => {
  expect(skeleton(text)).toBe(harmless)
})

test('nor does anything else', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(skeleton(text)).toBe(harmless)
    }),
    { numRuns: 100 },
  )
})
