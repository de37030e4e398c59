/**
 * An undirected graph with weights, in flat arrays (compressed sparse rows): memory is linear in edges.
 * Each edge stands in the rows of both of its ends; there are no loops and no parallel edges.
 */
export interface WeightedGraph {
  readonly count: number
  /** Neighbours of node n are targets[offsets[n] .. offsets[n + 1]). */
  readonly offsets: Int32Array
  readonly targets: Int32Array
  /** > 0, in the unit of the caller; never scaled. */
  readonly weights: Float64Array
  /** What a node counts in the size of its community: 1 for an account, the sum for a merged node, 0 for a hub. */
  readonly sizes: Float64Array
}

/** Undirected edges in any order and direction. Loops and weights of 0 or less are dropped, parallel edges add up. */
export interface Edges {
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
  readonly weight: ArrayLike<number>
}

/** The graph of these edges, with neighbours ascending: the same, bit for bit, for any order of edges. */
export function createWeightedGraph(sizes: Float64Array, edges: Edges): WeightedGraph {
  const { from, to, weight } = bothWays(edges)
  const sorted = sortedBy(from, sizes.length, sortedBy(to, sizes.length))
  const offsets = new Int32Array(sizes.length + 1)
  const targets = new Int32Array(from.length)
  const weights = new Float64Array(from.length)
  let count = 0
  for (let i = 0; i < sorted.length; ) {
    const source = from[sorted[i]!]!
    const target = to[sorted[i]!]!
    const start = i
    while (i < sorted.length && from[sorted[i]!] === source && to[sorted[i]!] === target) i++
    targets[count] = target
    weights[count++] = sumOf(sorted.subarray(start, i), weight)
    offsets[source + 1]!++
  }
  for (let node = 0; node < sizes.length; node++) offsets[node + 1]! += offsets[node]!
  return { count: sizes.length, offsets, targets: targets.slice(0, count), weights: weights.slice(0, count), sizes }
}

/** Both directions of every edge that counts. */
function bothWays({ a, b, weight }: Edges): { from: Int32Array; to: Int32Array; weight: Float64Array } {
  const kept: number[] = []
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && weight[i]! > 0) kept.push(i)
  const from = new Int32Array(2 * kept.length)
  const to = new Int32Array(2 * kept.length)
  const both = new Float64Array(2 * kept.length)
  for (const [i, edge] of kept.entries()) {
    from[2 * i] = to[2 * i + 1] = a[edge]!
    to[2 * i] = from[2 * i + 1] = b[edge]!
    both[2 * i] = both[2 * i + 1] = weight[edge]!
  }
  return { from, to, weight: both }
}

/** Positions in ascending order of their key in [0, bound), in the given order where keys are equal (counting sort). */
function sortedBy(keys: Int32Array, bound: number, order?: Int32Array): Int32Array {
  const next = new Int32Array(bound + 1)
  for (const key of keys) next[key + 1]!++
  for (let key = 0; key < bound; key++) next[key + 1]! += next[key]!
  const sorted = new Int32Array(keys.length)
  for (let i = 0; i < keys.length; i++) {
    const at = order ? order[i]! : i
    sorted[next[keys[at]!]!++] = at
  }
  return sorted
}

/** Sum in ascending order, since sums of doubles depend on their order. */
const sumOf = (positions: Int32Array, weight: Float64Array): number =>
  positions.length === 1
    ? weight[positions[0]!]!
    : Float64Array.from(positions, (position) => weight[position]!)
        .sort()
        .reduce((sum, each) => sum + each, 0)

/** A division of the nodes 0..n-1: the part of each, numbered from 0 in the order of their first node. */
export interface Partition {
  readonly partOf: Int32Array
  readonly count: number
}

/** The same division in canonical numbers. */
export function numbered(labels: Int32Array): Partition {
  const numbers = new Int32Array(labels.reduce((most, label) => Math.max(most, label), -1) + 1).fill(-1)
  let count = 0
  const partOf = labels.map((label) => {
    if (numbers[label] === -1) numbers[label] = count++
    return numbers[label]!
  })
  return { partOf, count }
}

/** The graph whose nodes are the parts: sizes add up, weights between two parts add up, weights inside are dropped. */
export function aggregate(graph: WeightedGraph, { partOf, count }: Partition): WeightedGraph {
  const { offsets, targets, weights } = graph
  const sizes = new Float64Array(count)
  for (let node = 0; node < graph.count; node++) sizes[partOf[node]!]! += graph.sizes[node]!
  const byPart = sortedBy(partOf, count)
  const sums = new Float64Array(count)
  const touched = new Int32Array(count)
  const merged = { offsets: new Int32Array(count + 1), targets: new Int32Array(targets.length) }
  const mergedWeights = new Float64Array(targets.length)
  let end = 0
  for (let i = 0, part = 0; part < count; part++) {
    let seen = 0
    for (; i < byPart.length && partOf[byPart[i]!] === part; i++) {
      for (let edge = offsets[byPart[i]!]!; edge < offsets[byPart[i]! + 1]!; edge++) {
        const other = partOf[targets[edge]!]!
        if (other === part) continue
        if (sums[other] === 0) touched[seen++] = other
        sums[other]! += weights[edge]!
      }
    }
    for (const other of touched.subarray(0, seen)) {
      merged.targets[end] = other
      mergedWeights[end++] = sums[other]!
      sums[other] = 0
    }
    merged.offsets[part + 1] = end
  }
  return { count, sizes, ...merged, targets: merged.targets.slice(0, end), weights: mergedWeights.slice(0, end) }
}
