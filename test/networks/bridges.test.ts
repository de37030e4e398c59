import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findBlocks } from '../../src/networks/blocks.ts'
import { type SharedValue, splitAtBridges } from '../../src/networks/bridges.ts'
import { createUnionFind } from '../../src/networks/union-find.ts'
import { createWeightedGraph } from '../../src/networks/weighted-graph.ts'
import { range } from './tables.ts'

const strong = (value: number, ...holders: number[]): SharedValue => ({ value, holders, isStrong: true })
const weak = (value: number, ...holders: number[]): SharedValue => ({ value, holders, isStrong: false })

/** Parts and bridges of accounts 0..count-1, for parts of three and more. */
function split(count: number, ...values: SharedValue[]): { parts: number[][]; bridges: readonly number[] } {
  const { parts, bridges } = splitAtBridges(Int32Array.from(range(0, count)), values, 3)
  return { parts: parts.map((part) => [...part]), bridges }
}

describe('two rings', () => {
  const cards = [strong(1, 0, 1, 2, 3), strong(2, 4, 5, 6)]
  const rings = [range(0, 4), range(4, 7)]

  test.each([
    ['one pair shares a browser', [weak(3, 0, 4)]],
    ['all share one browser', [weak(3, ...range(0, 7))]],
  ])('are two when %s', (_, values) => {
    expect(split(7, ...cards, ...values)).toEqual({ parts: rings, bridges: [3] })
  })

  test('are one when they share a card', () => {
    expect(split(7, ...cards, strong(3, 0, 4))).toEqual({ parts: [range(0, 7)], bridges: [] })
  })

  test('are one when one account holds the cards of both', () => {
    expect(split(7, strong(1, 0, 1, 2, 3), strong(2, 3, 4, 5, 6)).parts).toHaveLength(1)
  })

  test('are one when they share two values on different accounts', () => {
    expect(split(7, ...cards, weak(3, 0, 4), weak(4, 1, 5)).parts).toHaveLength(1)
  })

  test('are two when one account agrees with the other ring in two values: all hangs on that account', () => {
    // Account 3 holds the first ring's card, and a browser and an address of the second ring.
    expect(split(7, ...cards, weak(3, 3, 4), weak(4, 3, 5))).toEqual({ parts: rings, bridges: [3, 4] })
  })

  test('are one when one of them is too small', () => {
    expect(split(6, strong(1, 0, 1, 2, 3), strong(2, 4, 5), weak(3, 0, 4)).parts).toHaveLength(1)
  })

  test('take the accounts that hang on them', () => {
    // 7 hangs on the second ring by a browser, 8 on 7 by an address; 9 hangs on nothing and goes to the larger ring.
    expect(split(10, ...cards, weak(3, 0, 4), weak(4, 6, 7), weak(5, 7, 8))).toEqual({
      parts: [[0, 1, 2, 3, 9], range(4, 9)],
      bridges: [3],
    })
  })
})

describe('chains are not cut', () => {
  test.each([
    ['of cards', true],
    ['of addresses', false],
  ])('%s', (_, isStrong) => {
    const links = range(0, 5000).map((i): SharedValue => ({ value: i, holders: [i, i + 1], isStrong }))
    expect(split(5001, ...links)).toEqual({ parts: [range(0, 5001)], bridges: [] })
  })

  test('nor is a crowd around one weak value', () => {
    expect(split(50, weak(1, ...range(0, 50))).parts).toHaveLength(1)
  })
})

test('rings of weak values count, where every account is tied in two ways', () => {
  // 0-1-2-0 and 3-4-5-3, each pair by an address of its own; one browser across.
  const ring = (first: number): SharedValue[] =>
    [0, 1, 2].map((i) => weak(10 * first + i, first + i, first + ((i + 1) % 3)))
  expect(split(6, ...ring(0), ...ring(3), weak(99, 2, 3))).toEqual({ parts: [range(0, 3), range(3, 6)], bridges: [99] })
})

test('every member is in one part, and the order of values changes nothing', () => {
  const values = fc.array(fc.tuple(fc.uniqueArray(fc.nat(29), { maxLength: 6 }), fc.boolean()), { maxLength: 40 })
  fc.assert(
    fc.property(values, (drawn) => {
      const given = drawn.map(([holders, isStrong], value) => ({ value, holders, isStrong }))
      const found = split(30, ...given)
      expect(found.parts.flat().sort((a, b) => a - b)).toEqual(range(0, 30))
      expect(found.parts.length === 1 || found.parts.every((part) => part.length >= 3)).toBe(true)
      for (const { holders, isStrong, value } of given) {
        const touched = found.parts.filter((part) => holders.some((holder) => part.includes(holder)))
        expect(found.bridges.includes(value)).toBe(touched.length > 1)
        expect(isStrong && touched.length > 1).toBe(false)
      }
      expect(split(30, ...given.toReversed())).toEqual(found)
    }),
    { numRuns: 300 },
  )
})

test('two edges lie in one block if no single node parts them', () => {
  const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 18 })
  fc.assert(
    fc.property(edges, (drawn) => {
      const a = drawn.map(([from]) => from)
      const b = drawn.map(([, to]) => to)
      const graph = createWeightedGraph(new Float64Array(10), { a, b, weight: a.map(() => 1) })
      const { blockOf } = findBlocks(graph)
      const ends = range(0, 10).flatMap((node) =>
        [...graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1])].map((to) => [node, to] as const),
      )
      for (const [i, one] of ends.entries()) {
        for (const [j, other] of ends.entries()) expect(blockOf[i] === blockOf[j]).toBe(isOneBlock(ends, one, other))
      }
    }),
    { numRuns: 100 },
  )
})

type Ends = readonly [number, number]

/** By the definition: the same edge, or still together in one piece whichever node is taken away. */
function isOneBlock(ends: readonly Ends[], one: Ends, other: Ends): boolean {
  const isSame = (one[0] === other[0] && one[1] === other[1]) || (one[0] === other[1] && one[1] === other[0])
  return isSame || [-1, ...range(0, 10)].every((gone) => areTogether(ends, one, other, gone))
}

/** Whether some end of one edge reaches some end of the other without the node that is gone. */
function areTogether(ends: readonly Ends[], one: Ends, other: Ends, gone: number): boolean {
  const pieces = createUnionFind(10)
  for (const [from, to] of ends) if (from !== gone && to !== gone) pieces.union(from, to)
  const reach = (end: number): number => pieces.find(end)
  return one.some((x) => other.some((y) => x !== gone && y !== gone && reach(x) === reach(y)))
}
