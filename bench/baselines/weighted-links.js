import { createSets, groupsBy } from './components.js'
import { visitPairs } from './projection.js'

/** Links below it are dropped; scanned, with {@link FACTOR}, on the labels of one real log, which flatters it. */
const LEAST_LINK = 0.5
const FACTOR = 6

/**
 * Components over links that are strong enough: a shared value weighs 1 / ln(1 + holders) (Adamic & Adar, Friends and
 * neighbors on the Web, Social Networks 25, 2003, which has 1 / ln(holders)), the sum over what two accounts share is
 * divided by the root of the product of how many values each holds (cosine similarity; Salton & McGill 1983) and
 * multiplied by 6; links of 0.5 and more stay. The best simple method known to us on the airdrop log.
 *
 * @param {import('./bipartite.js').Bipartite} bipartite values with many holders left out
 * @param {import('./clock.js').Clock} clock
 * @returns {number[][]}
 */
export function weightedLinkComponents(bipartite, clock) {
  const sets = createSets(bipartite.accounts)
  const { held } = bipartite
  visitPairs(bipartite, { weightOf: (holders) => 1 / Math.log(1 + holders), clock }, (a, b, shared) => {
    if ((FACTOR * shared) / Math.sqrt(held[a] * held[b]) >= LEAST_LINK) sets.union(a, b)
  })
  return groupsBy(bipartite.accounts, sets.find)
}
