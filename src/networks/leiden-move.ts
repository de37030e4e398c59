import { shuffled } from '../random.ts'
import type { LeidenSettings } from './leiden-settings.ts'
import { numbered, type Partition, type WeightedGraph } from './weighted-graph.ts'

/** Communities while nodes move, by community number; a number with no nodes is free. */
interface Communities {
  readonly of: Int32Array
  readonly size: Float64Array
  readonly nodes: Int32Array
  /** Free numbers: `free[0 .. freeCount)`. */
  readonly free: Int32Array
  freeCount: number
}

/**
 * Fast local moving: each node goes where it gains most, or into a community of its own; then its neighbours elsewhere
 * are looked at again, until nobody gains (Traag et al. 2019, Algorithm A.2, MoveNodesFast).
 */
export function moveNodes(graph: WeightedGraph, start: Partition, settings: LeidenSettings): Partition {
  const { count, offsets, targets } = graph
  const communities = openCommunities(graph, start)
  const queue = shuffled(count, settings.random)
  const isQueued = new Uint8Array(count).fill(1)
  const choose = createChooser(graph, communities, settings)
  let head = 0
  // The queue is a ring: a node stands in it once, so it never holds more than all nodes.
  for (let waiting = count; waiting > 0; ) {
    const node = queue[head]!
    head = head + 1 === count ? 0 : head + 1
    waiting--
    isQueued[node] = 0
    const best = choose(node)
    if (best === communities.of[node]) continue
    move(communities, node, best, graph.sizes[node]!)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const neighbour = targets[edge]!
      if (isQueued[neighbour] === 1 || communities.of[neighbour] === best) continue
      isQueued[neighbour] = 1
      const tail = head + waiting
      queue[tail < count ? tail : tail - count] = neighbour
      waiting++
    }
  }
  return numbered(communities.of)
}

function openCommunities({ count, sizes }: WeightedGraph, { partOf, count: parts }: Partition): Communities {
  const size = new Float64Array(count)
  const nodes = new Int32Array(count)
  for (let node = 0; node < count; node++) {
    size[partOf[node]!]! += sizes[node]!
    nodes[partOf[node]!]!++
  }
  const free = Int32Array.from({ length: count }, (_, i) => count - 1 - i)
  return { of: partOf.slice(), size, nodes, free, freeCount: count - parts }
}

function move(communities: Communities, node: number, to: number, size: number): void {
  const { of, nodes, free } = communities
  const from = of[node]!
  if (nodes[to] === 0) communities.freeCount-- // the chooser offers the topmost free number only
  communities.size[from]! -= size
  communities.size[to]! += size
  nodes[from]!--
  nodes[to]!++
  of[node] = to
  if (nodes[from] === 0) {
    communities.size[from] = 0
    free[communities.freeCount++] = from
  }
}

/** The best community of a node: its own unless another gains more than rounding; the first met among equals. */
function createChooser(
  { offsets, targets, weights, sizes, count }: WeightedGraph,
  communities: Communities,
  { resolution, tolerance }: LeidenSettings,
): (node: number) => number {
  const { of, size, nodes, free } = communities
  const weightTo = new Float64Array(count)
  const touched = new Int32Array(count)
  return (node) => {
    const own = of[node]!
    let seen = 0
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const community = of[targets[edge]!]!
      if (weightTo[community] === 0) touched[seen++] = community
      weightTo[community]! += weights[edge]!
    }
    const pull = resolution * sizes[node]!
    let best = own
    let bestGain = weightTo[own]! - pull * (size[own]! - sizes[node]!) + tolerance
    if (nodes[own]! > 1 && 0 > bestGain) {
      best = free[communities.freeCount - 1]!
      bestGain = 0
    }
    for (let i = 0; i < seen; i++) {
      const community = touched[i]!
      const gain = weightTo[community]! - pull * size[community]!
      weightTo[community] = 0
      if (community === own || gain <= bestGain) continue
      best = community
      bestGain = gain
    }
    return best
  }
}
