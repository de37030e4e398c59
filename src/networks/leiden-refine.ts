import { shuffled } from '../random.ts'
import type { LeidenSettings } from './leiden-settings.ts'
import { numbered, type Partition, type WeightedGraph } from './weighted-graph.ts'

/** Refined communities, by the number of the node that began each. */
interface Refined {
  readonly of: Int32Array
  readonly size: Float64Array
  readonly nodes: Int32Array
  /** Weight between each refined community and the rest of the community it lies in. */
  readonly cut: Float64Array
}

/**
 * Divides every community into parts that hold together: each node that is still alone may join a part of its own
 * community if that loses nothing, drawn in proportion to exp(gain / θ). Nodes and parts must be well connected to the
 * rest of the community. What comes out is connected, because a merge needs weight (Traag et al. 2019, Algorithm A.2,
 * MergeNodesSubset).
 */
export function refineCommunities(graph: WeightedGraph, communities: Partition, settings: LeidenSettings): Partition {
  const { count, sizes } = graph
  const { partOf } = communities
  const total = new Float64Array(communities.count)
  for (let node = 0; node < count; node++) total[partOf[node]!]! += sizes[node]!
  const refined: Refined = {
    of: Int32Array.from({ length: count }, (_, node) => node),
    size: sizes.slice(),
    nodes: new Int32Array(count).fill(1),
    cut: cutsOf(graph, partOf),
  }
  const isWellConnected = (part: number, community: number): boolean => {
    const size = refined.size[part]!
    return refined.cut[part]! + settings.tolerance >= settings.resolution * size * (total[community]! - size)
  }
  const draw = createDraw(graph, partOf, refined, isWellConnected, settings)
  for (const node of shuffled(count, settings.random)) {
    if (refined.of[node] === node && refined.nodes[node] === 1 && isWellConnected(node, partOf[node]!)) draw(node)
  }
  return numbered(refined.of)
}

/** Weight between each node and the rest of its community. */
function cutsOf({ count, offsets, targets, weights }: WeightedGraph, partOf: Int32Array): Float64Array {
  const cut = new Float64Array(count)
  for (let node = 0; node < count; node++) {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      if (partOf[targets[edge]!] === partOf[node]) cut[node]! += weights[edge]!
    }
  }
  return cut
}

/** Lets one lone node join a part of its community, or stay. */
function createDraw(
  { count, offsets, targets, weights }: WeightedGraph,
  partOf: Int32Array,
  refined: Refined,
  isWellConnected: (part: number, community: number) => boolean,
  { resolution, tolerance, temperature, random }: LeidenSettings,
): (node: number) => void {
  const { of, size } = refined
  const weightTo = new Float64Array(count)
  const touched = new Int32Array(count)
  const gains = new Float64Array(count)
  return (node) => {
    let seen = 0
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      if (partOf[targets[edge]!] !== partOf[node]) continue
      const part = of[targets[edge]!]!
      if (weightTo[part] === 0) touched[seen++] = part
      weightTo[part]! += weights[edge]!
    }
    let kept = 0
    let most = 0 // staying alone gains nothing
    for (let i = 0; i < seen; i++) {
      const part = touched[i]!
      const gain = weightTo[part]! - resolution * size[node]! * size[part]!
      if (gain < -tolerance || !isWellConnected(part, partOf[node]!)) continue
      touched[kept] = part
      gains[kept++] = gain
      most = Math.max(most, gain)
    }
    const to = drawn(touched, gains, kept, most)
    if (to >= 0) join(refined, node, to, weightTo[to]!)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) weightTo[of[targets[edge]!]!] = 0
  }

  /** A part in proportion to exp(gain / θ), or -1 to stay. The greatest gain is taken off: nothing overflows. */
  function drawn(parts: Int32Array, gain: Float64Array, kept: number, most: number): number {
    const chance = (each: number): number => Math.exp((each - most) / temperature)
    let sum = chance(0)
    for (let i = 0; i < kept; i++) sum += chance(gain[i]!)
    let left = random.next() * sum
    for (let i = 0; i < kept; i++) {
      left -= chance(gain[i]!)
      if (left < 0) return parts[i]!
    }
    return -1
  }
}

function join({ of, size, nodes, cut }: Refined, node: number, to: number, weight: number): void {
  of[node] = to
  size[to]! += size[node]!
  cut[to]! += cut[node]! - 2 * weight
  nodes[to]!++
  nodes[node] = 0
}
