import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type Files, filterLines } from '../../src/sources/filter-lines.ts'
import { filterFiles } from '../../src/sources/line-filter.ts'

const folder = mkdtempSync(join(tmpdir(), 'distill-scan-filter-'))
afterAll(() => rmSync(folder, { recursive: true }))

const path = join(folder, 'log.ndjson')
const to = join(folder, 'kept.ndjson')
const never = new AbortController().signal

/** The lines that are kept of a text, which is read a few bytes at a time. */
function kept(text: string, values: readonly string[], bytesAtOnce = 1 << 20): string {
  writeFileSync(path, text)
  rmSync(to, { force: true })
  const sipping: Files = {
    ...fs,
    readSync: ((file: number, buffer: Buffer, offset: number, length: number) =>
      fs.readSync(file, buffer, offset, Math.min(length, bytesAtOnce), null)) as typeof fs.readSync,
  }
  filterLines(sipping, { path, to, key: 'account_id', values })
  return readFileSync(to, 'utf8')
}

const WANTED = ['a', 'acct_7', 'müller', '42', 'with "quotes"']

test('lines of others are left out, and those of the wanted stay as they are', () => {
  const lines = [
    '{"ts":1,"account_id":"a","x":1}',
    '{"ts":2,"account_id":"b"}',
    '{"account_id":"acct_7"}\r',
    '{"ts":10,"account_id" : "acct_77"}',
    '{"ts":100, "account_id" : "müller"}',
    '{"account_id":42,"n":7}',
    '{"account_id":43}',
    '{"account_id":""}',
  ]
  const [a, , seven, , mueller, number] = lines
  expect(kept(lines.join('\n'), WANTED)).toBe(`${[a, seven, mueller, number].join('\n')}\n`)
})

describe('a line is kept if there is any doubt', () => {
  test.each([
    ['no such key', '{"account":"b"}'],
    ['the key of something nested, before its own', '{"org":{"account_id":"b"},"account_id":"a"}'],
    ['an escape in the value', String.raw`{"account_id":"\u0061"}`],
    ['an escaped quote', String.raw`{"account_id":"with \"quotes\""}`],
    ['an escape in the key', String.raw`{"account\u005fid":"a"}`],
    ['the key as a value', '{"kind":"account_id","x":"b","account_id":"a"}'],
    ['a number that may be written in several ways', '{"account_id":4.2e1}'],
    ['a number of many digits', '{"account_id":1234567890123456789}'],
    ['an object', '{"account_id":{"id":"b"}}'],
    ['null', '{"account_id":null}'],
    ['a list around it', '[{"account_id":"b"}]'],
    ['a line that is cut', '{"account_id":"b'],
    ['something before the record', ' {"account_id":"b"}'],
    ['nothing', ''],
  ])('%s', (_, line) => {
    const around = '{"ts":1,"account_id":"other"}'
    expect(kept(`${around}\n${line}\n${around}\n`, WANTED)).toBe(`${line}\n`)
  })
})

test('no line of a wanted account is lost, wherever the reading of the file stops', () => {
  const id = fc.oneof(fc.constantFrom(...WANTED), fc.constantFrom('b', 'acct_77', 'acct_', '7', '420'), fc.string())
  const record = fc.record({ x: fc.string(), account_id: fc.oneof(id, fc.integer({ min: 40, max: 44 })) })
  const spaced = fc.constantFrom(0, 1)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(record, spaced)),
      fc.integer({ min: 1, max: 90 }),
      fc.boolean(),
      (rows, bytes, ends) => {
        const lines = rows.map(([row, spaces]) => JSON.stringify(row, null, spaces).replaceAll('\n', ''))
        const text = lines.join('\n') + (ends ? '\n' : '')
        const found = kept(text, WANTED, bytes).split('\n')
        const wanted = lines.filter((_, i) => WANTED.includes(String(rows[i]![0].account_id)))
        expect(found.filter((line) => wanted.includes(line))).toEqual(wanted)
        // Of the others those alone that hold an escape or a second brace.
        const others = found.filter((line) => line !== '' && !wanted.includes(line))
        expect(others.filter((line) => !line.includes('\\') && !line.includes('{', 1))).toEqual([])
      },
    ),
  )
})

test('a line longer than what is read at once', () => {
  const long = `{"account_id":"a","x":"${'x'.repeat(13_000_000)}"}`
  const other = `{"account_id":"b","x":"${'x'.repeat(13_000_000)}"}`
  expect(kept(`${other}\n${long}\n${other}`, WANTED)).toBe(`${long}\n`)
})

describe('in a thread', () => {
  test('several files, each to its own', async () => {
    const filters = ['a', 'b'].map((value) => ({
      path,
      to: join(folder, `to-${value}`),
      key: 'account_id',
      values: [value],
    }))
    writeFileSync(path, '{"account_id":"a"}\n{"account_id":"b"}\n')
    expect(await filterFiles(filters, never)).toBe(true)
    expect(filters.map((filter) => readFileSync(filter.to, 'utf8'))).toEqual([
      '{"account_id":"a"}\n',
      '{"account_id":"b"}\n',
    ])
  })

  test('false for what cannot be read or written, and once it is to end', async () => {
    const filter = { path, to: join(folder, 'new'), key: 'account_id', values: ['a'] }
    expect(await filterFiles([{ ...filter, path: join(folder, 'gone') }], never)).toBe(false)
    expect(await filterFiles([{ ...filter, to: path }], never)).toBe(false)
    expect(await filterFiles([{ ...filter, to: join(folder, 'newer') }], AbortSignal.abort())).toBe(false)
    const ends = new AbortController()
    const running = filterFiles([{ ...filter, path: '/dev/zero', to: join(folder, 'endless') }], ends.signal)
    setTimeout(() => ends.abort(), 50)
    expect(await running).toBe(false)
  })
})
