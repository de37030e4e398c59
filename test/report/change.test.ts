import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, GoneNetwork } from '../../src/model.ts'
import { changeWords, goneWords } from '../../src/report/change-words.ts'
import { limit } from '../../src/report/limit.ts'
import { REPORT_FORMATS, type ReportStyle, reports } from '../../src/report/registry.ts'
import { HOSTILE_TEXTS, hostileText } from '../helpers/hostile.ts'
import { aChange, accountIds, aNetwork, aResult } from '../helpers/results.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'medium', top: null, details: 5 }
const words = (change: Partial<Change>): string =>
  changeWords({ severity: 'high', change: aChange(change) }, (id) => `<${id}>`)
const gone = (over: Partial<GoneNetwork> = {}): GoneNetwork => ({
  id: 'z3h5j6k2pa',
  severity: 'high',
  accountCount: 40,
  requests: 1200,
  firstSeen: '2026-05-01T00:00:00.000Z',
  lastSeen: '2026-05-30T10:00:00.000Z',
  ...over,
})

describe('in words', () => {
  test.each([
    [{ status: 'unchanged' }, 'unchanged since 2026-06-01'],
    [{ status: 'new', from: [], earlierSeverity: null, added: ['a', 'b'] }, 'new since 2026-06-01'],
    [{ status: 'grown', since: null, added: ['a'] }, 'grown: 1 account added (<a>)'],
    [
      { status: 'grown', added: accountIds(12, 'a'), removed: ['x', 'y', 'z'] },
      'grown since 2026-06-01: 12 accounts added (<a0001>, <a0002>, <a0003>, <a0004>, <a0005> and 7 more), 3 removed (<x>, <y>, <z>)',
    ],
    [{ status: 'grown', earlierSeverity: 'medium' }, 'grown since 2026-06-01: severity was medium'],
    [{ status: 'shrunk', removed: ['x', 'y'] }, 'shrunk since 2026-06-01: 2 accounts removed (<x>, <y>)'],
    [
      { status: 'merged', from: ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'], added: ['n'] },
      'merged since 2026-06-01: out of aaaaaaaaaa, bbbbbbbbbb and cccccccccc, 1 account added (<n>)',
    ],
    [{ status: 'split', from: ['aaaaaaaaaa'] }, 'split since 2026-06-01: off aaaaaaaaaa'],
    [{ status: 'quiet', removed: ['x'] }, 'quiet since 2026-06-01: no request since then, 1 account removed (<x>)'],
  ] as const satisfies (readonly [Partial<Change>, string])[])('%o', (change, text) => {
    expect(words(change)).toBe(text)
  })

  test('what is gone: the first few', () => {
    expect(goneWords({ goneNetworks: [] })).toBeNull()
    expect(goneWords({ goneNetworks: [gone()] })).toBe(
      '1 network of the earlier report is not found again: z3h5j6k2pa (high, 40 accounts, last seen 2026-05-30)',
    )
    expect(goneWords({ goneNetworks: Array.from({ length: 7 }, () => gone({ lastSeen: null })) })).toMatch(
      /^7 networks of the earlier report are not found again: .*last seen -\) and 2 more$/,
    )
  })
})

const changed = aResult({
  networks: [
    aNetwork({ change: aChange({ status: 'grown', added: ['acct_0001'], removed: ['acct_gone'] }) }),
    aNetwork({ id: 'c2v6tq7r4d', rank: 2, change: aChange() }),
  ],
  goneNetworks: [gone()],
})

describe('every format that people read', () => {
  test.each(['table', 'html'] as const)('%s says what changed, what is gone and what is left out', async (format) => {
    const render = await reports[format].load()
    const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
    const all = oneLine(render(changed, style))
    expect(all).toContain('grown since 2026-06-01: 1 account added (acct_0001), 1 removed (acct_gone)')
    expect(all).toContain('unchanged since 2026-06-01')
    expect(all).toContain('1 network of the earlier report is not found again: z3h5j6k2pa (high, 40 accounts,')
    const news = oneLine(render(limit(changed, { ...style, onlyNews: true }), style))
    expect(news).not.toContain('c2v6tq7r4d')
    expect(news).toContain('1 network with 60 accounts: 1 unchanged, quiet or smaller (left out by --since-last)')
    const nothing = aResult({ networks: [aNetwork({ change: aChange() })] })
    expect(oneLine(render(limit(nothing, { ...style, onlyNews: true }), style))).toContain(
      'No network of severity medium or above is new, grown, merged or split.',
    )
  })

  test('of what is left out for two reasons, both are told', () => {
    const low = aNetwork({ severity: 'low', change: aChange({ status: 'new' }) })
    const both = aResult({ networks: [...changed.networks, low] })
    return reports.table.load().then((render) => {
      const text = render(limit(both, { ...style, onlyNews: true }), style).replace(/\s+/g, ' ')
      expect(text).toContain(
        '2 networks with 120 accounts: 1 unchanged, quiet or smaller (left out by --since-last), 1 below severity medium',
      )
    })
  })
})

test('JSON and NDJSON hold all of it', async () => {
  const document = JSON.parse((await reports.json.load())(changed, style))
  expect(document.networks[0].change).toEqual(changed.networks[0]!.change)
  expect(document.goneNetworks).toEqual(changed.goneNetworks)
  const [line] = (await reports.ndjson.load())(changed, style).split('\n')
  expect(JSON.parse(line!).change).toEqual(changed.networks[0]!.change)
})

describe('hostile ids of accounts that came or left', async () => {
  const planted = (id: string) =>
    aResult({
      networks: [
        aNetwork({ accounts: accountIds(3), change: aChange({ status: 'grown', added: [id, id], removed: [id] }) }),
      ],
    })
  const tags = (text: string): number => text.split('<').length

  test.each(REPORT_FORMATS)('%s', async (format) => {
    const render = await reports[format].load()
    const harmless = render(planted('acct_1'), style)
    fc.assert(
      fc.property(hostileText, (id) => {
        const text = render(planted(id), style)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
        expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u.test(text)).toBe(false)
        if (format === 'html') expect(tags(text)).toBe(tags(harmless))
      }),
      { numRuns: HOSTILE_TEXTS.length + 10, examples: HOSTILE_TEXTS.map((text) => [text] as [string]) },
    )
  })
})
