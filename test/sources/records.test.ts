import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RawRecord, readRecords } from '../../src/sources/records.ts'
import { sniff } from '../../src/sources/sniff.ts'
import { useTempFolder } from './temp-folder.ts'

/** The careful reading: every record that is present comes out once, as a value or with the reason why it is none. */

const folder = useTempFolder()
let count = 0

async function read(content: string | Uint8Array, maxExpandedBytes?: number) {
  const path = folder.write(`${++count}`, content)
  const { container, ...source } = await sniff(path, 'the-log')
  if (container === 'empty') return { records: [] as RawRecord[], damage: [] as string[] }
  const records: RawRecord[] = []
  const damage: string[] = []
  const options = { onDamage: (what: string) => damage.push(what), ...(maxExpandedBytes ? { maxExpandedBytes } : {}) }
  for await (const batch of readRecords({ path, container, ...source }, options)) records.push(...batch)
  return { records, damage }
}

/** Line → value, or the reason. */
const seen = async (content: string | Uint8Array): Promise<[number, unknown][]> =>
  (await read(content)).records.map(({ line, value, reason }) => [line, value ?? reason])

describe('JSON in any arrangement; records have the line on which they begin', () => {
  test.each<[string, string, [number, unknown][]]>([
    [
      'an array on many lines',
      '[\n  {\n    "a": 1\n  },\n  {"a":\n 2}\n]\n',
      [
        [2, { a: 1 }],
        [5, { a: 2 }],
      ],
    ],
    [
      'objects one after another',
      '{\n"a":1\n}\n{\n"a":2}\n',
      [
        [1, { a: 1 }],
        [4, { a: 2 }],
      ],
    ],
    [
      'an array on one line',
      '[{"a":1},{"a":2}]\n',
      [
        [1, { a: 1 }],
        [1, { a: 2 }],
      ],
    ],
    [
      'one object a line inside an array, commas behind',
      '[\n{"a":1},\n{"a":2},\n]\n',
      [
        [2, { a: 1 }],
        [3, { a: 2 }],
      ],
    ],
    [
      'objects without anything between',
      '{"a":1}{"a":2}\n{"a":3}',
      [
        [1, { a: 1 }],
        [1, { a: 2 }],
        [2, { a: 3 }],
      ],
    ],
    [
      'braces and quotes in texts',
      '[{"a":"}\\"],{"},\n{"b":["[",{}]}]',
      [
        [1, { a: '}"],{' }],
        [2, { b: ['[', {}] }],
      ],
    ],
    [
      'what is no object',
      '[{"a":1}, 1, "x,]"]',
      [
        [1, { a: 1 }],
        [1, 'not a JSON object'],
        [1, 'not a JSON object'],
      ],
    ],
    [
      'an object that is cut short',
      '[{"a":1},\n{"b":',
      [
        [1, { a: 1 }],
        [2, 'cut short'],
      ],
    ],
    [
      'ids that no double holds',
      '{"id":9007199254740993}\n{"id":-9007199254740992}\n',
      [
        [1, { id: '9007199254740993' }],
        [2, { id: '-9007199254740992' }],
      ],
    ],
    [
      'digits inside a text',
      '{"a":"x: 9007199254740993"}\n{"a":2}\n',
      [
        [1, { a: 'x: 9007199254740993' }],
        [2, { a: 2 }],
      ],
    ],
    [
      'byte escapes of a proxy',
      '{"ua":"\\x22x\\x22"}\n{"ua":"y"}\n',
      [
        [1, { ua: '"x"' }],
        [2, { ua: 'y' }],
      ],
    ],
  ])('%s', async (_, text, expected) => expect(await seen(text)).toEqual(expected))

  test('any records, however written, come out as they are', async () => {
    const record = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 3 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1 }).filter((all) => !/\d{16}/.test(JSON.stringify(all))),
        fc.constantFrom(0, 1, 2),
        async (records, indent) => {
          const values = (await read(JSON.stringify(records, null, indent))).records.map(({ value }) => value)
          expect(values.map((value) => JSON.stringify(value))).toEqual(records.map((each) => JSON.stringify(each)))
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('damage costs what is damaged', () => {
  test.each<[string, string, [number, unknown][]]>([
    [
      'a torn line among lines',
      '{"a":1}\n{"a":2,"b{"a":3}\n{"a":4}\n',
      [
        [1, { a: 1 }],
        [2, 'not valid JSON'],
        [3, { a: 4 }],
      ],
    ],
    [
      'a hole of zero bytes before a record',
      '{"a":1}\n\0\0\0{"a":2}\n',
      [
        [1, { a: 1 }],
        [2, { a: 2 }],
      ],
    ],
    [
      'a line of an array whose brace is missing',
      '[\n{"a":1},\n{"a":2,\n{"a":3},\n{"a":4}\n]',
      [
        [2, { a: 1 }],
        [3, 'cut short'],
        [4, { a: 3 }],
        [5, { a: 4 }],
      ],
    ],
    [
      'a text that never ends',
      '[\n{"a":1},\n{"a":"x},\n{"a":3}\n]',
      [
        [2, { a: 1 }],
        [3, 'not valid JSON'],
        [4, { a: 3 }],
      ],
    ],
    [
      'a pretty record without its end',
      '[\n  {\n    "a": 1\n  },\n  {\n    "a": {\n      "b": 2\n  },\n  {\n    "a": 3\n  }\n]',
      [
        [2, { a: 1 }],
        [5, 'cut short'],
        [9, { a: 3 }],
      ],
    ],
  ])('%s', async (_, text, expected) => expect(await seen(text)).toEqual(expected))

  test('a line of 40 MB and nesting of 100,000 levels', async () => {
    const text = `{"a":1}\n{"b":"${'x'.repeat(40_000_000)}"}\n${'['.repeat(100_000)}${']'.repeat(100_000)}\n{"a":2}\n`
    expect(await seen(text)).toEqual([
      [1, { a: 1 }],
      [2, 'longer than 16 MiB'],
      [3, 'not a JSON object'],
      [4, { a: 2 }],
    ])
  })

  test('a document that is too large to be held is read element by element', async () => {
    const items = Array.from({ length: 300_000 }, (_, i) => ({ i, text: 'x'.repeat(60) }))
    const { records } = await read(JSON.stringify({ owner: { id: 1 }, Records: items }))
    expect(records).toHaveLength(300_000)
    expect(records.at(-1)).toMatchObject({ line: 1, value: { i: 299_999 } })
  })

  test('a gzip that is cut short gives what it has', async () => {
    const text = Array.from({ length: 5000 }, (_, i) => `{"a":${(i * 2654435761) % 1e9}}\n`).join('')
    const whole = gzipSync(text)
    const { records, damage } = await read(whole.subarray(0, whole.length - 2000))
    expect(records.length).toBeGreaterThan(3500)
    expect(damage).toEqual([expect.stringMatching(/damaged or cut short/)])
  })

  test('a gzip that expands without end stops at the bound, in little memory', async () => {
    const bomb = gzipSync(`{"a":1}\n${'\0'.repeat(100_000_000)}`)
    const { records, damage } = await read(bomb, 50_000_000)
    expect(records.map(({ value, reason }) => value ?? reason)).toEqual([{ a: 1 }, 'longer than 16 MiB'])
    expect(damage).toEqual([expect.stringMatching(/expands to more than 50000000 bytes/)])
  })
})

describe('tables', () => {
  test.each<[string, string, [number, unknown][]]>([
    [
      'short rows are filled up, long ones rejected',
      'a,b,c\n1,2,3\n4,5,6,7\n\n8\n',
      [
        [2, { a: '1', b: '2', c: '3' }],
        [3, 'more fields than columns'],
        [5, { a: '8', b: '', c: '' }],
      ],
    ],
    [
      'newlines in quotes',
      'a,b\n1,"x\ny"\n2,z\n',
      [
        [2, { a: '1', b: 'x\ny' }],
        [4, { a: '2', b: 'z' }],
      ],
    ],
    ['a footer is no record', 'a,b\n1,2\n(1 row)\n', [[2, { a: '1', b: '2' }]]],
    [
      'what a database escapes with backslashes',
      'a\tb\n1\tx\\ty\n2\t\\N\n',
      [
        [2, { a: '1', b: 'x\ty' }],
        [3, { a: '2', b: '\\N' }],
      ],
    ],
  ])('%s', async (_, text, expected) => expect(await seen(text)).toEqual(expected))

  test('a quote that is never closed costs its line, not the file', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => `${i},x,y`)
    const { records } = await read(['a,b,c', '0,"open,y', ...many].join('\n'))
    expect(records[0]).toEqual({ line: 2, value: null, reason: 'a quote that is never closed' })
    expect(records.slice(1).every(({ value }) => value !== null)).toBe(true)
    expect(records).toHaveLength(3001)
  })

  test('what is written as CSV comes back as it was, whatever is in the cells', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ', '😀', "'"), maxLength: 8 })
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 })
    const usable = rows.filter((all) => all.every((cells) => cells.join('').trim() !== ''))
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(usable, fc.constantFrom(',', ';'), async (given, delimiter) => {
        const head = ['aa', 'bb', 'cc'].map(quoted).join(delimiter)
        const text = given.map((cells) => `${cells.map(quoted).join(delimiter)}\n`).join('')
        const { records } = await read(`${head}\n${text}`)
        expect(records.map(({ value }) => Object.values(value ?? {}))).toEqual(given)
      }),
      { numRuns: 40, seed: 21 },
    )
  })
})
