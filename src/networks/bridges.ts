import { findBlocks, type Rows } from './blocks.ts'
import { createUnionFind } from './union-find.ts'

/** A value that ties members of a network. */
export interface SharedValue {
  /** Position in `tables.values`. */
  readonly value: number
  /** Account numbers; those that are no members are passed over. */
  readonly holders: ArrayLike<number>
  /** Whether it ties two accounts by itself: a card or a device of enough bits, which is one thing. */
  readonly isStrong: boolean
}

export interface Split {
  /** Every member in one part, ascending; by first member. One part if there is nothing to split. */
  readonly parts: readonly Int32Array[]
  /** Values with holders in two parts or more: what the parts hung together by, ascending. */
  readonly bridges: readonly number[]
}

/** Members and values as one graph: nodes 0..members-1 are members, then the values. Rows are ascending. */
interface TieGraph extends Rows {
  readonly members: number
  readonly isStrong: Uint8Array
}

/**
 * Parts of a network that hang together by one weak value only, or by one account: two operators who share a
 * coincidence. A part is solid inside: its accounts are tied by things (cards, devices), or each by two ways that have
 * no account and no value in common. So a chain of weak links, which could be cut anywhere, is not cut, nor one of
 * things.
 *
 * The parts are the blocks of the graph of members and values, where blocks that meet in a strong value, or in an
 * account that is tied to both by strong values, are one. A part needs `minPart` accounts; an account that lies in two
 * belongs where strong values tie it, or the more values. All others go to the nearest part, on equal ways to the
 * larger.
 *
 * @param members account numbers, ascending
 * @param shared in any order
 * @param minPart accounts, >= 2; smaller parts are not split off
 */
export function splitAtBridges(members: Int32Array, shared: readonly SharedValue[], minPart: number): Split {
  const values = [...shared].sort((a, b) => a.value - b.value)
  const graph = createTieGraph(members, values)
  const partOf = spread(graph, solidParts(graph, minPart))
  const parts = new Map<number, number[]>()
  for (const [i, member] of members.entries()) {
    const part = parts.get(partOf[i]!)
    if (part) part.push(member)
    else parts.set(partOf[i]!, [member])
  }
  const isBridge = (value: number): boolean => {
    const row = graph.targets.subarray(
      graph.offsets[members.length + value]!,
      graph.offsets[members.length + value + 1]!,
    )
    return row.some((member) => partOf[member] !== partOf[row[0]!])
  }
  return {
    parts: [...parts.values()].map((part) => Int32Array.from(part)),
    bridges: values.filter((_, i) => isBridge(i)).map(({ value }) => value),
  }
}

function createTieGraph(members: Int32Array, values: readonly SharedValue[]): TieGraph {
  const node = new Map<number, number>([...members].map((member, i) => [member, i]))
  const held = values.map(({ holders }) => {
    const inside = Array.from(holders, (holder) => node.get(holder)).filter((at) => at !== undefined)
    return [...new Set(inside)].sort((a, b) => a - b)
  })
  const offsets = new Int32Array(members.length + values.length + 1)
  for (const [i, holders] of held.entries()) {
    offsets[members.length + i + 1] = holders.length
    for (const holder of holders) offsets[holder + 1]!++
  }
  for (let i = 1; i < offsets.length; i++) offsets[i]! += offsets[i - 1]!
  const targets = new Int32Array(offsets.at(-1)!)
  const next = offsets.slice()
  for (const [i, holders] of held.entries()) {
    for (const holder of holders) {
      targets[next[holder]!++] = members.length + i
      targets[next[members.length + i]!++] = holder
    }
  }
  return { offsets, targets, members: members.length, isStrong: Uint8Array.from(values, (each) => +each.isStrong) }
}

/** The solid part of each member, by some number, or -1 for those in none that is large enough. */
function solidParts(graph: TieGraph, minPart: number): Int32Array {
  const { offsets, targets, members, isStrong } = graph
  const { blockOf, count } = findBlocks(graph)
  const solid = createUnionFind(count)
  const isStrongEdge = (node: number, edge: number): boolean =>
    isStrong[(node < members ? targets[edge]! : node) - members] === 1
  for (let node = 0; node < offsets.length - 1; node++) {
    let first = -1
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      if (!isStrongEdge(node, edge)) continue
      if (first < 0) first = blockOf[edge]!
      else solid.union(first, blockOf[edge]!)
    }
  }
  const own = new Int32Array(members).fill(-1)
  const size = new Int32Array(count)
  for (let member = 0; member < members; member++) {
    const ties = new Map<number, number>()
    for (let edge = offsets[member]!; edge < offsets[member + 1]!; edge++) {
      const part = solid.find(blockOf[edge]!)
      // A strong tie outweighs any number of weak ones; strong ties of one account all lie in one part.
      ties.set(part, (ties.get(part) ?? 0) + (isStrongEdge(member, edge) ? members + isStrong.length : 1))
    }
    const best = [...ties].sort(([p, x], [q, y]) => y - x || p - q)[0]
    if (!best) continue
    own[member] = best[0]
    size[best[0]]!++
  }
  return own.map((part) => (part >= 0 && size[part]! >= minPart ? part : -1))
}

/** Gives members without a part that of the nearest member, step by step; those out of reach go to the largest. */
function spread({ offsets, targets, members }: TieGraph, partOf: Int32Array): Int32Array {
  const sizes = new Map<number, number>()
  for (const part of partOf) if (part >= 0) sizes.set(part, (sizes.get(part) ?? 0) + 1)
  const bySize = [...sizes].sort(([p, x], [q, y]) => y - x || p - q).map(([part]) => part)
  const rank = new Map(bySize.map((part, i) => [part, i]))
  const found = new Int32Array(offsets.length - 1).fill(-1)
  found.set(partOf)
  const queue = [...partOf.keys()].filter((member) => partOf[member]! >= 0)
  queue.sort((a, b) => rank.get(partOf[a]!)! - rank.get(partOf[b]!)! || a - b)
  for (const node of queue) {
    for (const to of targets.subarray(offsets[node]!, offsets[node + 1]!)) {
      if (found[to]! >= 0) continue
      found[to] = found[node]!
      queue.push(to) // the loop goes on to what is added
    }
  }
  return found.subarray(0, members).map((part) => (part >= 0 ? part : (bySize[0] ?? 0)))
}
