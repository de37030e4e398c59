import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { STYLE } from '../../src/report/html/style.ts'
import { renderHtml } from '../../src/report/html.ts'
import { redact } from '../../src/report/redact.ts'
import type { ReportStyle } from '../../src/report/registry.ts'
import { HOSTILE_TEXTS, hostileText, plantEverywhere } from '../helpers/hostile.ts'
import { accountIds, aFullResult, aNetwork, aResult } from '../helpers/results.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 5 }
const render = (result: ScanResult): string => renderHtml(result, style)

/** The page without its texts, and without its pictures, which depend on who holds the same: its tags, in order. */
const skeleton = (page: string): string[] =>
  page.replace(/<figure>.*?<\/figure>/gsu, '').match(/<\/?[a-z][a-z0-9]*/giu) ?? []
const tagsOf = (page: string): Set<string> => new Set(page.match(/<[a-z][a-zA-Z0-9]*/gu))

describe('the page', () => {
  const page = render(redact(aFullResult()))

  test('allows nothing but its own style', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="(?<policy>[^"]*)"/u.exec(page)!
    const [, css] = /<style>(?<css>.*?)<\/style>/su.exec(page)!
    const hash = createHash('sha256').update(css!).digest('base64')
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
  })

  test('needs nothing: no script, no style attribute, no address', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|\sstyle=|\son[a-z]+=|url\((?!#)|@import/iu)
    expect(page.match(/https?:\/\/[^"\s<]*/gu)).toBeNull()
    expect([...page.matchAll(/href="(?<to>[^"]*)"/gu)].every(({ groups }) => groups!.to!.startsWith('#'))).toBe(true)
  })

  test('every link leads to a place on it, and no place is there twice', () => {
    const ids = [...page.matchAll(/\sid="(?<id>[^"]*)"/gu)].map(({ groups }) => groups!.id!)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...page.matchAll(/href="#(?<to>[^"]*)"/gu)].map(({ groups }) => groups!.to!)
    expect(links.length).toBeGreaterThan(3)
    expect(links.filter((to) => !ids.includes(to))).toEqual([])
  })

  test('is the same every time, whatever was drawn before', () => {
    expect(render(redact(aFullResult()))).toBe(page)
  })

  test('shows the claim, the evidence with its innocent causes, what would confirm them, and what was read', () => {
    for (const text of [
      'assessed to be under common control',
      'Best innocent explanation',
      'One billing contact who can name the holders of all accounts.',
      '48 of 60 accounts share 12 cards; none outside.',
      'Innocent causes: a company card; a family card.',
      'a'.repeat(64),
      'not valid JSON',
      'no column maps to system_prompt_hash',
      'same organization_id, issued by the provider',
      '131,002 timestamps without a zone were read as UTC',
    ]) {
      expect(page).toContain(text)
    }
  })

  test('says how many accounts it leaves out', () => {
    expect(page).toContain('550 more accounts in the JSON and CSV reports')
  })
})

test('request ids that came more than once are said', () => {
  const duplicates = { requests: 12, distinctRequestIds: 10, isExact: true, removed: 0 }
  expect(render(aResult({ duplicates }))).toContain('2 records with a request id seen before')
})

test('without a finding it says what was looked at', () => {
  expect(render(aResult())).toContain('<strong>No network reaches severity low.</strong> Tested: payment, client.')
})

describe('hostile values', () => {
  const harmless = skeleton(render(plantEverywhere(aFullResult(), () => 'x')))

  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text.slice(0, 40)), text]))('%s makes no tag', (_, text) => {
    const page = render(plantEverywhere(aFullResult(), () => text))
    expect(skeleton(page)).toEqual(harmless)
    expect(
      [...tagsOf(page)].filter((tag) => ['<script', '<img', '<iframe', '<a0', '<foreignObject'].includes(tag)),
    ).toEqual([])
  })

  // The drawing library keeps widths of texts in a plain object, and took what all objects inherit for an entry of its own.
  test.each(Object.getOwnPropertyNames(Object.prototype))('%s changes no object of the program', (name) => {
    const page = render(plantEverywhere(aFullResult(), () => name))
    const inherited = Reflect.get({}, name) as object | null
    expect(Object.keys(Object.prototype)).toEqual([])
    if (inherited !== null) expect(Object.keys(inherited)).toEqual([])
    expect(page).toContain(name)
  })

  test('nor do any others', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 20 }), (texts) => {
        let n = 0
        const small = aResult({ networks: [aNetwork({ accounts: accountIds(3) })], notes: ['x'] })
        const page = render(plantEverywhere(small, () => texts[n++ % texts.length]!))
        expect(skeleton(page)).toEqual(skeleton(render(plantEverywhere(small, () => 'x'))))
        expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
      }),
      { numRuns: 40 },
    )
  })

  test('a value of a megabyte makes no page of a megabyte', () => {
    const page = render(
      plantEverywhere(aResult({ networks: [aNetwork({ accounts: ['x'] })] }), () => 'z'.repeat(1_000_000)),
    )
    expect(page.length).toBeLessThan(200_000)
  })
})

describe('colours', () => {
  const sets = STYLE.match(/--paper:[^}]*/gu)!.map(
    (css) => new Map([...css.matchAll(/--([\w-]+): (#[\da-f]+)/gu)].map(([, name, value]) => [name!, value!])),
  )

  test.each([
    ['light', 0],
    ['dark', 1],
    ['print', 2],
  ])('%s: texts are legible, and marks stand out', (_, i) => {
    const colour = sets[i]!
    for (const text of ['ink', 'soft', 'accent']) {
      expect(contrast(colour.get(text)!, colour.get('paper')!), text).toBeGreaterThanOrEqual(4.5)
      expect(contrast(colour.get(text)!, colour.get('wash')!), text).toBeGreaterThanOrEqual(4.5)
    }
    for (const mark of ['network', 'others', 'value', 'heat-5']) {
      expect(contrast(colour.get(mark)!, colour.get('paper')!), mark).toBeGreaterThanOrEqual(3)
    }
  })

  test('contrast as WCAG 2.2 defines it: black on white 21, #767676 on white 4.54', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })
})

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(hex: string): number {
  const whole = hex.length === 4 ? hex.replace(/[\da-f]/gu, '$&$&') : hex
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(whole.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
