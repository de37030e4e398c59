import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allItems, createUnionFind, setsOf } from '../../src/networks/union-find.ts'

/** Spreads the least number along the edges until nothing changes. */
function slowComponents(count: number, edges: readonly (readonly [number, number])[]): number[][] {
  const label = Array.from({ length: count }, (_, i) => i)
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const [a, b] of edges) {
      const least = Math.min(label[a]!, label[b]!)
      if (label[a] === least && label[b] === least) continue
      label[a] = least
      label[b] = least
      isChanged = true
    }
  }
  const groups = new Map<number, number[]>()
  for (const [i, root] of label.entries()) groups.set(root, [...(groups.get(root) ?? []), i])
  return [...groups.values()].filter((group) => group.length > 1)
}

const graph = fc.integer({ min: 1, max: 60 }).chain((count) => {
  const item = fc.nat(count - 1)
  return fc.record({ count: fc.constant(count), edges: fc.array(fc.tuple(item, item), { maxLength: 80 }) })
})

test('gives the components of the graph, ascending, in the order of their first item', () => {
  fc.assert(
    fc.property(graph, ({ count, edges }) => {
      const sets = createUnionFind(count)
      for (const [a, b] of edges) sets.union(a, b)
      const found = setsOf(sets, allItems(count)).map((set) => [...set])
      expect(found).toEqual(slowComponents(count, edges))
    }),
    { numRuns: 300 },
  )
})

test('the root of a set is its least item, whatever the order of unions', () => {
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.nat()), ({ count, edges }, keys) => {
      const shuffled = edges.map((edge) => ({ edge, key: keys.next().value as number }))
      shuffled.sort((x, y) => x.key - y.key)
      const one = createUnionFind(count)
      const other = createUnionFind(count)
      for (const [a, b] of edges) one.union(a, b)
      for (const {
        edge: [a, b],
      } of shuffled)
        other.union(b, a)
      const roots = Array.from({ length: count }, (_, i) => one.find(i))
      expect(Array.from({ length: count }, (_, i) => other.find(i))).toEqual(roots)
      expect(roots.every((root, i) => root <= i)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('a long chain is no deep recursion', () => {
  const sets = createUnionFind(200_000)
  for (let i = 199_999; i > 0; i--) sets.union(i, i - 1)
  expect(sets.find(199_999)).toBe(0)
})
