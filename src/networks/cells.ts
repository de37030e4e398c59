import type { Random } from '../random.ts'
import { type CellGraph, type CellInput, createCellGraph } from './cell-graph.ts'
import { findCommunities } from './leiden.ts'
import { partitionAgreement, partSizes } from './partition-agreement.ts'
import { createUnionFind } from './union-find.ts'
import { numbered, type Partition, type WeightedGraph } from './weighted-graph.ts'

export interface Cells {
  /** Cell of each member, in the order of `members`: 0 is the largest; of equal ones, that of the first member. */
  readonly cellOf: Int32Array
  /** γ in bits per pair; 0 if no resolution divides the network in a stable way: then a cell is what hangs together. */
  readonly resolution: number
}

/** One resolution of the ladder. */
interface Step {
  readonly resolution: number
  readonly cells: Partition
  readonly isDivision: boolean
}

/** Members below which a network is one cell: two cells of three are the least that can be told apart. */
const LEAST_NETWORK = 6

/** Members below which a cell is no sign that the network has parts. */
const LEAST_CELL = 3

/** Resolutions of the ladder: enough to tell a plateau from a slope. More take longer and find the same plateaus. */
const STEPS = 10

/** The lowest resolution, in the network's own bits per pair: two halves come apart below the mean of everything. */
const BELOW = 0.25

/** Rounds at each resolution: the second mends what the first left, at twice the time; large networks get one. */
const ROUNDS = 2

/** Links above which a network is large; it keeps a million links within a few seconds. */
const MANY_LINKS = 100_000

/** Share of all link bits that must lie inside cells: with less, the resolution takes the network to pieces. */
const LEAST_INSIDE = 0.5

/**
 * Agreement with both neighbouring resolutions below which a division is one of many as good. Hennig (2007) calls 0.85
 * highly stable; planted cells reach 0.95 and more. Of random links among sixty accounts and more none made a division
 * at this value, of randomly shared values one in twenty; among fifteen one in five, for so few do lie in lumps.
 */
const LEAST_AGREEMENT = 0.9

/**
 * The tight cells inside one network: sets of members with more bits per pair among themselves than γ, and fewer
 * between each other. γ comes from the network. A geometric ladder is tried from a quarter of its bits per pair (where
 * it is hardly divided) to its bits per linked pair (where nothing holds), each step with draws of its own, and
 * the step that agrees best with both of its neighbours is taken, of equals the coarsest. A network without parts can
 * be cut anywhere, so no two steps agree, and it stays whole.
 *
 * Source for choosing by stability over resolutions: R. Lambiotte, J.-C. Delvenne, M. Barahona, Random walks, Markov
 * processes and the multiscale modular organization of complex networks, IEEE Transactions on Network Science and
 * Engineering 1 (2014), section 4; for the constant Potts model: V. A. Traag, G. Krings, P. Van Dooren, Significant
 * scales in community structure, Scientific Reports 3:2930 (2013). The measure of agreement is Hennig's.
 *
 * @returns one cell for fewer than six members or without a link between them; the same for any order of links
 */
export function findCells(input: CellInput, random: Random): Cells {
  const members = input.members.length
  const whole = { cellOf: new Int32Array(members), resolution: 0 }
  if (members < LEAST_NETWORK) return whole
  const network = createCellGraph(input)
  if (network.leastBits === 0) return whole
  const steps = climb(network, members, random)
  const agreements = steps.slice(1).map(({ cells }, i) => partitionAgreement(steps[i]!.cells, cells))
  const stable = steps
    .map((step, i) => ({ ...step, agreement: Math.min(agreements[i - 1] ?? 0, agreements[i] ?? 0) }))
    .filter(({ agreement, isDivision }) => isDivision && agreement >= LEAST_AGREEMENT)
    .sort((a, b) => b.agreement - a.agreement || a.resolution - b.resolution)[0]
  if (stable) return { cellOf: largestFirst(stable.cells), resolution: stable.resolution }
  return { cellOf: largestFirst(piecesOf(network.graph, members)), resolution: 0 }
}

/** The steps of the ladder, up to the first that takes the network to pieces: higher ones do so as well. */
function climb({ graph, leastBits, mostBits }: CellGraph, members: number, random: Random): Step[] {
  const from = BELOW * leastBits
  const rounds = graph.targets.length > 2 * MANY_LINKS ? 1 : ROUNDS
  const steps: Step[] = []
  for (let step = 0; step < STEPS; step++) {
    const resolution = from * (mostBits / from) ** (step / STEPS)
    const found = findCommunities(graph, resolution, random.fork(`resolution ${step}`), rounds)
    const { inside, tight } = shapeOf(graph, found)
    const isDivision = tight >= 2 && inside >= LEAST_INSIDE
    steps.push({ resolution, cells: numbered(found.partOf.subarray(0, members)), isDivision })
    if (inside < LEAST_INSIDE) break
  }
  return steps
}

/**
 * Share of the bits that lie inside cells, and the number of cells that are tight: of some size, and with no fewer
 * links than members. A chain or a tree has one link less, and each is as good a place to cut as any other.
 */
function shapeOf(graph: WeightedGraph, { partOf, count }: Partition): { inside: number; tight: number } {
  const ends = new Int32Array(count)
  const members = new Float64Array(count)
  let inside = 0
  let all = 0
  for (let node = 0; node < graph.count; node++) {
    members[partOf[node]!]! += graph.sizes[node]!
    for (let edge = graph.offsets[node]!; edge < graph.offsets[node + 1]!; edge++) {
      all += graph.weights[edge]!
      if (partOf[node] !== partOf[graph.targets[edge]!]) continue
      inside += graph.weights[edge]!
      ends[partOf[node]!]!++
    }
  }
  const tight = members.filter((size, part) => size >= LEAST_CELL && ends[part]! >= 2 * size).length
  return { inside: inside / all, tight }
}

/** What hangs together, by links or cores: the optimum of the model at γ = 0. */
function piecesOf({ count, offsets, targets }: WeightedGraph, members: number): Partition {
  const pieces = createUnionFind(count)
  for (let node = 0; node < count; node++) {
    for (const target of targets.subarray(offsets[node]!, offsets[node + 1]!)) pieces.union(node, target)
  }
  return numbered(Int32Array.from({ length: members }, (_, member) => pieces.find(member)))
}

/** Cells numbered by size, the largest first, and by their first member. */
function largestFirst(cells: Partition): Int32Array {
  const sizes = partSizes(cells)
  const rank = new Int32Array(cells.count)
  for (const [i, cell] of [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b).entries()) rank[cell] = i
  return cells.partOf.map((cell) => rank[cell]!)
}
