import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Salvaged, salvageCsv } from '../src/sources/salvage.ts'
import { openSpool } from '../src/sources/spool.ts'

/** The careful reading of a table with three columns, below its header. */
async function salvage(
  text: string,
  delimiter = ',',
): Promise<Salvaged & { readonly rows: string[][]; readonly text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-salvage-'))
  const spool = openSpool(folder)
  try {
    const path = join(folder, 'given.csv')
    writeFileSync(path, text)
    const dialect = { delimiter, quote: '"', header: ['a', 'b', 'c'], headerLines: 1 }
    const common = {
      role: 'log',
      bytes: text.length,
      sha256: Promise.resolve(''),
      compression: 'none',
      sample: [],
    } as const
    const saved = await salvageCsv({ ...common, name: 'given.csv', path, container: 'csv', dialect }, spool)
    const clean = gunzipSync(readFileSync(saved.source.path)).toString()
    const options = { delimiter, skip_empty_lines: true, record_delimiter: '\n' }
    return { ...saved, text: clean, rows: parse(clean, options) as string[][] }
  } finally {
    await spool.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`

test('what is written as CSV comes back as it was, whatever is in the cells', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ', '😀', "'", '\\'), maxLength: 8 })
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 })
  const usable = rows.filter((all) => all.every((cells) => cells.join('').trim() !== ''))
  await fc.assert(
    fc.asyncProperty(usable, fc.constantFrom(',', ';'), async (given, delimiter) => {
      const text = given.map((cells) => `${cells.map(quoted).join(delimiter)}\n`).join('')
      const saved = await salvage(`a${delimiter}b${delimiter}c\n${text}`, delimiter)
      expect(saved.rows).toEqual(given)
      expect({ rejected: saved.rejected, first: saved.first }).toEqual({ rejected: {}, first: [] })
    }),
    { numRuns: 60, seed: 21 },
  )
})

test('good records stay on the lines they had, so that a later reject is found in the file', async () => {
  const given = ['a,b,c', '1,2,3', '4,5,6,7', '', '8,"nine', 'lines",10', '11', '12,13,14']
  const { text, rows, first } = await salvage(given.join('\n'))
  expect(rows).toEqual([
    ['1', '2', '3'],
    ['8', 'nine\nlines', '10'],
    ['11', '', ''],
    ['12', '13', '14'],
  ])
  expect(first).toEqual([{ line: 3, reason: 'more fields than columns' }])
  const lineOf = (start: string): number => text.split('\n').findIndex((line) => line.startsWith(start)) + 1
  expect(['1,', '8,', '11', '12,'].map(lineOf)).toEqual([2, 5, 7, 8])
})

test('a quote that is never closed costs its line, not the file', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => `${i},x,y`)
  const { rows, rejected, first } = await salvage(['a,b,c', '0,"open,y', ...many].join('\n'))
  expect(rows).toHaveLength(3000)
  expect(rejected).toEqual({ 'a quote that is never closed': 1 })
  expect(first).toEqual([{ line: 2, reason: 'a quote that is never closed' }])
})

test('of more than a hundred rejects the first hundred are named, and all counted', async () => {
  const { rejected, first, rows } = await salvage(`a,b,c\n${'1,2,3,4\n'.repeat(250)}5,6,7\n`)
  expect(rejected).toEqual({ 'more fields than columns': 250 })
  expect(first.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, i) => i + 2))
  expect(rows).toEqual([['5', '6', '7']])
})
