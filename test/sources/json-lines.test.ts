import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createJsonLines } from '../../src/sources/json-lines.ts'

const join = (text: string, cuts: readonly number[] = []): string => {
  const bytes = Buffer.from(text)
  const lines = createJsonLines()
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const pieces = ends.flatMap((end, i) => lines.push(bytes.subarray(ends[i - 1] ?? 0, end)))
  return Buffer.concat(pieces).toString()
}

const linesOf = (text: string): [number, unknown][] =>
  join(text)
    .split('\n')
    .flatMap((line, i): [number, unknown][] => (line.trim() === '' ? [] : [[i + 1, JSON.parse(line)]]))

describe('objects keep the line on which they begin', () => {
  test.each([
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
        [2, { a: 2 }],
      ],
    ],
    [
      'a line that is owed is paid back',
      '[{"a":1},{"a":2},\n\n{"a":3}]',
      [
        [1, { a: 1 }],
        [2, { a: 2 }],
        [3, { a: 3 }],
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
      'what is no object has a line of its own',
      '[1, {"a":1}, "x,]"]',
      [
        [1, 1],
        [2, { a: 1 }],
        [3, 'x,]'],
      ],
    ],
    ['an empty array', '[\n]\n', []],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text)).toEqual(expected)
  })

  test('an object that is cut short stays, for the reader to reject', () => {
    expect(join('[{"a":1},\n{"b":').split('\n')[1]).toBe('{"b":')
  })

  test('any records, however written and cut into chunks, come out one a line', () => {
    const record = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    fc.assert(
      fc.property(
        fc.array(record),
        fc.constantFrom(0, 1),
        fc.array(fc.nat(), { maxLength: 4 }),
        (records, indent, cuts) => {
          const text = JSON.stringify(records, null, indent)
          const lines = join(text, cuts)
            .split('\n')
            .filter((line) => line.trim() !== '')
          expect(lines.map((line) => JSON.stringify(JSON.parse(line)))).toEqual(
            records.map((each) => JSON.stringify(each)),
          )
        },
      ),
    )
  })
})
