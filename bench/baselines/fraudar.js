import { createPeelQueue } from './peel-queue.js'

/** c of the paper's column weights 1 / ln(degree + c): an edge to what everybody holds counts little. */
const DEGREE_OFFSET = 5

/**
 * Dense blocks of accounts and values, by greedy peeling: take away the account or value with the least weight until
 * nothing is left, and keep the moment with the greatest weight per node. Each further block is found without the edges of
 * those before it; an account belongs to the first block that has it.
 *
 * Source: B. Hooi, H. A. Song, A. Beutel, N. Shah, K. Shin, C. Faloutsos, FRAUDAR: Bounding graph fraud in the face of
 * camouflage, KDD 2016 (greedy peeling, logarithmic column weights); several blocks as in its code,
 * `detect_multiple`, which weighs the columns anew for each.
 *
 * @param {import('./bipartite.js').Bipartite} bipartite
 * @param {{ clock: import('./clock.js').Clock, blocks: number }} how the
 *   method has no rule where to stop
 * @returns {number[][]} disjoint groups of two accounts or more
 */
export function fraudarBlocks(bipartite, { clock, blocks }) {
  const isGone = new Uint8Array(bipartite.valueAccount.length)
  const isTaken = new Uint8Array(bipartite.accounts)
  const groups = /** @type {number[][]} */ ([])
  const rows = rowsOfAccounts(bipartite)
  for (let block = 0; block < blocks; block++) {
    const isInside = densestBlock(bipartite, { rows, isGone, clock })
    if (isInside === null) break
    dropEdges(bipartite, isGone, isInside)
    const group = /** @type {number[]} */ ([])
    for (let a = 0; a < bipartite.accounts; a++) {
      if (isInside[a] === 0 || isTaken[a] === 1) continue
      isTaken[a] = 1
      group.push(a)
    }
    if (group.length > 1) groups.push(group)
  }
  return groups
}

/**
 * Where the edges of an account stand in `valueAccount`: at rows[accountStart[a] .. accountStart[a + 1]).
 *
 * @param {import('./bipartite.js').Bipartite} bipartite
 */
function rowsOfAccounts({ accountStart, valueAccount }) {
  const next = accountStart.slice()
  const rows = new Int32Array(valueAccount.length)
  for (let row = 0; row < valueAccount.length; row++) rows[next[valueAccount[row]]++] = row
  return rows
}

/**
 * @param {import('./bipartite.js').Bipartite} bipartite
 * @param {{ rows: Int32Array, isGone: Uint8Array, clock: import('./clock.js').Clock }} state
 * @returns {Uint8Array | null} by account, then by value, 1 inside the block; `null` without an edge
 */
function densestBlock(
  { accounts, values, valueStart, valueAccount, accountStart, accountValue },
  { rows, isGone, clock },
) {
  const weight = new Float64Array(values)
  const key = new Float64Array(accounts + values)
  let total = 0
  for (let v = 0; v < values; v++) {
    let degree = 0
    for (let row = valueStart[v]; row < valueStart[v + 1]; row++) degree += 1 - isGone[row]
    weight[v] = 1 / Math.log(degree + DEGREE_OFFSET)
    key[accounts + v] = degree * weight[v]
    total += degree * weight[v]
    for (let row = valueStart[v]; row < valueStart[v + 1]; row++) {
      if (isGone[row] === 0) key[valueAccount[row]] += weight[v]
    }
  }
  if (total === 0) return null
  const queue = createPeelQueue(key)
  const order = new Int32Array(accounts + values)
  let best = 0
  let bestDensity = total / order.length
  for (let taken = 0; taken < order.length; taken++) {
    if (taken % 1024 === 0) clock.check()
    const node = queue.pop()
    order[taken] = node
    total -= queue.keyOf(node)
    const isAccount = node < accounts
    const from = isAccount ? accountStart[node] : valueStart[node - accounts]
    const to = isAccount ? accountStart[node + 1] : valueStart[node - accounts + 1]
    for (let i = from; i < to; i++) {
      const other = isAccount ? accounts + accountValue[i] : valueAccount[i]
      if (isGone[isAccount ? rows[i] : i] === 0 && queue.has(other)) {
        queue.lower(other, weight[(isAccount ? other : node) - accounts])
      }
    }
    const left = order.length - taken - 1
    if (left > 0 && total / left > bestDensity) {
      bestDensity = total / left
      best = taken + 1
    }
  }
  const isInside = new Uint8Array(order.length).fill(1)
  for (let i = 0; i < best; i++) isInside[order[i]] = 0
  return isInside
}

/**
 * @param {import('./bipartite.js').Bipartite} bipartite
 * @param {Uint8Array} isGone
 * @param {Uint8Array} isInside
 */
function dropEdges({ accounts, values, valueStart, valueAccount }, isGone, isInside) {
  for (let v = 0; v < values; v++) {
    if (isInside[accounts + v] === 0) continue
    for (let row = valueStart[v]; row < valueStart[v + 1]; row++) {
      if (isInside[valueAccount[row]] === 1) isGone[row] = 1
    }
  }
}
