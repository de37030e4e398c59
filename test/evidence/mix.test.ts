import { expect, test } from 'vitest'
import { mixesOf } from '../../src/evidence/duckdb/mix.ts'
import type { MappedSource } from '../../src/evidence/engine.ts'

const logOf = (models: readonly unknown[], path: readonly string[] = []): MappedSource =>
  ({
    source: { sample: models.map((m) => ({ m, c: 'chat' })) },
    mapping: {
      fields: { model: [{ column: 'm', path, index: -1 }], capability: [{ column: 'c', path: [], index: -1 }] },
    },
  }) as unknown as MappedSource

const valuesOf = (...logs: MappedSource[]): readonly string[] | undefined =>
  mixesOf(logs).find(({ field }) => field === 'model')?.values

test('values that the samples show twice get a column, the most frequent first', () => {
  expect(
    valuesOf(
      logOf([
        'b',
        'a',
        'c',
        'c',
        'c',
        'a',
        'b',
        'once',
        null,
        '',
        '',
        7,
        7,
        { x: 1 },
        'é',
        'é',
        'x'.repeat(101),
        'x'.repeat(101),
      ]),
    ),
  ).toEqual(['c', 'a', 'b'])
  expect(valuesOf(logOf(['a', 'b']), logOf(['b', 'a']))).toEqual(['a', 'b'])
  const many = Array.from({ length: 40 }, (_, n) => `model-${n}`)
  expect(valuesOf(logOf([...many, ...many]))).toHaveLength(12)
})

test('a field with one value, or none to be seen, stays a key', () => {
  expect(valuesOf(logOf(['a', 'a', 'a', 'b']))).toBeUndefined()
  expect(valuesOf(logOf([]))).toBeUndefined()
  expect(valuesOf(logOf(['a', 'a', 'b', 'b'], ['name']))).toBeUndefined()
  expect(mixesOf([logOf(['a', 'a', 'b', 'b'])]).map(({ field }) => field)).toEqual(['model'])
})
