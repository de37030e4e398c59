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
const WHOLE = { from: 0, until: Number.POSITIVE_INFINITY }
const freely = { mostBytes: 1 << 30, threads: 2, signal: new AbortController().signal }

/** The lines that are kept of a text, which is read a few bytes at a time. */
function kept(text: string, values: readonly string[], bytesAtOnce = 1 << 20, range = WHOLE): string {
  writeFileSync(path, text)
  rmSync(to, { force: true })
  const sipping: Files = {
    ...fs,
    readSync: ((file: number, buffer: Buffer, offset: number, length: number, at: number) =>
      fs.readSync(file, buffer, offset, Math.min(length, bytesAtOnce), at)) as typeof fs.readSync,
  }
  filterLines(sipping, { path, to, ...range, key: 'account_id', values }, () => true)
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
    ['a text that ends in the key', String.raw`{"x\"account_id":"b","account_id":"a"}`],
    ['an escape before the key', String.raw`{"account\u005fid":"a","account_id":"b"}`],
    ['a line that is cut', '{"account_id":"b'],
    ['something before the record', ' {"account_id":"b"}'],
    ['nothing', ''],
  ])('%s', (_, line) => {
    const around = '{"ts":1,"account_id":"other"}'
    expect(kept(`${around}\n${line}\n${around}\n`, WANTED)).toBe(`${line}\n`)
  })
})

test('the first of two keys counts, also where the second stands as it did in the line before', () => {
  const before = '{"x":"aaaaaaaaaa","account_id":"b"}'
  const [first, second] = ['{"account_id":"a","account_id":"b"}', '{"account_id":"b","account_id":"a"}']
  expect(before.indexOf('"account_id"')).toBe(first.lastIndexOf('"account_id"'))
  expect(kept(`${before}\n${first}\n${before}\n${second}\n`, WANTED)).toBe(`${first}\n`)
})

test('no line is searched behind its end: half a million lines without the key, in seconds and not in hours', () => {
  const line = '{"level":"info"}\n'
  expect(kept(line.repeat(500_000), WANTED)).toHaveLength(500_000 * line.length)
}, 20_000)

test('no more is written than may be', () => {
  writeFileSync(path, '{"account_id":"a"}\n{"account_id":"b"}\n{"account_id":"a"}\n')
  const filter = { path, to, ...WHOLE, key: 'account_id', values: ['a'] }
  const filterInto = (room: number): void => {
    let left = room
    rmSync(to, { force: true })
    filterLines(fs, filter, (bytes) => {
      left -= bytes
      return left >= 0
    })
  }
  filterInto(38)
  expect(readFileSync(to)).toHaveLength(38)
  expect(() => filterInto(37)).toThrow('more lines')
})

test('no line of a wanted account is lost, wherever the reading of the file stops', () => {
  const id = fc.oneof(fc.constantFrom(...WANTED), fc.constantFrom('b', 'acct_77', 'acct_', '7', '420'), fc.string())
  const value = fc.oneof(
    id,
    fc.integer({ min: 40, max: 44 }),
    fc.constantFrom(null, { account_id: 'a' }, ['account_id']),
  )
  const name = fc.oneof(fc.constantFrom('account_id', 'account', 'x"account_id', 'Account_ID'), fc.string())
  const record = fc
    .tuple(fc.dictionary(name, value, { maxKeys: 3 }), fc.oneof(id, fc.integer({ min: 40, max: 44 })))
    .map(([others, account_id]) => ({ ...others, account_id }))
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
        // Of the others those alone that hold an escape, a second brace or the key's name again.
        const others = found.filter((line) => line !== '' && !wanted.includes(line))
        const isPlain = (line: string): boolean => !/\\|.\{|"account_id".*"account_id"/s.test(line)
        expect(others.filter(isPlain)).toEqual([])
      },
    ),
  )
})

