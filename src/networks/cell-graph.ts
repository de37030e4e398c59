import type { Link } from './links.ts'
import { createWeightedGraph, type WeightedGraph } from './weighted-graph.ts'

/** Accounts that agree on a kept hub and on a value beside it: each pair of them is worth `bits`. */
export interface CellCore {
  readonly members: Int32Array
  readonly bits: number
}

/** One network, as its cells are found. Ends of links and members of cores outside `members` are passed over. */
export interface CellInput {
  /** Account numbers, ascending. */
  readonly members: Int32Array
  /** In any order. */
  readonly links: readonly Link[]
  /** In an order that depends on the evidence alone: each becomes a node. */
  readonly cores: readonly CellCore[]
}

export interface CellGraph {
  /** The members in their order, then a node without size for each core. */
  readonly graph: WeightedGraph
  /** Bits per pair of members; 0 without any link. */
  readonly leastBits: number
  /** Bits per pair that is linked or lies in a core. */
  readonly mostBits: number
}

/**
 * The network as a graph. A core is a star around a node without size, never a clique: a spoke carries as much as all
 * pairs of its member, so that a member leaves the star where it would leave the clique.
 */
export function createCellGraph({ members, links, cores }: CellInput): CellGraph {
  const node = new Map<number, number>([...members].map((member, i) => [member, i]))
  const a: number[] = []
  const b: number[] = []
  const weight: number[] = []
  for (const link of links) {
    const from = node.get(link.a)
    const to = node.get(link.b)
    if (from === undefined || to === undefined) continue
    a.push(from)
    b.push(to)
    weight.push(link.bits)
  }
  let coreBits = 0
  let corePairs = 0
  for (const [i, core] of cores.entries()) {
    const inside = [...core.members].map((member) => node.get(member)).filter((at) => at !== undefined)
    for (const at of inside) {
      a.push(at)
      b.push(members.length + i)
      weight.push(core.bits * (inside.length - 1))
    }
    const pairs = (inside.length * (inside.length - 1)) / 2
    corePairs += pairs
    coreBits += core.bits * pairs
  }
  const sizes = new Float64Array(members.length + cores.length).fill(1, 0, members.length)
  const graph = createWeightedGraph(sizes, { a, b, weight })
  const direct = directLinks(graph, members.length)
  const bits = direct.bits + coreBits
  const allPairs = (members.length * (members.length - 1)) / 2
  return { graph, leastBits: bits / allPairs, mostBits: bits / Math.max(1, direct.pairs + corePairs) }
}

/** Pairs of members that are linked, and their bits, summed in the order of the graph and not of the links. */
function directLinks({ offsets, targets, weights }: WeightedGraph, members: number): { pairs: number; bits: number } {
  let pairs = 0
  let bits = 0
  for (let member = 0; member < members; member++) {
    for (let edge = offsets[member]!; edge < offsets[member + 1]!; edge++) {
      if (targets[edge]! <= member || targets[edge]! >= members) continue
      pairs++
      bits += weights[edge]!
    }
  }
  return { pairs, bits }
}
