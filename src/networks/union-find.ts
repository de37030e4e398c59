/** Disjoint sets over 0..count-1, with path halving and union by smaller number, so that roots are canonical. */
export interface UnionFind {
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
    find,
    union(a, b) {
      const rootA = find(a)
      const rootB = find(b)
      if (rootA < rootB) parent[rootB] = rootA
      else parent[rootA] = rootB
    },
  }
}

/** Sets of two or more, each ascending, in the order of their first item. */
export function setsOf(sets: UnionFind, items: Iterable<number>): Int32Array[] {
  const members = new Map<number, number[]>()
  for (const item of items) {
    const root = sets.find(item)
    const set = members.get(root)
    if (set) set.push(item)
    else members.set(root, [item])
  }
  return [...members.values()].filter((set) => set.length > 1).map((set) => Int32Array.from(set).sort())
}
