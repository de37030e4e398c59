import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCommunities } from '../../src/networks/leiden.ts'
import { partitionAgreement } from '../../src/networks/partition-agreement.ts'
import {
  aggregate,
  createWeightedGraph,
  numbered,
  type Partition,
  type WeightedGraph,
} from '../../src/networks/weighted-graph.ts'
import { createRandom, shuffled } from '../../src/random.ts'

type Edge = readonly [a: number, b: number, weight: number]

const graphOf = (count: number, edges: readonly Edge[]): WeightedGraph =>
  createWeightedGraph(new Float64Array(count).fill(1), {
    a: edges.map(([a]) => a),
    b: edges.map(([, b]) => b),
    weight: edges.map(([, , weight]) => weight),
  })

/** The quality that {@link findCommunities} raises; 0 if every node is its own community. */
function pottsQuality(graph: WeightedGraph, { partOf, count }: Partition, resolution: number): number {
  const size = new Float64Array(count)
  let quality = 0
  for (let node = 0; node < graph.count; node++) {
    const part = partOf[node]!
    quality -= resolution * size[part]! * graph.sizes[node]!
    size[part]! += graph.sizes[node]!
    for (let edge = graph.offsets[node]!; edge < graph.offsets[node + 1]!; edge++) {
      if (graph.targets[edge]! < node && partOf[graph.targets[edge]!] === part) quality += graph.weights[edge]!
    }
  }
  return quality
}

/** All pairs of `size` nodes from `first` on, each of weight 1. */
const clique = (first: number, size: number): Edge[] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: i }, (_, j) => [first + j, first + i, 1] as const)).flat()

/** `cliques` cliques of `size`, each tied to the next by one edge. */
const ringOfCliques = (cliques: number, size: number): Edge[] =>
  Array.from({ length: cliques }, (_, k) => [
    ...clique(k * size, size),
    [k * size, ((k + 1) * size + 1) % (cliques * size), 1] as const,
  ]).flat()

const find = (graph: WeightedGraph, resolution: number, seed = 'seed') =>
  findCommunities(graph, resolution, createRandom(seed))

const graphs = fc.integer({ min: 1, max: 40 }).chain((count) => {
  const node = fc.nat(count - 1)
  const weight = fc.double({ min: 0.01, max: 30, noNaN: true })
  return fc.record({ count: fc.constant(count), edges: fc.array(fc.tuple(node, node, weight), { maxLength: 120 }) })
})
const resolutions = fc.constantFrom(0.01, 0.3, 1, 5, 20)

describe('the graph', () => {
  test('has ascending neighbours, no loops, and parallel edges as one', () => {
    const { offsets, targets, weights } = graphOf(3, [
      [2, 0, 1],
      [1, 1, 9],
      [0, 1, 2],
      [0, 2, 3],
    ])
    expect([...offsets]).toEqual([0, 2, 3, 4])
    expect([...targets]).toEqual([1, 2, 0, 0])
    expect([...weights]).toEqual([2, 4, 2, 4])
  })

  test('is the same for any order and direction of edges', () => {
    fc.assert(
      fc.property(graphs, fc.string(), ({ count, edges }, seed) => {
        const order = [...shuffled(edges.length, createRandom(seed))]
        const turned = order.map((i) => [edges[i]![1], edges[i]![0], edges[i]![2]] as const)
        expect(graphOf(count, turned)).toEqual(graphOf(count, edges))
      }),
    )
  })

  test('of merged nodes keeps sizes and the weight between them', () => {
    // 0 and 1 merge: 2 + 3 towards node 2, the 7 between them is gone.
    const triangle = graphOf(3, [
      [0, 1, 7],
      [0, 2, 2],
      [1, 2, 3],
    ])
    const merged = aggregate(triangle, numbered(Int32Array.of(5, 5, 1)))
    expect([...merged.sizes]).toEqual([2, 1])
    expect([...merged.targets]).toEqual([1, 0])
    expect([...merged.weights]).toEqual([5, 5])
  })
})

