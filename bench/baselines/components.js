/**
 * Disjoint sets with path halving (Tarjan & van Leeuwen, Worst-case Analysis of Set Union Algorithms, 1984).
 *
 * @param {number} count
 */
export function createSets(count) {
  const parent = Int32Array.from({ length: count }, (_, i) => i)
  /** @param {number} item */
  const find = (item) => {
    let at = item
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]]
      at = parent[at]
    }
    return at
  }
  return {
    find,
    /**
     * @param {number} a
     * @param {number} b
     */
    union(a, b) {
      const rootA = find(a)
      const rootB = find(b)
      if (rootA < rootB) parent[rootB] = rootA
      else parent[rootA] = rootB
    },
  }
}

/**
 * Items with equal labels, in sets of two and more, each ascending, in the order of their first item.
 *
 * @param {number} count
 * @param {(item: number) => number} labelOf negative for an item in no set
 * @returns {number[][]}
 */
export function groupsBy(count, labelOf) {
  const groups = /** @type {Map<number, number[]>} */ (new Map())
  for (let item = 0; item < count; item++) {
    const label = labelOf(item)
    if (label < 0) continue
    const group = groups.get(label)
    if (group) group.push(item)
    else groups.set(label, [item])
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}

/**
 * Accounts that hang together over shared values: what an analyst gets from a join of a log with itself.
 *
 * @param {import('./bipartite.js').Bipartite} graph
 * @param {{ minHolders?: number }} [options] values held by fewer tie nobody
 * @returns {number[][]}
 */
export function sharedValueComponents({ accounts, values, valueStart, valueAccount }, { minHolders = 2 } = {}) {
  const sets = createSets(accounts)
  for (let v = 0; v < values; v++) {
    if (valueStart[v + 1] - valueStart[v] < minHolders) continue
    for (let row = valueStart[v] + 1; row < valueStart[v + 1]; row++) {
      sets.union(valueAccount[valueStart[v]], valueAccount[row])
    }
  }
  return groupsBy(accounts, sets.find)
}
