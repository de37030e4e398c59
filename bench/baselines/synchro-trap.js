import { createSets, groupsBy } from './components.js'
import { visitPairs } from './projection.js'

/** Jaccard similarity from which two accounts are linked; the threshold reported for the deployed system. */
const LEAST_SIMILARITY = 0.5

/** Actions that two accounts must have together: a single one in common is a similarity of 1. A choice of ours, in favour. */
const LEAST_ACTIONS = 8

/**
 * Accounts that do the same at the same time, over and over: components over links between accounts of which the sets of
 * (object, hour) are alike, for one kind of object or for another. Two actions match if they have the same object and
 * fall into the same hour; an object is an address or a prompt template here.
 *
 * Source: Q. Cao, X. Yang, J. Yu, C. Palow, Uncovering large groups of active malicious accounts in online social networks,
 * CCS 2014 (per-constraint Jaccard similarity, hourly bins, single-linkage clusters).
 *
 * @param {readonly import('./bipartite.js').Bipartite[]} constraints of each kind of object, accounts × (object, hour);
 *   `held` counts all of an account's, shared or not
 * @param {import('./clock.js').Clock} clock
 * @returns {number[][]}
 */
export function synchroTrap(constraints, clock) {
  const accounts = constraints[0]?.accounts ?? 0
  const sets = createSets(accounts)
  for (const actions of constraints) {
    const { held } = actions
    visitPairs(actions, { weightOf: () => 1, clock }, (a, b, both) => {
      const either = held[a] + held[b] - both
      if (either >= LEAST_ACTIONS && both / either >= LEAST_SIMILARITY) sets.union(a, b)
    })
  }
  return groupsBy(accounts, sets.find)
}
