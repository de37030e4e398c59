import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REJECT_REASONS } from '../../src/formats/reject-reasons.ts'
import { collect, toNdjson } from './collect.ts'

const good = (account_id: string): string => `{"account_id":"${account_id}","timestamp":1780272006}`
const UNPARSABLE = REJECT_REASONS.unparsable

describe('NDJSON', () => {
  const lines = [
    good('a'), // 1
    '', // blank lines are no records, but have a number
    '   ',
    'not json', // 4
    '{"account_id":"b","timestamp":1780272006', // 5
    '42', // 6
    '"text"', // 7
    '[1]', // 8
    `[${good('z')}]`, // 9: an array in a line is no record
    'null', // 10
    '{}', // 11
    '{"other":1}', // 12
    '{"account_id":"-","timestamp":1780272006}', // 13
    '{"account_id":null,"timestamp":1780272006}', // 14
    '{"timestamp":1780272006}', // 15
    '{"account_id":"b"}', // 16
    '{"account_id":"b","timestamp":null}', // 17
    '{"account_id":"b","timestamp":"yesterday"}', // 18
    '\u0001\u0002', // 19
    good('c'), // 20
    '{"account_id":"d","timestamp":178', // 21: cut short, no newline behind it
  ]
  const rejects = [
    ...[4, 5, 6, 7, 8, 9, 10, 11, 12].map((line) => `a.ndjson:${line} ${UNPARSABLE}`),
    ...[13, 14, 15].map((line) => `a.ndjson:${line} no account id`),
    ...[16, 17].map((line) => `a.ndjson:${line} no timestamp`),
    'a.ndjson:18 unreadable timestamp',
    ...[19, 21].map((line) => `a.ndjson:${line} ${UNPARSABLE}`),
  ]

  test.each([
    ['line feeds', '\n'],
    ['carriage returns as well', '\r\n'],
  ])('every bad line is counted with its reason and its physical line: %s', async (_, newline) => {
    const seen = await collect({ logs: { 'a.ndjson': lines.join(newline) } })
    expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(seen.records).toBe(2)
    expect(seen.rejected).toEqual({
      [UNPARSABLE]: 11,
      'no account id': 3,
      'no timestamp': 2,
      'unreadable timestamp': 1,
    })
    expect(seen.rejects).toEqual(rejects)
  })

  test('lines are those of the file also when it is compressed', async () => {
    const seen = await collect({ logs: { 'a.ndjson': gzipSync(lines.join('\n')) } })
    expect(seen.rejects).toEqual(rejects)
  })

  test('reading with one thread and in chunks gives the same lines: 12,000 records, bad ones far apart', async () => {
    const all = Array.from({ length: 12_000 }, (_, i) => (i % 3600 === 3599 ? '{broken' : good(`a${i % 7}`)))
    for (const threads of [1, 2]) {
      const seen = await collect({ logs: { 'a.ndjson': all.join('\n\n') }, config: { threads } })
      expect(seen.records).toBe(11_997)
      // Record i (from 0) stands on line 2 i + 1, for a blank line follows each.
      expect(seen.rejects).toEqual([3599, 7199, 10_799].map((i) => `a.ndjson:${2 * i + 1} ${UNPARSABLE}`))
    }
  })

  // DuckDB's `read_json` with columns reads on behind the end of a broken line: a record broken into two lines between
  // tokens is an error to it, one cut behind a colon, a comma or a bracket takes the good record below it along. Such a
  // file is read again line by line.
  const record = '{"account_id":"x","timestamp":1780272006,"n":{"x":[1,2]}}'
  const at = (text: string): number => record.indexOf(text) + text.length

  test.each(['{', '"x",', '1780272006', '[1'])(
    'a record broken into two lines behind %s costs two lines',
    async (before) => {
      const broken = `${record.slice(0, at(before))}\n${record.slice(at(before))}`
      const seen = await collect({ logs: { 'a.ndjson': [good('a'), broken, good('b'), good('c')].join('\n') } })
      expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      expect(seen.rejects).toEqual([2, 3].map((line) => `a.ndjson:${line} ${UNPARSABLE}`))
    },
  )

  test.each(['"account_id":', '[1,'])('a record cut behind %s costs its own line only', async (before) => {
    const seen = await collect({
      logs: { 'a.ndjson': [good('a'), record.slice(0, at(before)), good('b'), good('c')].join('\n') },
    })
    expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(seen.rejects).toEqual([`a.ndjson:2 ${UNPARSABLE}`])
  })

  test.each(['"acc', '1780', '[1,2'])('a record cut behind %s costs its own line only', async (before) => {
    const seen = await collect({
      logs: { 'a.ndjson': [good('a'), record.slice(0, at(before)), good('b'), good('c')].join('\n') },
    })
    expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(seen.rejects).toEqual([`a.ndjson:2 ${UNPARSABLE}`])
  })

  test('of more than a hundred the first hundred are named, and all counted', async () => {
    const seen = await collect({ logs: { 'a.ndjson': `${good('a')}\n${'{bad\n'.repeat(250)}` } })
    expect(seen.rejected).toEqual({ [UNPARSABLE]: 250 })
    expect(seen.rejects).toHaveLength(100)
    expect(seen.rejects.at(-1)).toBe(`a.ndjson:101 ${UNPARSABLE}`)
  })

  test('records + rejected = records in the file, whatever is in it', async () => {
    const line = fc.oneof(
      fc.constantFrom(...lines.slice(0, -1)),
      fc.json({ maxDepth: 2 }),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => Buffer.from(text).toString()),
      fc
        .record({ account_id: fc.jsonValue(), timestamp: fc.oneof(fc.jsonValue(), fc.constant(1780272006)) })
        .map((row) => JSON.stringify(row)),
    )
    const usable = line.filter((text) => !/[\r\n]/.test(text)).filter((text) => text.trim() !== '' || text === '')
    const property = fc.asyncProperty(fc.array(usable, { minLength: 1, maxLength: 40 }), async (drawn) => {
      const all = [good('a'), good('b'), ...drawn]
      const seen = await collect({ logs: { 'a.ndjson': `${all.join('\n')}\n` } })
      const total = seen.records + Object.values(seen.rejected).reduce((sum, each) => sum + each, 0)
      expect(total).toBe(all.filter((text) => text.trim() !== '').length)
    })
    await fc.assert(property, { numRuns: 8, seed: 12 })
  })

  test('rejects of several files and of side files are told apart', async () => {
    const seen = await collect({
      logs: { 'a.ndjson': `${good('a')}\n{bad\n`, 'b.ndjson': `${good('b')}\n\n{"account_id":"x"}\n` },
      accounts: { 'accounts.ndjson': '{"id":"a","plan":"free"}\n{"plan":"free"}\nbad\n{"id":"none"}\n' },
    })
    expect(seen.collected.evidence.intake.map(({ records }) => records)).toEqual([1, 1, 1])
    expect(seen.rejects).toEqual([
      `a.ndjson:2 ${UNPARSABLE}`,
      'b.ndjson:3 no timestamp',
      'accounts.ndjson:2 no account id',
      `accounts.ndjson:3 ${UNPARSABLE}`,
      'accounts.ndjson:4 no account id',
    ])
  })
})

