/** Disjoint sets over 0..count-1, with path halving and union by smaller number, so that roots are canonical. */
export interface UnionFind {
  readonly count: number
  find(item: number): number
  union(a: number, b: number): void
}

/** Source: Tarjan & van Leeuwen, Worst-case Analysis of Set Union Algorithms (1984), path halving. */
export function createUnionFind(count: number): UnionFind {
  const parent = new Int32Array(count)
  for (let item = 0; item < count; item++) parent[item] = item
  const find = (item: number): number => {
    let at = item
    while (parent[at]! !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  return {
    count,
    find,
    union(a, b) {
      const rootA = find(a)
      const rootB = find(b)
      if (rootA < rootB) parent[rootB] = rootA
      else parent[rootA] = rootB
    },
  }
}

/**
 * Sets of two or more of the items, each ascending, in the order of their first item. Nothing is made for the many that are
 * alone.
 *
 * @param items ascending, each below the count of `sets`
 */
export function setsOf(sets: UnionFind, items: Int32Array): Int32Array[] {
  const sizes = new Int32Array(sets.count)
  for (const item of items) sizes[sets.find(item)]!++
  const members = new Map<number, Int32Array>()
  const filled = new Int32Array(sets.count)
  for (const item of items) {
    const root = sets.find(item)
    if (sizes[root]! < 2) continue
    const set = members.get(root) ?? new Int32Array(sizes[root]!)
    set[filled[root]!++] = item
    members.set(root, set)
  }
  return [...members.values()]
}

/** The numbers 0 to `count` - 1. */
export const allItems = (count: number): Int32Array => Int32Array.from({ length: count }, (_, item) => item)
