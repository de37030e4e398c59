import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCell } from '../../src/report/csv/cell.ts'
import { renderCsv } from '../../src/report/csv.ts'
import type { ReportStyle } from '../../src/report/registry.ts'
import { safeText } from '../../src/report/safe-text.ts'
import { aFullResult, aNetwork, aResult } from '../helpers/results.ts'
import { hostileText, resultWith } from './hostile.ts'

const style: ReportStyle = { width: 80, color: true, unicode: true, minSeverity: 'low', top: null, details: 5 }

describe('a cell', () => {
  test.each([
    [null, ''],
    ['', ''],
    ['plain text', 'plain text'],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['a;b', '"a;b"'],
    [' padded', '" padded"'],
    ['a\nb', 'a\\u{a}b'],
    ['\u202eb', '\\u{202e}b'],
    ['é漢', 'é漢'],
    [-12.5, '-12.5'],
    [0, '0'],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
  ])('%j', (value, expected) => {
    expect(csvCell(value)).toBe(expected)
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠1', "'＠1"],
    ['−1', "'−1"],
    [' =1', "' =1"],
    ['=HYPERLINK("https://example.org","x")', `"'=HYPERLINK(""https://example.org"",""x"")"`],
    ['\t=1', '\\u{9}=1'],
    ['\r=1', '\\u{d}=1'],
  ])('%j is no formula', (value, expected) => {
    expect(csvCell(value)).toBe(expected)
  })

  test('is one line, reads back as the visible text, and begins no formula', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cell = csvCell(text)
        expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        const [[read]] = parse(`${cell},end\n`, { relax_column_count: false }) as [[string]]
        expect(read).not.toMatch(/^\s*[=+\-@]/)
        expect(read.normalize('NFKC')).not.toMatch(/^\s*[=+\-@]/)
        const shown = safeText(text, { maxLength: 32_766 })
        expect([shown, `'${shown}`]).toContain(read)
        expect(read.length).toBeLessThanOrEqual(32_767)
      }),
    )
  })
})

describe('the report', () => {
  test('one row per account, with its network', () => {
    const rows = parse(renderCsv(aFullResult(), style), { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(664)
    expect(rows[600]).toEqual({
      account_id: 'acct_0001',
      network_id: 'm4k7q2xw5a',
      rank: '2',
      severity: 'high',
      claim: 'common-control',
      confidence: 'high',
      score: '19.2',
      change: '',
      review: 'confirmed',
      cell: '0',
      requests: '2140',
      output_tokens: '1223521',
      first_seen: '2026-06-01T00:12:31.000Z',
      last_seen: '2026-06-14T23:48:02.000Z',
      link_1_field: 'card_fingerprint',
      link_1_value: 'fp_9Qx77TLm02Ke',
      link_1_bits: '11.2',
      ...{ link_2_field: '', link_2_value: '', link_2_bits: '', link_3_field: '', link_3_value: '', link_3_bits: '' },
      innocent_explanation: 'a company whose staff share a card',
      would_be_confirmed_by: 'one billing contact who can name the holders of all accounts',
    })
  })

  test('at severity low nothing is claimed but a link', () => {
    const network = aNetwork({ accounts: ['a'], severity: 'low' })
    const [row] = parse(renderCsv(aResult({ networks: [network] }), style), { columns: true }) as Record<
      string,
      string
    >[]
    expect(row!.claim).toBe('linked')
  })

  test('the header is there without networks, and rows end in a line feed alone', () => {
    const empty = renderCsv(aResult(), style)
    expect(empty).toMatch(/^account_id,network_id,rank,[\w,]+\n$/)
    expect(renderCsv(aFullResult(), style)).not.toContain('\r')
    expect(renderCsv(aFullResult(), style).startsWith(empty)).toBe(true)
  })

  test('an account without requests has empty dates', () => {
    const network = aNetwork({ accounts: ['a'] })
    const members = network.members.map((member) => ({ ...member, firstSeen: null, lastSeen: null, links: [] }))
    const [row] = parse(renderCsv(aResult({ networks: [{ ...network, members }] }), style), { columns: true }) as [
      Record<string, string>,
    ]
    expect([row.first_seen, row.last_seen, row.link_1_value]).toEqual(['', '', ''])
  })

  test('whatever a log holds, there are as many lines as accounts, and as many cells as columns', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const csv = renderCsv(resultWith(text), style)
        expect(csv.split('\n')).toHaveLength(4) // header, two accounts, nothing behind the last
        const rows = parse(csv) as string[][]
        expect(rows.map((row) => row.length)).toEqual([25, 25, 25])
        for (const cell of rows.flat()) expect(cell.normalize('NFKC')).not.toMatch(/^\s*[=+\-@]/)
      }),
    )
  })
})
