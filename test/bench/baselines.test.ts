import { describe, expect, test } from 'vitest'
import { bipartiteOfRows } from '../../bench/baselines/bipartite.js'
import { startClock } from '../../bench/baselines/clock.js'
import { groupsBy, sharedValueComponents } from '../../bench/baselines/components.js'
import { fraudarBlocks } from '../../bench/baselines/fraudar.js'
import { louvain } from '../../bench/baselines/louvain.js'
import { project } from '../../bench/baselines/projection.js'
import { synchroTrap } from '../../bench/baselines/synchro-trap.js'
import { weightedLinkComponents } from '../../bench/baselines/weighted-links.js'

const clock = startClock(60)

/** Values by their holders; `held` by account where accounts hold more than what they share. */
function shared(accounts: number, values: readonly (readonly number[])[], held?: readonly number[]) {
  const value = values.flatMap((holders, v) => holders.map(() => v))
  const rows = { accounts, values: values.length, value, account: values.flat() }
  return bipartiteOfRows(held ? { ...rows, held: Float64Array.from(held) } : rows)
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

describe('components', () => {
  test('hang together over any shared value, and a value of too few ties nobody', () => {
    const values = shared(6, [
      [0, 1],
      [1, 2],
      [3, 4, 5],
    ])
    expect(sharedValueComponents(values)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ])
    expect(sharedValueComponents(values, { minHolders: 3 })).toEqual([[3, 4, 5]])
  })
})

describe('a projection', () => {
  test('adds the weights of all that two accounts share, in both rows', () => {
    const graph = project(
      shared(3, [
        [0, 1],
        [0, 1, 2],
      ]),
      { weightOf: (holders: number) => 1 / holders, clock },
    )
    // 0–1: 1/2 + 1/3; 0–2 and 1–2: 1/3.
    expect([...graph.offsets]).toEqual([0, 2, 4, 6])
    const weights = new Map([...graph.targets.subarray(0, 2)].map((to, i) => [to, graph.weights[i]]))
    expect(weights.get(1)).toBeCloseTo(5 / 6)
    expect(weights.get(2)).toBeCloseTo(1 / 3)
  })
})

describe('Louvain', () => {
  // Two cliques of four and one edge between: modularity of the two is 12/13 - 2·(13/26)² = 0.423, of one 0.
  test('parts two cliques with a bridge', () => {
    const cliques = shared(8, [range(0, 4), range(4, 8), [3, 4]])
    const community = louvain(project(cliques, { weightOf: () => 1, clock }), clock)
    expect(groupsBy(8, (account: number) => community[account]!)).toEqual([range(0, 4), range(4, 8)])
  })

  // A ring of 30 triangles: single moves find the triangles; merged, two neighbours gain (Fortunato & Barthélemy 2007:
  // below √(2·edges) ≈ 15 communities are resolved).
  test('merges communities in its second phase', () => {
    const triangles = range(0, 30).map((t) => [3 * t, 3 * t + 1, 3 * t + 2])
    const bridges = range(0, 30).map((t) => [3 * t + 2, (3 * t + 3) % 90].sort((a, b) => a - b))
    const ring = project(shared(90, [...triangles, ...bridges]), { weightOf: () => 1, clock })
    const groups = groupsBy(90, (account: number) => louvain(ring, clock)[account]!)
    expect(groups.length).toBeLessThan(30)
    expect(groups.every((group: number[]) => group.length % 3 === 0)).toBe(true)
  })
})

describe('discounted links', () => {
  // One value of two holders weighs 1/ln 3 = 0.91. Of accounts that hold 9 values each: 6 · 0.91 / 9 = 0.61, a link;
  // of accounts that hold 12 each: 0.455, none.
  test('discount by all that both accounts hold', () => {
    expect(weightedLinkComponents(shared(2, [[0, 1]], [9, 9]), clock)).toEqual([[0, 1]])
    expect(weightedLinkComponents(shared(2, [[0, 1]], [12, 12]), clock)).toEqual([])
  })
})

describe('SynchroTrap', () => {
  // 8 hours in common of 12 and 12: 8/16 = 0.5, linked. 7 of 12 and 12: 7/17. One of one and one: alike, but a single act.
  test.each([
    { both: 8, each: 12, groups: [[0, 1]] },
    { both: 7, each: 12, groups: [] },
    { both: 1, each: 1, groups: [] },
  ])('$both of $each actions in common', ({ both, each, groups }) => {
    const actions = shared(
      2,
      range(0, both).map(() => [0, 1]),
      [each, each],
    )
    expect(synchroTrap([actions], clock)).toEqual(groups)
  })
})

describe('FRAUDAR', () => {
  const ring = range(0, 10).map(() => range(0, 10)) // ten accounts on the same ten cards
  const small = range(0, 3).map(() => range(10, 13))

  // Ring: 100 edges of 1/ln 15 over 20 nodes = 1.85. Small one: 9 of 1/ln 8 over 6 = 0.72; both: 41.3 / 26 = 1.59.
  test('takes dense blocks one after the other', () => {
    const groups = fraudarBlocks(shared(40, [...ring, ...small]), { clock, blocks: 2 })
    expect(groups).toEqual([range(0, 10), range(10, 13)])
  })

  // What 40 accounts hold weighs 1/ln 45: with all three the ring has (36.9 + 7.9) / 23 = 1.95, with the small one 1.78.
  test('is not misled by what everybody holds', () => {
    const camouflage = range(0, 3).map(() => range(0, 40))
    const groups = fraudarBlocks(shared(40, [...ring, ...small, ...camouflage]), { clock, blocks: 1 })
    expect(groups).toEqual([range(0, 10)])
  })

  test('ends when no edge is left, and an account is in one block only', () => {
    const groups = fraudarBlocks(
      shared(4, [
        [0, 1],
        [0, 1],
        [2, 3],
      ]),
      { clock, blocks: 50 },
    )
    expect(groups.flat().sort()).toEqual([...new Set(groups.flat())].sort())
  })
})

test('a method that runs out of time says so', () => {
  const late = startClock(
    10,
    (() => {
      let now = 0
      return () => (now += 20_000)
    })(),
  )
  expect(() => louvain(project(shared(2, [[0, 1]]), { weightOf: () => 1, clock: late }), late)).toThrow(
    'timed out after 10 s',
  )
})
