import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locateRecords } from '../../src/sources/locate.ts'
import type { CsvDialect } from '../../src/sources/source.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()
let count = 0

const locate = async (text: string | Buffer, dialect: CsvDialect | null, records: number[], gzip = false) => {
  const path = folder.write(`${++count}`, gzip ? gzipSync(text) : text)
  return locateRecords({ path, layers: gzip ? ['gzip'] : [], dialect }, records)
}

const csv = (headerLines = 1, delimiter = ','): CsvDialect => ({ delimiter, quote: '"', header: [], headerLines })

describe('NDJSON: every line that is not blank is a record', () => {
  test.each([
    ['plain lines', '{}\n{}\n{}\n', [1, 2, 3], [1, 2, 3]],
    ['blank and whitespace-only lines', '{}\n\n \t\v\f\n{}\r\n\r\n{}', [1, 2, 3], [1, 4, 6]],
    ['a line of zero bytes counts', '{}\n\0\0\n{}\n', [2, 3], [2, 3]],
    ['an indented record', '\n   {}\n', [1], [2]],
    ['records that are not there', '{}\n{}\n', [2, 3, 9], [2, 0, 0]],
    ['the same record twice', '{}\n\n{}\n', [2, 2], [3, 3]],
    ['an empty file', '', [1], [0]],
    ['nothing wanted', '{}\n', [], []],
  ])('%s', async (_, text, records, lines) => {
    expect(await locate(text, null, records)).toEqual(lines)
  })

  test('agrees with a naive splitter, compressed or not', async () => {
    const line = fc.oneof(fc.constantFrom('', ' ', '\t\r', '\r'), fc.string({ unit: 'binary', maxLength: 8 }))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.boolean(), async (lines, gzip) => {
        const physical = lines.join('\n').split('\n')
        const expected = physical.flatMap((text, i) => (/[^ \t\n\v\f\r]/.test(text) ? [i + 1] : []))
        const records = expected.map((_, i) => i + 1)
        expect(await locate(Buffer.from(physical.join('\n')), null, records, gzip)).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })
})

describe('CSV: records below the header', () => {
  test.each([
    ['plain rows', 'h,i\n1,2\n3,4\n', csv(), [1, 2], [2, 3]],
    ['empty lines are no records', 'h,i\n\n1,2\n\r\n3,4', csv(), [1, 2], [3, 5]],
    ['a line of spaces is one', 'h,i\n  \n1,2\n', csv(), [1, 2], [2, 3]],
    ['CRLF', 'h,i\r\n1,2\r\n3,4\r\n', csv(), [1, 2], [2, 3]],
    ['quoted newlines', 'h,i\n1,"a\r\nb\n"\n2,x\n', csv(), [1, 2], [2, 5]],
    ['doubled quotes', 'h,i\n1,"say ""hi\n"""\n2,x\n', csv(), [1, 2], [2, 4]],
    ['a quote inside a field is a character', 'h,i\n1,5" pipe\n2,x\n', csv(), [1, 2], [2, 3]],
    ['spaces before a quote', 'h,i\n1,  "a\nb"\n2,x\n', csv(), [1, 2], [2, 4]],
    ['a header over two lines, titles above', 'title\n\n"a\nb",c\n1,2\n3,4\n', csv(4), [1, 2], [5, 6]],
    ['another delimiter', 'h;i\n1;";"\n2;"a\n"\n3;4\n', csv(1, ';'), [2, 3], [3, 5]],
    ['an open quote runs to the end', 'h,i\n1,"a\n2,b\n', csv(), [1, 2], [2, 0]],
    ['a row that begins with a quote', 'h,i\n"a\nb",1\n"c",2\n', csv(), [1, 2], [2, 4]],
  ])('%s', async (_, text, dialect, records, lines) => {
    expect(await locate(text, dialect, records)).toEqual(lines)
  })

  test('agrees with the line on which each written record begins', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 6 })
    const rows = fc.array(fc.tuple(cell, cell, fc.nat({ max: 2 })), { maxLength: 20 })
    const write = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (all, gzip) => {
        let text = 'h,i\n'
        const expected: number[] = []
        for (const [a, b, blanks] of all) {
          expected.push(text.split('\n').length)
          text += `${write(a)},${write(b)}\n${'\n'.repeat(blanks)}`
        }
        const records = expected.map((_, i) => i + 1)
        expect(await locate(text, csv(), records, gzip)).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })
})

test('finds records beyond the first read', async () => {
  const long = 'x'.repeat(1000)
  const lines = Array.from({ length: 5000 }, (_, i) => (i % 3 === 0 ? '' : long))
  const expected = lines.flatMap((text, i) => (text === '' ? [] : [i + 1]))
  const wanted = [1, 1500, expected.length]
  const found = wanted.map((record) => expected[record - 1])
  expect(await locate(lines.join('\n'), null, wanted)).toEqual(found)
  expect(await locate(lines.join('\n'), null, wanted, true)).toEqual(found)
})