test('of ranges that lie next to each other, each line is in one, wherever they meet and however little is read at once', () => {
  const line = fc.constantFrom('{"account_id":"a"}', '{"account_id":"b"}', '', '{}', '{"account_id":"a","x":"é"}\r')
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.array(fc.nat(120), { maxLength: 4 }),
      fc.integer({ min: 1, max: 30 }),
      (lines, cuts, bytes) => {
        const text = lines.join('\n')
        const ends = [...cuts].sort((a, b) => a - b)
        const ranges = [...ends, Number.POSITIVE_INFINITY].map((until, i) => ({ from: ends[i - 1] ?? 0, until }))
        expect(ranges.map((range) => kept(text, WANTED, bytes, range)).join('')).toBe(kept(text, WANTED))
      },
    ),
    { numRuns: 300 },
  )
})

test('a line longer than what is read at once belongs to the range in which it begins', () => {
  const [long, short] = [`{"account_id":"a","x":"${'x'.repeat(9_000_000)}"}\n`, '{"account_id":"a"}\n']
  const text = short + long + short
  const inRange = (from: number, until: number): number => kept(text, WANTED, undefined, { from, until }).length
  expect(inRange(0, 5_000_000)).toBe(short.length + long.length)
  expect(inRange(5_000_000, 6_000_000)).toBe(0)
  expect(inRange(6_000_000, Number.POSITIVE_INFINITY)).toBe(short.length)
})

test('a line longer than what is read at once', () => {
  const long = `{"account_id":"a","x":"${'x'.repeat(13_000_000)}"}`
  const other = `{"account_id":"b","x":"${'x'.repeat(13_000_000)}"}`
  expect(kept(`${other}\n${long}\n${other}`, WANTED)).toBe(`${long}\n`)
})

describe('in threads', () => {
  test('several files, each to its own', async () => {
    const filters = ['a', 'b', 'c'].map((value) => ({
      path,
      ...WHOLE,
      to: join(folder, `to-${value}`),
      key: 'account_id',
      values: [value],
    }))
    writeFileSync(path, '{"account_id":"a"}\n{"account_id":"b"}\n')
    expect(await filterFiles(filters, freely)).toBe(true)
    expect(filters.map((filter) => readFileSync(filter.to, 'utf8'))).toEqual([
      '{"account_id":"a"}\n',
      '{"account_id":"b"}\n',
      '',
    ])
  })

  test('one thread takes file after file', async () => {
    const filters = ['a', 'b'].map((value) => ({
      ...{ path, ...WHOLE, to: join(folder, `one-${value}`) },
      ...{ key: 'account_id', values: [value] },
    }))
    expect(await filterFiles(filters, { ...freely, threads: 1 })).toBe(true)
    expect(filters.map((filter) => readFileSync(filter.to, 'utf8'))).toEqual([
      '{"account_id":"a"}\n',
      '{"account_id":"b"}\n',
    ])
  })

  test('one that fails ends the others', async () => {
    const endless = { path: '/dev/zero', ...WHOLE, to: join(folder, 'zero'), key: 'account_id', values: ['a'] }
    const gone = { ...endless, path: join(folder, 'gone'), to: join(folder, 'of-gone') }
    expect(await filterFiles([endless, gone], freely)).toBe(false)
  })

  test('false for what cannot be read or written, and once it is to end', async () => {
    const filter = { path, ...WHOLE, to: join(folder, 'new'), key: 'account_id', values: ['a'] }
    expect(await filterFiles([{ ...filter, path: join(folder, 'gone') }], freely)).toBe(false)
    expect(await filterFiles([{ ...filter, to: path }], freely)).toBe(false)
    const twice = [filter, { ...filter, to: join(folder, 'again') }]
    expect(await filterFiles(twice, { ...freely, mostBytes: 30 })).toBe(false) // 19 bytes each
    expect(
      await filterFiles([{ ...filter, to: join(folder, 'newer') }], { ...freely, signal: AbortSignal.abort() }),
    ).toBe(false)
    const ends = new AbortController()
    const running = filterFiles([{ ...filter, path: '/dev/zero', to: join(folder, 'endless') }], {
      ...freely,
      signal: ends.signal,
    })
    setTimeout(() => ends.abort(), 50)
    expect(await running).toBe(false)
  })
})
