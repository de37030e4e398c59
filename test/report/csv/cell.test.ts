import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell } from '../../../src/report/csv/cell.ts'
import { hostileText } from '../../helpers/hostile-results.ts'

test.each([
  ['a text', 'acct_81ae57', '"acct_81ae57"'],
  ['an empty text', '', '""'],
  ['nothing', null, ''],
  ['a number', -12.5, '-12.5'],
  ['no number', Number.NaN, ''],
  ['quotes and commas', 'a "b", c', '"a ""b"", c"'],
  ['a formula', '=HYPERLINK("https://example.org")', `"'=HYPERLINK(""https://example.org"")"`],
  ['a plus', '+1', `"'+1"`],
  ['a minus that is a text', '-1', `"'-1"`],
  ['an at', '@SUM(A1)', `"'@SUM(A1)"`],
  ['a blank before a formula', ' =1', `"' =1"`],
  ['a full-width equals sign', '＝1', `"'＝1"`],
  ['a tab', '\t=1', '"\\u{9}=1"'],
  ['a carriage return', '\r=1', '"\\u{d}=1"'],
  ['a line break', 'a\nb', '"a\\u{a}b"'],
  ['a bidirectional override', 'a\u202eb', '"a\\u{202e}b"'],
])('%s', (_, value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

test('a long text is cut to what a spreadsheet holds', () => {
  expect(csvCell('x'.repeat(1e6))).toHaveLength(32_002)
})

test('any row is one row of as many cells, and none is a formula', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 5 }), (values) => {
      const rows: string[][] = parse(`${values.map(csvCell).join(',')}\r\n`)
      expect(rows).toHaveLength(1)
      expect(rows[0]).toHaveLength(values.length)
      for (const cell of rows[0]!) {
        expect(cell).not.toMatch(/^ *[=+\-@＝＋－＠\t\r\n]/u)
        expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }
    }),
    { numRuns: 1000 },
  )
})
