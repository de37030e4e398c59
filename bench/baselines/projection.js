import { LimitReached } from './clock.js'

/**
 * An undirected weighted graph in compressed sparse rows; every edge stands in the rows of both of its ends. The shape is
 * that of the detector's own graphs, so that its Leiden can be run as a baseline.
 *
 * @typedef {object} Graph
 * @property {number} count nodes
 * @property {Int32Array} offsets neighbours of n are targets[offsets[n] .. offsets[n + 1])
 * @property {Int32Array} targets
 * @property {Float64Array} weights
 * @property {Float64Array} sizes 1 for every account
 */

/**
 * Calls back for every pair a < b of accounts that share a value, with the sum of the weights of what they share. Pairs
 * are counted account by account into one dense array: memory is linear in accounts however many pairs there are.
 *
 * @param {import('./bipartite.js').Bipartite} bipartite
 * @param {object} how
 * @param {(holders: number) => number} how.weightOf weight > 0 of a value by the number of its holders
 * @param {import('./clock.js').Clock} how.clock
 * @param {(a: number, b: number, weight: number) => void} visit in ascending order of a
 */
export function visitPairs(bipartite, { weightOf, clock }, visit) {
  const { accounts, valueStart, valueAccount, accountStart, accountValue } = bipartite
  const sum = new Float64Array(accounts)
  const touched = new Int32Array(accounts)
  for (let a = 0; a < accounts; a++) {
    clock.check()
    let count = 0
    for (let i = accountStart[a]; i < accountStart[a + 1]; i++) {
      const v = accountValue[i]
      const weight = weightOf(valueStart[v + 1] - valueStart[v])
      for (let row = valueStart[v + 1] - 1; row >= valueStart[v] && valueAccount[row] > a; row--) {
        const b = valueAccount[row]
        if (sum[b] === 0) touched[count++] = b
        sum[b] += weight
      }
    }
    for (let i = 0; i < count; i++) {
      visit(a, touched[i], sum[touched[i]])
      sum[touched[i]] = 0
    }
  }
}

/** Pairs that a projection may have: each takes 24 bytes, and small machines have a few GiB. */
const MAX_EDGES = 60_000_000

/**
 * The graph of accounts that share values.
 *
 * @param {import('./bipartite.js').Bipartite} bipartite
 * @param {{ weightOf: (holders: number) => number, clock: import('./clock.js').Clock }} how
 * @returns {Graph}
 * @throws {LimitReached} for a graph that is too large to hold
 */
export function project(bipartite, how) {
  const count = bipartite.accounts
  const offsets = new Int32Array(count + 1)
  let edges = 0
  visitPairs(bipartite, how, (a, b) => {
    offsets[a + 1]++
    offsets[b + 1]++
    if (++edges > MAX_EDGES) throw new LimitReached(`more than ${MAX_EDGES / 1e6} million pairs`)
  })
  for (let a = 0; a < count; a++) offsets[a + 1] += offsets[a]
  const targets = new Int32Array(2 * edges)
  const weights = new Float64Array(2 * edges)
  const next = offsets.slice()
  visitPairs(bipartite, how, (a, b, weight) => {
    targets[next[a]] = b
    weights[next[a]++] = weight
    targets[next[b]] = a
    weights[next[b]++] = weight
  })
  return { count, offsets, targets, weights, sizes: new Float64Array(count).fill(1) }
}
