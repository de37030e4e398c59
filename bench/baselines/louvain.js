/** @typedef {import('./projection.js').Graph} Graph */

/**
 * Communities of greatest modularity, by the Louvain method: single moves until none gains, then each community becomes
 * one node, and again. Nodes are visited in ascending order, so that no seed is needed; another order gives another
 * result, on the airdrop log by 0.02 of pair F1.
 *
 * Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, Fast unfolding of communities in large networks,
 * J. Stat. Mech. (2008) P10008, section 2.
 *
 * @param {Graph} graph
 * @param {import('./clock.js').Clock} clock
 * @returns {Int32Array} community by node
 */
export function louvain(graph, clock) {
  const community = Int32Array.from({ length: graph.count }, (_, node) => node)
  let level = graph
  let inside = new Float64Array(graph.count)
  for (;;) {
    const moved = moveNodes(level, inside, clock)
    if (moved.count === level.count) return community
    for (let node = 0; node < community.length; node++) community[node] = moved.of[community[node]]
    ;({ level, inside } = merge(level, inside, moved))
  }
}

/** Weight to a community, beyond what chance gives, below which one is not better than another: rounding. */
const MIN_GAIN = 1e-9

/**
 * The first phase: every node goes to the neighbouring community with the greatest gain, until no node moves.
 *
 * @param {Graph} graph
 * @param {Float64Array} inside weight of the edges inside each node
 * @param {import('./clock.js').Clock} clock
 */
function moveNodes({ count, offsets, targets, weights }, inside, clock) {
  const of = Int32Array.from({ length: count }, (_, node) => node)
  const strength = Float64Array.from(inside, (weight) => 2 * weight)
  for (let n = 0; n < count; n++) for (let i = offsets[n]; i < offsets[n + 1]; i++) strength[n] += weights[i]
  const total = strength.reduce((sum, each) => sum + each, 0)
  const ofCommunity = strength.slice()
  const weightTo = new Float64Array(count)
  const near = new Int32Array(count)
  for (let hasMoved = total > 0; hasMoved; ) {
    hasMoved = false
    for (let node = 0; node < count; node++) {
      clock.check()
      let found = 0
      for (let i = offsets[node]; i < offsets[node + 1]; i++) {
        const there = of[targets[i]]
        if (weightTo[there] === 0) near[found++] = there
        weightTo[there] += weights[i]
      }
      const own = of[node]
      ofCommunity[own] -= strength[node]
      const expected = strength[node] / total
      let best = own
      let most = weightTo[own] - expected * ofCommunity[own]
      for (let i = 0; i < found; i++) {
        const gain = weightTo[near[i]] - expected * ofCommunity[near[i]]
        weightTo[near[i]] = 0
        if (gain <= most + MIN_GAIN) continue
        most = gain
        best = near[i]
      }
      ofCommunity[best] += strength[node]
      of[node] = best
      if (best !== own) hasMoved = true
    }
  }
  return numbered(of)
}

/**
 * Communities numbered from 0 in the order of their first node.
 *
 * @param {Int32Array} of
 */
function numbered(of) {
  const numbers = new Int32Array(of.length).fill(-1)
  let count = 0
  for (const each of of) if (numbers[each] < 0) numbers[each] = count++
  return { of: of.map((each) => numbers[each]), count }
}

/**
 * The second phase: communities become nodes.
 *
 * @param {Graph} graph
 * @param {Float64Array} inside
 * @param {{ of: Int32Array, count: number }} moved
 * @returns {{ level: Graph, inside: Float64Array }}
 */
function merge({ count: nodes, offsets, targets, weights }, inside, { of, count }) {
  const members = /** @type {number[][]} */ (Array.from({ length: count }, () => []))
  for (let node = 0; node < nodes; node++) members[of[node]].push(node)
  const merged = new Float64Array(count)
  const rows = { offsets: new Int32Array(count + 1), targets: /** @type {number[]} */ ([]) }
  const sums = /** @type {number[]} */ ([])
  const weightTo = new Float64Array(count)
  for (let each = 0; each < count; each++) {
    const near = /** @type {number[]} */ ([])
    for (const node of members[each]) {
      merged[each] += inside[node]
      for (let i = offsets[node]; i < offsets[node + 1]; i++) {
        const there = of[targets[i]]
        if (there === each)
          merged[each] += weights[i] / 2 // the edge stands in both rows
        else {
          if (weightTo[there] === 0) near.push(there)
          weightTo[there] += weights[i]
        }
      }
    }
    for (const there of near) {
      rows.targets.push(there)
      sums.push(weightTo[there])
      weightTo[there] = 0
    }
    rows.offsets[each + 1] = sums.length
  }
  const sizes = new Float64Array(count).fill(1)
  const level = {
    count,
    sizes,
    offsets: rows.offsets,
    targets: Int32Array.from(rows.targets),
    weights: Float64Array.from(sums),
  }
  return { level, inside: merged }
}
