/** A graph as rows of neighbours: those of node n are targets[offsets[n] .. offsets[n + 1]). No parallel edges. */
export interface Rows {
  readonly offsets: Int32Array
  readonly targets: Int32Array
}

/**
 * The blocks (biconnected components) of a graph: for each edge, by its position in `targets`, the number of the block
 * it lies in; both directions of an edge get the same. Two edges lie in one block if a cycle runs through both, so no
 * single node holds a block together. Linear, and without recursion, since a network may be one long chain.
 *
 * Source: J. Hopcroft, R. Tarjan, Algorithm 447: efficient algorithms for graph manipulation, Communications of the
 * ACM 16 (1973); R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (1972).
 */
export function findBlocks({ offsets, targets }: Rows): { blockOf: Int32Array; count: number } {
  const nodes = offsets.length - 1
  const blockOf = new Int32Array(targets.length).fill(-1)
  const visit = new Int32Array(nodes) // 0 = not seen yet
  const low = new Int32Array(nodes) // the earliest node reached from the subtree by one edge up
  const parent = new Int32Array(nodes).fill(-1)
  const next = offsets.slice(0, nodes)
  const path = new Int32Array(nodes)
  const pending = new Int32Array(targets.length / 2) // edges whose block is still open, on their way down
  let open = 0
  let clock = 0
  let count = 0
  for (let root = 0; root < nodes; root++) {
    if (visit[root] !== 0) continue
    let depth = 0
    path[depth++] = root
    visit[root] = low[root] = ++clock
    while (depth > 0) {
      const node = path[depth - 1]!
      const edge = next[node]!
      if (edge < offsets[node + 1]!) {
        next[node]!++
        const to = targets[edge]!
        if (visit[to] === 0) {
          pending[open++] = edge
          parent[to] = node
          visit[to] = low[to] = ++clock
          path[depth++] = to
        } else if (to !== parent[node] && visit[to]! < visit[node]!) {
          pending[open++] = edge
          low[node] = Math.min(low[node]!, visit[to]!)
        }
        continue
      }
      depth--
      const above = parent[node]!
      if (above < 0) continue
      low[above] = Math.min(low[above]!, low[node]!)
      if (low[node]! < visit[above]!) continue
      // Nothing below reaches past `above`: the edges since the one that led here are a block.
      for (let isLast = false; !isLast; ) {
        const closed = pending[--open]!
        isLast = targets[closed] === node && closed >= offsets[above]! && closed < offsets[above + 1]!
        blockOf[closed] = count
      }
      count++
    }
  }
  return { blockOf: bothDirections({ offsets, targets }, blockOf), count }
}

/** Gives the other direction of each edge the same block. Rows are ascending, so one sweep meets them in order. */
function bothDirections({ offsets, targets }: Rows, blockOf: Int32Array): Int32Array {
  const both = blockOf.slice()
  const next = offsets.slice(0, offsets.length - 1)
  for (let node = 0; node < offsets.length - 1; node++) {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const back = next[targets[edge]!]!++
      both[back] = Math.max(both[back]!, blockOf[edge]!)
    }
  }
  return both
}
