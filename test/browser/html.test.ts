import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderHtml } from '../../src/report/html.ts'
import { redact } from '../../src/report/redact.ts'
import type { ReportStyle } from '../../src/report/registry.ts'
import { scan } from '../../src/scan.ts'
import { HOSTILE_TEXTS, plantEverywhere } from '../helpers/hostile.ts'
import { aFullResult, aNetwork, aResult } from '../helpers/results.ts'
import { CHROMIUM, launch, openFromDisk } from './browser.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 5 }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

if (CHROMIUM === null) console.warn('No Chromium found (CHROMIUM=PATH names one): the browser tests are SKIPPED.')

describe.skipIf(CHROMIUM === null)('the HTML report in a browser', () => {
  let browser: Browser
  let demo: string

  beforeAll(async () => {
    browser = await launch()
    const result = await scan({ inputs: ['fixtures/demo/logs.ndjson'], accounts: ['fixtures/demo/accounts.csv'] })
    demo = renderHtml(redact(result), style)
  })
  afterAll(() => browser?.close())

  test.each(['light', 'dark'] as const)(
    'opens from disk in %s: no complaint, nothing asked for',
    async (colorScheme) => {
      const { page, requests, complaints, close } = await openFromDisk(browser, demo, { colorScheme, offline: true })
      expect(await page.title()).toBe('7 suspected networks of accounts')
      expect(await page.locator('svg[role=img]').count()).toBeGreaterThan(4)
      const [paper, ink] = await page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.body)
        return [backgroundColor, color].map((css) => (css.match(/\d+/gu) ?? []).reduce((sum, n) => sum + Number(n), 0))
      })
      expect(paper! > ink!).toBe(colorScheme === 'light')
      expect({ requests, complaints }).toEqual({ requests: [], complaints: [] })
      await close()
    },
  )

  test.each([320, 800, 1600])('%i pixels wide: nothing hangs out', async (width) => {
    const { page, close } = await openFromDisk(browser, demo, { viewport: { width, height: 800 } })
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true
    })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await close()
  })

  test('with the keyboard alone: skip link, rank table, folding', async () => {
    const { page, close } = await openFromDisk(browser, demo)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To the networks')
    const second = page.locator('details.network').nth(1)
    expect(await second.evaluate((each) => (each as HTMLDetailsElement).open)).toBe(false)
    await page.locator('a[href="#network-2"]').focus()
    await page.keyboard.press('Enter')
    expect(await second.evaluate((each) => (each as HTMLDetailsElement).open)).toBe(true)
    await second.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await second.evaluate((each) => (each as HTMLDetailsElement).open)).toBe(false)
    await close()
  })

  test('with a screen reader: no violation of WCAG 2.2 A and AA that a program can find, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, close } = await openFromDisk(browser, demo, { bypassCSP: true, colorScheme })
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true
      })
      await page.addScriptTag({ content: axe })
      const violations = await page.evaluate(async () => {
        // biome-ignore lint/suspicious/noExplicitAny: the checker is a global without types here
        const found = await (globalThis as any).axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
        return found.violations.map(
          (each: { id: string; nodes: { html: string }[] }) => `${each.id}: ${each.nodes[0]?.html}`,
        )
      })
      expect(violations).toEqual([])
      await close()
    }
  })

  test('on paper every network is unfolded', async () => {
    const { page, close } = await openFromDisk(browser, demo)
    const hidden = page.locator('#network-2')
    expect(await hidden.isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(await hidden.isVisible()).toBe(true)
    const paper = await page.pdf({ format: 'A4' })
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-')
    await close()
  })

  describe('hostile values', () => {
    test('nothing runs, nothing is asked for, nothing is complained of', async () => {
      for (const text of HOSTILE_TEXTS) {
        const page = renderHtml(
          plantEverywhere(aFullResult(), () => text),
          style,
        )
        const opened = await openFromDisk(browser, page)
        await opened.page.evaluate(() => {
          for (const each of document.querySelectorAll('details')) each.open = true
          for (const each of document.querySelectorAll('*'))
            each.dispatchEvent(new Event('mouseover', { bubbles: false }))
        })
        const { ran, elements } = await opened.page.evaluate(() => ({
          ran: 'ran' in globalThis,
          elements: document.querySelectorAll(
            'script, iframe, img, object, embed, link, form, [onerror], [onmouseover]',
          ).length,
        }))
        expect({ text, ran, elements, requests: opened.requests, complaints: opened.complaints }).toEqual({
          text,
          ran: false,
          elements: 0,
          requests: [],
          complaints: [],
        })
        await opened.close()
      }
    })

    test('were one to get through, the policy would stop it: planted by hand, no script runs and no picture is fetched', async () => {
      const broken = demo.replace(
        '<main>',
        '<main><script>window.ran = true</script><img src="https://203.0.113.9/x.png" onerror="window.ran = true">',
      )
      const { page, requests, blocked, complaints, close } = await openFromDisk(browser, broken)
      expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
      expect(complaints.length).toBeGreaterThan(0)
      expect(blocked).toEqual(requests)
      await close()
    })
  })

  test('200 networks, one of 25,000 accounts: all are there, and the page stays of a size that opens', async () => {
    const big = aNetwork({ accounts: Array.from({ length: 25_000 }, (_, i) => `acct_${i}`) })
    const networks = Array.from({ length: 200 }, (_, i) => ({ ...(i === 0 ? big : aNetwork()), rank: i + 1 }))
    const text = renderHtml(aResult({ networks }), style)
    expect(text.length).toBeLessThan(20_000_000)
    const { page, complaints, close } = await openFromDisk(browser, text)
    expect(await page.locator('details.network').count()).toBe(200)
    expect(await page.locator('#network-1').textContent()).toContain('Accounts (25,000)')
    expect(complaints).toEqual([])
    await close()
  })
})
