import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addressBlock,
  countOf,
  emailPattern,
  normalEmail,
  present,
  roughBlock,
} from '../../src/evidence/duckdb/canonical.ts'
import { identifier, literal, literalList } from '../../src/evidence/duckdb/sql.ts'
import { isPlaceholder, isReservedAddress, PLACEHOLDERS } from '../../src/formats/placeholders.ts'
import { clientAddress } from '../../src/formats/values/address.ts'

let instance: DuckDBInstance
let connection: DuckDBConnection

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  connection = await instance.connect()
})
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

/** The SQL rule over many texts at once; `sql` is written over a column `v`. */
async function evaluate(sql: string, texts: readonly string[]): Promise<unknown[]> {
  await connection.run('CREATE OR REPLACE TEMP TABLE given (i INTEGER, v VARCHAR)')
  const appender = await connection.createAppender('given')
  for (const [i, text] of texts.entries()) {
    appender.appendInteger(i)
    appender.appendVarchar(text)
    appender.endRow()
  }
  appender.closeSync()
  const result = await connection.runAndReadAll(`SELECT ${sql} FROM given ORDER BY i`)
  return result.getRows().map((row) => row[0])
}

/** Pairs of text and verdict, so that a difference names its text. */
const verdicts = (texts: readonly string[], of: (text: string, i: number) => unknown): unknown[] =>
  texts.map((text, i) => [text, of(text, i)])

/** Texts near the rules: spellings of "missing", hex digits, addresses, and anything. */
const nearRules = fc.oneof(
  fc
    .tuple(fc.constantFrom('', ' ', '  '), fc.constantFrom(...PLACEHOLDERS), fc.constantFrom('', ' ', 'x'))
    .map((parts) => parts.join('')),
  fc.constantFrom(...PLACEHOLDERS).map((text) => text.toUpperCase()),
  fc.string({ unit: fc.constantFrom('0', '0', 'f', 'F', '-', 'x', '*', '#', ' '), maxLength: 24 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => Buffer.from(text).toString()),
  fc.ipV4(),
  fc.ipV6(),
)

/** What SQL `trim` and JavaScript's do not treat alike; see the test that fails below. */
const hasControlBlank = (text: string): boolean => /[\t\n\v\f\r\u2028\u2029\ufeff]/.test(text)

describe('present', () => {
  test.each([
    ['the table of placeholders', [...PLACEHOLDERS, ...PLACEHOLDERS.map((text) => text.toUpperCase())]],
    ['padded with blanks', PLACEHOLDERS.map((text) => `  ${text} `)],
    [
      'values',
      [
        '0',
        '0000000',
        '00000000',
        'ffffffff',
        '0x00000000',
        'xx',
        'xxx',
        '***a',
        'a',
        'nullable',
        '10.0.0.1',
        'Ünknown',
      ],
    ],
  ])('is NULL where isPlaceholder is true: %s', async (_, texts) => {
    const found = await evaluate(`${present('v')} IS NULL`, texts)
    expect(verdicts(texts, (_, i) => found[i])).toEqual(verdicts(texts, isPlaceholder))
  })

  test('the same on drawn texts, and gives the text without the blanks around it', async () => {
    const texts = fc.sample(nearRules, { numRuns: 4000, seed: 7 }).filter((text) => !hasControlBlank(text))
    expect(texts.length).toBeGreaterThan(3000)
    const found = await evaluate(present('v'), texts)
    expect(verdicts(texts, (_, i) => found[i])).toEqual(
      verdicts(texts, (text) => (isPlaceholder(text) ? null : text.trim())),
    )
    expect(found.filter((each) => each === null).length).toBeGreaterThan(500)
  })

  test('a tab, a line end or a byte order mark beside it does not make a value of a placeholder', async () => {
    const texts = ['null\t', '-\r', '\nunknown', '\ufeffn/a', '\t']
    const found = await evaluate(`${present('v')} IS NULL`, texts)
    expect(verdicts(texts, (_, i) => found[i])).toEqual(verdicts(texts, isPlaceholder))
  })
})

describe('addressBlock', () => {
  const octet = fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 224))
  const v4 = fc.tuple(
    octet,
    fc.oneof(fc.nat(255), fc.constantFrom(0, 16, 31, 64, 127, 168, 254)),
    fc.nat(255),
    fc.nat(255),
  )

  test('is NULL for an IPv4 address exactly where isReservedAddress is true, and its /24 elsewhere', async () => {
    const texts = fc.sample(
      v4.map((bytes) => bytes.join('.')),
      { numRuns: 3000, seed: 8 },
    )
    for (const spell of [(ip: string) => ip, (ip: string) => `::ffff:${ip}`, (ip: string) => ` ${ip}:8080 `]) {
      const found = await evaluate(addressBlock('v'), texts.map(spell))
      const block = (ip: string): string => `${ip.split('.').slice(0, 3).join('.')}.0/24`
      const expected = verdicts(texts, (ip) => (isReservedAddress(ip) ? null : block(ip)))
      expect(verdicts(texts, (_, i) => found[i])).toEqual(expected)
    }
  })

  test('is NULL for an IPv6 address exactly where isReservedAddress is true, and its first four groups elsewhere', async () => {
    const texts = fc.sample(fc.ipV6(), { numRuns: 3000, seed: 9 }).filter((ip) => !ip.includes('.'))
    const found = await evaluate(addressBlock('v'), texts)
    expect(verdicts(texts, (_, i) => found[i])).toEqual(
      verdicts(texts, (ip) => (isReservedAddress(ip) ? null : block64(ip))),
    )
  })

  test('gives the same as the reader of our own, for lists, ports, brackets and what a proxy writes around them', async () => {
    const spelled = fc.oneof(
      v4.map((bytes) => bytes.join('.')),
      fc.ipV6().filter((ip) => !ip.includes('.')),
      v4.map((bytes) => `${bytes.join('.')}:443`),
      fc
        .ipV6()
        .filter((ip) => !ip.includes('.'))
        .map((ip) => `[${ip}]:443`),
      fc
        .ipV6()
        .filter((ip) => !ip.includes('.'))
        .map((ip) => `for="[${ip}]:1";proto=https`),
      v4.map((bytes) => `for=${bytes.join('.')}`),
      fc.constantFrom('unknown', '-', 'localhost', 'AWS Internal', '198.051.100.7', ''),
    )
    const lists = fc.sample(fc.array(spelled, { minLength: 1, maxLength: 4 }), { numRuns: 1500, seed: 11 })
    const texts = lists.map((entries) => entries.join(', '))
    const found = await evaluate(addressBlock('v'), texts)
    const ours = (text: string): string | null => {
      const ip = clientAddress(text, () => false)
      return ip === null ? null : ip.includes(':') ? block64(ip) : `${ip.split('.').slice(0, 3).join('.')}.0/24`
    }
    expect(verdicts(texts, (_, i) => found[i])).toEqual(verdicts(texts, ours))
  })

  test('gives the same for what was roughened while the log was read', async () => {
    const texts = [
      ...fc.sample(
        v4.map((bytes) => bytes.join('.')),
        { numRuns: 500, seed: 10 },
      ),
      ...fc.sample(fc.ipV6(), { numRuns: 500, seed: 10 }),
      ...['198.51.100.7:443', '::ffff:198.51.100.7', '198.51.100.7, 10.0.0.1', '198.51.100.7 ', '', '-', '10.0.0.1'],
    ]
    const rough = await evaluate(roughBlock('v'), texts)
    expect(await evaluate(addressBlock('v'), rough as string[])).toEqual(await evaluate(addressBlock('v'), texts))
  })
})