describe('CSV', () => {
  test('quotes, newlines in quotes, repeated and empty headers, blank lines', async () => {
    const text = [
      'account_id,timestamp,ip,ip,,"display ""name"""',
      'a,1780272006,198.51.100.1,203.0.113.1,x,"two',
      'lines"',
      '',
      'b,1780272006,,203.0.113.9,y,"two',
      'lines"',
      '"c,1",1780272006,198.51.100.7,,,"a ""b"""',
    ].join('\r\n')
    const seen = await collect({ logs: { 'a.csv': text }, map: { display_name: 'display "name"' } })
    expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'b', 'c,1'])
    // The first ip column with a value wins; the newline of a quoted field is the file's.
    expect(seen.shared).toEqual({ 'display_name=two\r\nlines': ['a', 'b'], 'ip_block=198.51.100.0/24': ['a', 'c,1'] })
    expect(seen.rejects).toEqual([])
  })

  test('the careful reader: short records are filled up, long and broken ones counted with their lines', async () => {
    const text = [
      'account_id,timestamp,ip', // 1
      'a,1780272006,198.51.100.1', // 2
      'b,1780272006', // 3: fewer fields
      '', // 4
      'c,1780272006,198.51.100.2,extra', // 5: more
      'd,1780272006,198.51.100.3,,', // 6: more, but blank
      'e,1780272006,"open', // 7: a quote that is never closed
      'f,1780272006,198.51.100.4', // 8
      ',1780272006,198.51.100.5', // 9
      'g,nope,198.51.100.6', // 10
      'h,1780272006,"198.51.100.7"', // 11: a good quote
    ]
    for (const newline of ['\n', '\r\n']) {
      const seen = await collect({ logs: { 'a.csv': text.join(newline) } })
      expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'b', 'd', 'f', 'h'])
      expect(seen.shared).toEqual({ 'ip_block=198.51.100.0/24': ['a', 'd', 'f', 'h'] })
      expect(seen.rejects).toEqual([
        'a.csv:5 more fields than columns',
        'a.csv:7 a quote that is never closed',
        'a.csv:9 no account id',
        'a.csv:10 unreadable timestamp',
      ])
      expect(seen.records + seen.rejects.length).toBe(9)
    }
  })

  // A stray quote runs on to the next one; what is in between are good records.
  test('two stray quotes cost two records, not all between them', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `a${i},1780272006,${i === 5 || i === 14 ? '"x' : '198.51.100.1'}`)
    const seen = await collect({ logs: { 'a.csv': `account_id,timestamp,ip\n${rows.join('\n')}\n` } })
    expect(seen.records).toBe(18)
  })

  test('records + rejected = records in the file, for ragged ones', async () => {
    const cell = fc.constantFrom('a', '', '1780272006', '198.51.100.1', '"q"', '"q ""r"""', ' ')
    const record = fc.array(cell, { minLength: 1, maxLength: 6 }).filter((cells) => cells.join('').trim() !== '')
    const property = fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
      const regular = 'x,1780272006,198.51.100.1\n'.repeat(40) // by which the dialect is recognised
      const ragged = records.map((cells) => `${cells.join(',')}\n`).join('')
      const seen = await collect({ logs: { 'a.csv': `account_id,timestamp,ip\n${regular}${ragged}` } })
      const rejected = Object.values(seen.rejected).reduce((sum, each) => sum + each, 0)
      expect(seen.records + rejected).toBe(records.length + 40)
    })
    await fc.assert(property, { numRuns: 8, seed: 13 })
  })

  test('tabs, semicolons and pipes are delimiters, too', async () => {
    for (const delimiter of ['\t', ';', '|']) {
      const text = [
        ['account_id', 'timestamp', 'ip'],
        ['a', '1780272006', '198.51.100.1'],
        ['b', '1780272006', '198.51.100.2'],
      ]
      const seen = await collect({ logs: { 'a.txt': text.map((cells) => cells.join(delimiter)).join('\n') } })
      expect(seen.shared).toEqual({ 'ip_block=198.51.100.0/24': ['a', 'b'] })
    }
  })
})

test('a side file is read with the same care', async () => {
  const logs = { 'a.ndjson': toNdjson([{ account_id: 'a', timestamp: 1780272006 }]) }
  const accounts = { 'accounts.csv': 'account_id,card\na,x\nb,card_1,extra\nc\nd,card_1\n' }
  const seen = await collect({ logs, accounts, map: { card_fingerprint: 'card' } })
  expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
  expect(seen.rejects).toEqual(['accounts.csv:3 more fields than columns'])
})
