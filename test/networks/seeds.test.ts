import { describe, expect, test } from 'vitest'
import { seedGroups } from '../../src/networks/seeds.ts'
import { aReview, decided } from './reviewed.ts'
import { range } from './tables.ts'

const NOBODY = range(0, 20).map(() => null)
const link = (a: number, b: number) => ({ a, b, bits: 13 })

function seeds(
  links: readonly (readonly [number, number])[],
  confirmed: readonly number[],
  { cleared = [] as number[], groups = [] as number[][], organization = NOBODY as readonly (string | null)[] } = {},
) {
  const found = seedGroups(
    links.map(([a, b]) => link(a, b)),
    groups.map((members) => Int32Array.from(members)),
    organization,
    aReview({ decisions: decided(confirmed, cleared) }),
  )
  return { groups: found.groups.map((members) => [...members]), outside: [...found.outside] }
}

describe('beside a confirmed account in no group', () => {
  test('a linked account makes a group of two', () => {
    expect(seeds([[3, 7]], [7])).toEqual({ groups: [[3, 7]], outside: [] })
  })

  test('without a label, or without a link, there is none', () => {
    expect(seeds([[3, 7]], []).groups).toEqual([])
    expect(seeds([], [3, 7]).groups).toEqual([])
    expect(seeds([[3, 7]], [5]).groups).toEqual([])
  })

  test('only links that touch a confirmed account count', () => {
    const chain = [
      [1, 2],
      [2, 3],
      [3, 4],
    ] as const
    expect(seeds(chain, [1]).groups).toEqual([[1, 2]])
    expect(seeds(chain, [1, 3]).groups).toEqual([[1, 2, 3, 4]])
  })

  test('two confirmed accounts stay in sight', () => {
    expect(seeds([[3, 7]], [3, 7]).groups).toEqual([[3, 7]])
  })

  test('a cleared one is not told, nor is a colleague of one declared organisation', () => {
    expect(seeds([[3, 7]], [7], { cleared: [3] }).groups).toEqual([])
    const organization = NOBODY.map((_, n) => (n === 3 || n === 7 ? 'org_1' : null))
    expect(seeds([[3, 7]], [7], { organization }).groups).toEqual([])
  })
})

test('beside a confirmed member of a group, who is linked and in no group is told and joins nothing', () => {
  const groups = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  const found = seeds(
    [
      [1, 9],
      [3, 9],
      [2, 8],
      [1, 4],
    ],
    [1, 3],
    { groups },
  )
  expect(found).toEqual({
    groups: [],
    outside: [
      [1, [9]],
      [3, [9]],
    ],
  })
})