/** By the URL parser of Node instead of by splitting: it writes an address in its shortest form. */
function block64(ip: string): string {
  const shortest = new URL(`http://[${ip}]`).hostname.slice(1, -1)
  const [left = '', right] = shortest.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = right === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0')
  return `${[...left, ...zeros, ...(right ?? [])].slice(0, 4).join(':')}::/64`
}

describe('counts', () => {
  test.each([
    ['12', 12],
    [' 7 ', 7],
    ['1e3', 1000],
    ['-1', null],
    ['4294967295', 4_294_967_295],
    ['4294967296', null],
    ['many', null],
    ['', null],
  ])('%j is %j', async (text, expected) => {
    expect(await evaluate(countOf('v'), [text])).toEqual([expected])
  })
})

describe('e-mail addresses', () => {
  test.each([
    ['Anna.Kern42@Mail.example', 'anna.kern42@mail.example', 'L4.L4D2@mail.example'],
    ['x9+tag@mail.example', 'x9@mail.example', 'L1D1@mail.example'],
    ['a+b+c@mail.example', 'a@mail.example', 'L1@mail.example'],
    ['ab12cd@mail.example', 'ab12cd@mail.example', 'L2D2L2@mail.example'],
    ['no address', null, null],
  ])('%s', async (text, normal, pattern) => {
    expect(await evaluate(normalEmail('v'), [text])).toEqual([normal])
    expect(await evaluate(emailPattern(normalEmail('v')), [text])).toEqual([pattern])
  })
})

describe('text that becomes SQL', () => {
  test('a literal comes back as it was, an identifier names what it says', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((each) => Buffer.from(each).toString().replaceAll('\0', ''))
    const texts = [
      ...fc.sample(text, { numRuns: 150, seed: 11 }),
      "'; DROP TABLE given; --",
      "''",
      '\\',
      '"',
      '$1',
      '{{x}}',
    ]
    const list = texts.map(literal).join(', ')
    const back = await connection.runAndReadAll(`SELECT unnest([${list}])`)
    expect(back.getRows().map((row) => row[0])).toEqual(texts)
    const named = texts.filter((each) => each !== '').slice(-5)
    const result = await connection.runAndReadAll(
      `SELECT ${named.map((each, i) => `${i} AS ${identifier(each)}`).join(', ')}`,
    )
    expect(result.columnNames()).toEqual(named)
    expect(literalList(["a'b", 'c'])).toBe("('a''b', 'c')")
  })

  test('a NUL is refused, for no engine can hold one in a query', () => {
    expect(() => literal('a\0')).toThrow('NUL')
    expect(() => identifier('a\0')).toThrow('NUL')
  })
})