describe('communities', () => {
  test('two cliques joined by one edge are two', () => {
    const graph = graphOf(8, [...clique(0, 4), ...clique(4, 4), [0, 4, 1]])
    const found = find(graph, 0.5)
    expect([...found.partOf]).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    // Two times six edges, less half of two times six pairs.
    expect(pottsQuality(graph, found, 0.5)).toBe(6)
  })

  test.each([10, 100, 500])('a ring of %i cliques is that many: there is no resolution limit', (cliques) => {
    // Modularity would merge neighbouring cliques as soon as there are more than about the root of twice the edges.
    const found = find(graphOf(cliques * 5, ringOfCliques(cliques, 5)), 0.2)
    expect([...found.partOf]).toEqual(Array.from({ length: cliques * 5 }, (_, node) => Math.floor(node / 5)))
  })

  test('pieces that are not connected stay apart, at the lowest resolution', () => {
    const found = find(graphOf(9, [...clique(0, 3), ...clique(4, 5)]), 1e-9)
    expect([...found.partOf]).toEqual([0, 0, 0, 1, 2, 2, 2, 2, 2])
  })

  test('no edge, no community; above all weights every node is alone', () => {
    expect(find(graphOf(3, []), 1).count).toBe(3)
    expect(find(graphOf(5, clique(0, 5)), 1.1).count).toBe(5)
    expect(find(graphOf(5, clique(0, 5)), 0.9).count).toBe(1)
    expect(find(graphOf(0, []), 1).count).toBe(0)
  })

  test('are connected, cover every node, are numbered by their first node, and are no worse than single nodes', () => {
    fc.assert(
      fc.property(graphs, resolutions, fc.string(), ({ count, edges }, resolution, seed) => {
        const graph = graphOf(count, edges)
        const found = find(graph, resolution, seed)
        expect(found).toEqual(numbered(found.partOf))
        expect(piecesInside(graph, found.partOf)).toBe(found.count)
        expect(pottsQuality(graph, found, resolution)).toBeGreaterThanOrEqual(-1e-9)
      }),
      { numRuns: 300 },
    )
  })

  test('no node gains by moving to another community or away', () => {
    fc.assert(
      fc.property(graphs, resolutions, ({ count, edges }, resolution) => {
        const graph = graphOf(count, edges)
        const found = find(graph, resolution)
        const quality = pottsQuality(graph, found, resolution)
        for (let node = 0; node < count; node++) {
          for (let to = 0; to <= found.count; to++) {
            const partOf = found.partOf.slice()
            partOf[node] = to
            expect(pottsQuality(graph, { partOf, count: found.count + 1 }, resolution)).toBeLessThan(quality + 1e-6)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('20,000 edges with planted communities come out as planted, and the same for any order of edges', () => {
    const random = createRandom('planted')
    const edges: Edge[] = Array.from({ length: 20_000 }, (_, i) => {
      const a = random.below(1000)
      // Of ten edges nine stay in the community: every twentieth node.
      const b = i % 10 === 0 ? random.below(1000) : (a % 20) + 20 * random.below(50)
      return [a, b, 9 + random.next()]
    })
    const found = find(graphOf(1000, edges), 1)
    expect([...found.partOf]).toEqual(Array.from({ length: 1000 }, (_, node) => node % 20))
    expect(find(graphOf(1000, edges.toReversed()), 1)).toEqual(found)
  })
})

/** Connected pieces, over edges inside communities only. */
function piecesInside({ count, offsets, targets }: WeightedGraph, partOf: Int32Array): number {
  const seen = new Set<number>()
  let pieces = 0
  for (let start = 0; start < count; start++) {
    if (seen.has(start)) continue
    pieces++
    const open = [start]
    for (const node of open) {
      if (seen.has(node)) continue
      seen.add(node)
      open.push(...targets.subarray(offsets[node]!, offsets[node + 1]!).filter((to) => partOf[to] === partOf[node]))
    }
  }
  return pieces
}

test('agreement of divisions: 1 for equal ones under any numbers, by Jaccard otherwise', () => {
  const halves = numbered(Int32Array.of(0, 0, 0, 1, 1, 1))
  const swapped = numbered(Int32Array.of(1, 1, 1, 0, 0, 0))
  const moved = numbered(Int32Array.of(0, 0, 1, 1, 1, 1))
  const alone = numbered(Int32Array.of(0, 1, 2, 3, 4, 5))
  expect(partitionAgreement(halves, swapped)).toBe(1)
  // {0,1,2} is like {0,1}: 2/3; {3,4,5} like {2,3,4,5}: 3/4. From the halves (3·2/3 + 3·3/4) / 6 = 0.708,
  // from the other side (2·2/3 + 4·3/4) / 6 = 0.722; the worse counts.
  expect(partitionAgreement(halves, moved)).toBeCloseTo(4.25 / 6, 12)
  expect(partitionAgreement(moved, halves)).toBeCloseTo(4.25 / 6, 12)
  expect(partitionAgreement(halves, alone)).toBe(0)
})
