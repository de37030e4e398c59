import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCellGraph } from '../../src/networks/cell-graph.ts'
import { findCells } from '../../src/networks/cells.ts'
import type { Link } from '../../src/networks/links.ts'
import { findNetworkCells } from '../../src/networks/network-cells.ts'
import { createRandom, shuffled } from '../../src/random.ts'
import { range } from './tables.ts'

const random = createRandom('cells')
const cells = (
  members: readonly number[],
  links: readonly Link[],
  cores: readonly (readonly [number[], number])[] = [],
) =>
  findCells(
    {
      members: Int32Array.from(members),
      links,
      cores: cores.map(([core, bits]) => ({ members: Int32Array.from(core), bits })),
    },
    createRandom('seed'),
  )

const link = (a: number, b: number): Link => ({ a: Math.min(a, b), b: Math.max(a, b), bits: 12 + 10 * random.next() })
/** All pairs of these accounts. */
const clique = (accounts: readonly number[]): Link[] =>
  accounts.flatMap((b, i) => accounts.slice(0, i).map((a) => link(a, b)))
const chain = (accounts: readonly number[]): Link[] => accounts.slice(1).map((b, i) => link(accounts[i]!, b))
/** Links between members drawn at random. */
const strangers = (count: number, links: number): Link[] =>
  Array.from({ length: links }, () => {
    const a = random.below(count - 1)
    return link(a, a + 1 + random.below(count - 1 - a))
  })

describe('one cell', () => {
  test.each([
    ['five accounts', range(0, 5), chain(range(0, 5))],
    ['no link', range(0, 50), []],
    ['links to accounts outside only', range(0, 50), [link(3, 70)]],
    ['a clique', range(0, 30), clique(range(0, 30))],
    ['a clique with a fifth of its links missing', range(0, 30), clique(range(0, 30)).filter((_, i) => i % 5 > 0)],
    ['a chain of twelve', range(0, 12), chain(range(0, 12))],
    ['a chain of a thousand', range(0, 1000), chain(range(0, 1000))],
    ['a star', range(0, 50), range(1, 50).map((b) => link(0, b))],
    ['random links', range(0, 100), [...chain(range(0, 100)), ...strangers(100, 400)]],
  ])('%s', (_, members, links) => {
    expect(cells(members, links)).toEqual({ cellOf: new Int32Array(members.length), resolution: 0 })
  })

  test('a kept hub is one, although it ties its holders by one star', () => {
    const found = cells(range(0, 300), strangers(300, 100), [[range(0, 300), 14]])
    expect(found).toEqual({ cellOf: new Int32Array(300), resolution: 0 })
  })
})

describe('cells', () => {
  test('two crews that know each other by one pair', () => {
    // Accounts 10..19 and 30..35; the larger crew is cell 0. Between them one link over 60 pairs: 0.3 bits a pair.
    const members = [...range(10, 20), ...range(30, 36)]
    const found = cells(members, [...clique(range(10, 20)), ...clique(range(30, 36)), link(15, 33)])
    expect([...found.cellOf]).toEqual(members.map((member) => (member < 20 ? 0 : 1)))
    expect(found.resolution).toBeGreaterThan(0.3)
    expect(found.resolution).toBeLessThan(12)
  })

  test('of every size at once, with links across', () => {
    const sizes = [60, 40, 20, 10, 5]
    const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
    const crews = sizes.map((size, i) => range(starts[i]!, starts[i]! + size))
    const found = cells(range(0, 135), [...crews.flatMap(clique), ...strangers(135, 40)])
    expect([...found.cellOf]).toEqual(crews.flatMap((crew, i) => crew.map(() => i)))
  })

  test('two pools behind two hubs, with chance links across', () => {
    const found = cells(range(0, 300), strangers(300, 100), [
      [range(0, 150), 14],
      [range(150, 300), 14],
    ])
    expect([...found.cellOf]).toEqual(range(0, 300).map((member) => (member < 150 ? 0 : 1)))
  })

  test('what is not linked to the others is a cell of its own where there are links', () => {
    expect([...cells(range(0, 8), chain(range(1, 7))).cellOf]).toEqual([1, 0, 0, 0, 0, 0, 0, 2])
  })
})

test('a core weighs as the clique would that it stands for', () => {
  const members = Int32Array.from(range(0, 10))
  const star = createCellGraph({ members, links: [], cores: [{ members, bits: 14 }] })
  expect([star.leastBits, star.mostBits]).toEqual([14, 14])
  expect(star.graph.targets.length).toBe(20) // ten spokes, from both ends
  expect(star.graph.weights[0]).toBe(9 * 14)
})

test('cells cover all members, are numbered by size, and are the same for any order of links', () => {
  const account = fc.nat(59)
  const links = fc.array(fc.tuple(account, account, fc.integer({ min: 9, max: 40 })), { maxLength: 250 })
  fc.assert(
    fc.property(links, fc.string(), (drawn, seed) => {
      const given = drawn
        .filter(([a, b]) => a !== b)
        .map(([a, b, bits]) => ({ a: Math.min(a, b), b: Math.max(a, b), bits }))
      const found = cells(range(0, 60), given)
      const sizes: number[] = []
      for (const cell of found.cellOf) sizes[cell] = (sizes[cell] ?? 0) + 1
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60)
      const order = [...shuffled(given.length, createRandom(seed))]
      expect(
        cells(
          range(0, 60),
          order.map((i) => given[i]!),
        ),
      ).toEqual(found)
    }),
    { numRuns: 60 },
  )
})

test('the cells of a network do not depend on the others, nor on links that leave it', async () => {
  const crews = [...clique(range(0, 6)), ...clique(range(6, 10)), link(0, 6)]
  const others = [...clique(range(10, 14)), link(3, 12), link(5, 19)]
  const networks = [Int32Array.from(range(0, 10)), Int32Array.from(range(10, 14))]
  const { cellOf, resolutions } = await findNetworkCells(networks, [...crews, ...others], [], 20, createRandom('seed'))
  expect([...cellOf]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1])
  expect(resolutions).toEqual([cells(range(0, 10), crews).resolution, 0])
})
