import type { Random } from '../random.ts'
import { moveNodes } from './leiden-move.ts'
import { refineCommunities } from './leiden-refine.ts'
import type { LeidenSettings } from './leiden-settings.ts'
import { aggregate, numbered, type Partition, type WeightedGraph } from './weighted-graph.ts'

/** θ = 0.01 in Traag et al. (2019), for edges of weight 1; here for edges of mean weight. */
const RELATIVE_TEMPERATURE = 0.01

/** Share of all weight below which a gain is rounding: a double holds 16 digits, and a sum of a million loses six. */
const RELATIVE_TOLERANCE = 1e-12

/** Rounds over the whole graph; the second seldom changes much, and later ones hardly anything. */
const MAX_ROUNDS = 10

/**
 * Communities that are optimal, as far as the method goes, in the constant Potts model: the sum over communities of
 * (weight inside − γ × pairs inside). Every community is connected, and denser inside than γ; between two, the weight
 * per pair is below γ. Unlike modularity the model has no resolution limit: what is a community does not depend
 * on the rest of the graph.
 *
 * Source: V. A. Traag, L. Waltman, N. J. van Eck, From Louvain to Leiden: guaranteeing well-connected communities,
 * Scientific Reports 9:5233 (2019), Algorithm A.2, repeated until nothing changes; the model: V. A. Traag,
 * P. Van Dooren, Y. Nesterov, Narrow scope for resolution-limit-free community detection, Physical Review E 84,
 * 016114 (2011).
 *
 * @param resolution γ > 0, in the unit of the weights
 * @param maxRounds >= 1; the result is a valid partition after any number
 * @returns equal for equal graphs, resolutions and seeds
 */
export function findCommunities(
  graph: WeightedGraph,
  resolution: number,
  random: Random,
  maxRounds = MAX_ROUNDS,
): Partition {
  const total = graph.weights.reduce((sum, weight) => sum + weight, 0)
  const settings: LeidenSettings = {
    resolution,
    tolerance: RELATIVE_TOLERANCE * total,
    temperature: (RELATIVE_TEMPERATURE * total) / Math.max(1, graph.weights.length),
    random,
  }
  let found = numbered(Int32Array.from(graph.sizes, (_, node) => node))
  for (let round = 0; round < maxRounds; round++) {
    const next = improve(graph, found, settings)
    if (next.partOf.every((part, node) => part === found.partOf[node])) break
    found = next
  }
  return found
}

/** One round: move nodes, refine, merge what the refinement found into nodes, until no two nodes belong together. */
function improve(graph: WeightedGraph, start: Partition, settings: LeidenSettings): Partition {
  let level = graph
  let communities = start
  let nodeOf = Int32Array.from(graph.sizes, (_, node) => node)
  while (true) {
    const moved = moveNodes(level, communities, settings)
    if (moved.count === level.count) break
    const refined = refineCommunities(level, moved, settings)
    // Only rounding can leave a community that falls apart entirely; then its pieces are the answer.
    if (refined.count === level.count) break
    const labels = new Int32Array(refined.count)
    for (const [node, part] of refined.partOf.entries()) labels[part] = moved.partOf[node]!
    nodeOf = nodeOf.map((node) => refined.partOf[node]!)
    level = aggregate(level, refined)
    communities = numbered(labels)
  }
  return numbered(nodeOf)
}
