import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { sniff } from '../../src/sources/sniff.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()
let count = 0

const sniffContent = (content: string | Uint8Array, sampleBytes?: number) => {
  const path = folder.write(`${++count}`, content)
  return sniff(path, 'the-log', sampleBytes === undefined ? {} : { sampleBytes })
}

const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

describe('NDJSON', () => {
  test.each([
    ['plain', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['no newline at the end', '{"a":1}', [{ a: 1 }]],
    ['blank lines before and between', '\n\r\n {"a":1}\r\n\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ['bad lines are skipped', '{"a":1}\n{"a":\n[1]\n7\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['a bad first line', '{"a":"\n{"a":1}\n{"a":2}\n{"a":3}\n', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ['a hole of zero bytes', '{"a":1}\n\0\0\0\0\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['deep nesting', `{"a":1}\n${'['.repeat(5000)}${']'.repeat(5000)}\n`, [{ a: 1 }]],
  ])('%s', async (_, content, sample) => {
    const sniffed = await sniffContent(content)
    expect(sniffed).toMatchObject({ compression: 'none', container: 'ndjson', dialect: null, sample })
    expect(sniffed.notInPlace).toBe(content.includes('\0') ? 'holds zero bytes' : null)
  })

  test('the sample ends at 200 records, and where the head does', async () => {
    const line = `{"a":"${'x'.repeat(93)}"}\n`
    expect((await sniffContent(line.repeat(500))).sample).toHaveLength(200)
    expect((await sniffContent(line.repeat(20_000), 5050)).sample.length).toBeGreaterThanOrEqual(49)
  })

  test('a first line that is longer than the head is read whole', async () => {
    const { sample } = await sniffContent(`\n{"a":"${'x'.repeat(3_000_000)}"}\n{"b":1}\n`, 1000)
    expect(Object.keys(sample[0] ?? {})).toEqual(['a'])
  })

  test('a key named __proto__ stays data', async () => {
    const { sample } = await sniffContent('{"__proto__":{"polluted":1},"a":1}\n')
    expect(Object.keys(sample[0] ?? {})).toEqual(['__proto__', 'a'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('JSON that has to be translated', () => {
  test.each([
    ['an array', '[{"a":1},{"a":2}]'],
    ['a pretty array', JSON.stringify([{ a: 1 }, { a: 2 }], null, 2)],
    ['an array of one object a line', '[\n{"a":1},\n{"a":2}\n]\n'],
    ['pretty objects', `${JSON.stringify({ a: 1 }, null, 2)}\n${JSON.stringify({ a: 2 }, null, 2)}\n`],
    ['objects on one line', '{"a":1}{"a":2}\n'],
  ])('%s', async (_, content) => {
    const { container, sample, notInPlace } = await sniffContent(content)
    expect({ container, sample }).toEqual({ container: 'json', sample: [{ a: 1 }, { a: 2 }] })
    expect(notInPlace).toBe('is not one JSON object a line')
  })

  test.each([
    ['a byte order mark', Buffer.from('\ufeff{"a":1}\n'), 'utf-8', 'begins with a byte order mark'],
    ['UTF-16 LE', Buffer.from('\ufeff{"a":1}\n', 'utf16le'), 'utf-16le', 'is UTF-16'],
    ['UTF-16 BE', utf16be('{"a":1}\n'), 'utf-16be', 'is UTF-16'],
    ['compressed, with a mark', gzipSync('\ufeff{"a":1}\n'), 'utf-8', 'begins with a byte order mark'],
  ])('%s', async (_, content, encoding, why) => {
    expect(await sniffContent(content)).toMatchObject({ sample: [{ a: 1 }], encoding, notInPlace: why })
  })

  test('a UTF-16 array is both', async () => {
    const { notInPlace } = await sniffContent(utf16be('[{"a":1}]'))
    expect(notInPlace).toBe('is UTF-16 and is not one JSON object a line')
  })
})

describe('delimited text', () => {
  const rows = [
    { a: '1', b: '2' },
    { a: '3', b: '4' },
  ]
  test.each([
    ['comma', 'a,b\n1,2\n3,4\n', ','],
    ['tab', 'a\tb\n1\t2\n3\t4\n', '\t'],
    ['semicolon', 'a;b\n1;2\n3;4', ';'],
    ['bar', 'a|b\r\n1|2\r\n3|4\r\n', '|'],
  ])('%s', async (_, content, delimiter) => {
    const { container, dialect, sample, notInPlace } = await sniffContent(content)
    expect({ container, sample, notInPlace }).toEqual({ container: 'csv', sample: rows, notInPlace: null })
    expect(dialect).toEqual({ delimiter, quote: '"', header: ['a', 'b'], headerLines: 1 })
  })

  test.each([
    ['decimal commas in a semicolon table', 'a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n', ';', ['a', 'b', 'c'], 1],
    ['commas in quoted texts', 'a;b\n"x, y, z";1\n"x, y, z";2\n', ';', ['a', 'b'], 1],
    ['names with blanks around them', ' a , b\n1,2\n', ',', ['a', 'b'], 1],
    ['a quoted header over two lines', '"a\nx",b\n1,2\n', ',', ['a\nx', 'b'], 2],
    ['title rows above', '"Report: usage"\nExported today\n\na,b,c\n1,2,3\n', ',', ['a', 'b', 'c'], 4],
    ['ragged rows', 'a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n', ',', ['a', 'b', 'c'], 1],
    ['a header alone', 'account_id,timestamp\n', ',', ['account_id', 'timestamp'], 1],
    ['one column', 'account_id\nx\ny\n', ',', ['account_id'], 1],
    ['repeated and empty names', 'a,a,,A\n1,2,3,4\n', ',', ['a', 'a', '', 'A'], 1],
  ])('%s', async (_, content, delimiter, header, headerLines) => {
    expect((await sniffContent(content)).dialect).toEqual({ delimiter, quote: '"', header, headerLines })
  })

  test('quotes may be single', async () => {
    const { dialect, sample } = await sniffContent("'a','b'\n'1','x, y'\n")
    expect(dialect).toMatchObject({ quote: "'", header: ['a', 'b'] })
    expect(sample).toEqual([{ a: '1', b: 'x, y' }])
  })

  test('repeated names have their column number in the sample', async () => {
    const { sample } = await sniffContent('a,a,b,\n1,2,3,4\n')
    expect(sample).toEqual([{ a: '1', a_2: '2', b: '3', _4: '4' }])
  })

  test('newlines and doubled quotes in a field; a byte order mark; CRLF', async () => {
    const { dialect, sample, notInPlace } = await sniffContent('\ufeffid,text\r\n1,"line 1\r\nline ""2"""\r\n2,x\r\n')
    expect(dialect).toMatchObject({ header: ['id', 'text'], headerLines: 1 })
    expect(sample).toEqual([
      { id: '1', text: 'line 1\r\nline "2"' },
      { id: '2', text: 'x' },
    ])
    expect(notInPlace).toBeNull()
  })

  test('a row that the head cuts is no sample', async () => {
    const { sample } = await sniffContent(`a,b\n${'123456789,123456789\n'.repeat(30_000)}`, 1010)
    expect(new Set(sample.map((row) => JSON.stringify(row)))).toEqual(new Set(['{"a":"123456789","b":"123456789"}']))
  })

  test('UTF-16 with tabs', async () => {
    const { dialect, sample, encoding } = await sniffContent(Buffer.from('\ufeffa\tb\r\n1\tÜ\r\n', 'utf16le'))
    expect(dialect).toMatchObject({ delimiter: '\t', header: ['a', 'b'] })
    expect(sample).toEqual([{ a: '1', b: 'Ü' }])
    expect(encoding).toBe('utf-16le')
  })
})

describe('what holds nothing is empty, not an error', () => {
  test.each([
    ['no byte', ''],
    ['blanks', ' \n\r\n\t'],
    ['a byte order mark', '\ufeff'],
    ['compressed nothing', gzipSync('')],
    ['an empty array', '[ ]\n'],
  ])('%s', async (_, content) => {
    expect(await sniffContent(content)).toMatchObject({ container: 'empty', sample: [] })
  })
})

describe('what is no log is refused, without its content', () => {
  const random = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 0xff))
  test.each([
    ['zip', 'PK\x03\x04\x14\0\0', /zip archive/],
    ['SQLite', 'SQLite format 3\0\x10', /SQLite/],
    ['DuckDB', '12345678DUCK\x40\0\0', /DuckDB/],
    ['bzip2', Buffer.concat([Buffer.from('BZh91AY'), random]), /bzip2/],
    ['xz', Buffer.from('fd377a585a000004', 'hex'), /xz data/],
    ['noise', random, /binary data/],
    ['HTML', '<!doctype html><p>secret-content', /HTML or XML/],
    ['prose', 'secret-content: something, happened\nthen nothing\nat all\nfor long\n', /neither JSON nor/],
    ['a table without header', '203.0.113.17,secret-content,POST,2026-03-01T10:00:02Z\n', /has no header/],
    ['gzip broken from the start', Buffer.from('1f8bffffffffffffffffffff', 'hex'), /broken from the start/],
  ])('%s', async (_, content, message) => {
    const failure = await sniffContent(content).then(
      () => null,
      (error) => error,
    )
    expect(failure).toMatchObject({ code: 'INPUT_UNREADABLE', message: expect.stringMatching(message) })
    expect(failure.message).toMatch(/^'the-log' /)
    expect(`${failure.message}${failure.hint}`).not.toContain('secret-content')
    expect(failure.hint).not.toBe('')
  })
})

test('a name that only begins like a format is text', async () => {
  expect((await sniffContent('ORC_id,b\n1,2\n')).dialect?.header).toEqual(['ORC_id', 'b'])
})

describe('what is told by more than its first bytes', () => {
  test.each([
    ['UTF-16 without a mark', Buffer.from('a,b\n1,2\n', 'utf16le'), { encoding: 'utf-16le', container: 'csv' }],
    [
      'a single-byte encoding',
      Buffer.from('id,name\n1,M\xfcller\n', 'latin1'),
      { encoding: 'windows-1252', container: 'csv' },
    ],
    [
      'gzip in gzip',
      gzipSync(gzipSync('{"a":1}\n')),
      { layers: ['gzip', 'gzip'], notInPlace: 'is compressed more than once' },
    ],
    ['Parquet', 'PAR1\x15\x04\0\0', { container: 'parquet' }],
    [
      'a W3C log',
      '#Version: 1.0\n#Fields: date time c-ip\n2026-03-01\t10:00:00\t203.0.113.7\n',
      { container: 'lines', lineFormat: 'w3c' },
    ],
    [
      'a delimiter that the first line names',
      'sep=;\na;b\n1;2\n',
      { dialect: { delimiter: ';', header: ['a', 'b'], headerLines: 2 } },
    ],
  ])('%s', async (_, content, expected) => {
    expect(await sniffContent(content)).toMatchObject(expected)
  })

  test('names for a table without a header', async () => {
    const path = folder.write('headerless', '203.0.113.17,POST,2026-03-01T10:00:02Z\n')
    const { dialect, sample } = await sniff(path, 'the-log', { columns: ['ip', 'method', 'time'] })
    expect(dialect).toMatchObject({ header: ['ip', 'method', 'time'], headerLines: 0 })
    expect(sample).toEqual([{ ip: '203.0.113.17', method: 'POST', time: '2026-03-01T10:00:02Z' }])
  })

  test('how much the beginning grew by decompression', async () => {
    const log = Array.from({ length: 50_000 }, (_, i) => `{"a":"${(i * 2654435761) % 1e9}"}\n`).join('')
    expect((await sniffContent(gzipSync(log))).expansion).toBeLessThan(20)
    expect((await sniffContent(gzipSync(`{"a":1}\n${'\0'.repeat(1e8)}`))).expansion).toBeGreaterThan(500)
  })
})
