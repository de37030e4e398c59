import { bipartiteOf } from './bipartite.js'
import { groupsBy, sharedValueComponents } from './components.js'
import { fraudarBlocks } from './fraudar.js'
import { louvain } from './louvain.js'
import { project } from './projection.js'
import { synchroTrap } from './synchro-trap.js'
import { weightedLinkComponents } from './weighted-links.js'

/**
 * What a baseline reads.
 *
 * @typedef {object} BaselineInput
 * @property {import('../../dist/evidence/tables.js').EvidenceTables} tables
 * @property {() => Promise<import('./bipartite.js').Bipartite[]>} actions accounts × (object, hour), by kind of object
 * @property {import('./clock.js').Clock} clock
 */

/**
 * @typedef {object} Baseline
 * @property {string} id
 * @property {string} title
 * @property {(input: BaselineInput) => number[][] | Promise<number[][]>} find disjoint groups of account numbers
 */

const CARDS = ['card_fingerprint', 'payment_fingerprint']
const DEVICES = ['device_fingerprint']
const ADDRESSES = ['ip_block']
const TEMPLATES = ['system_prompt_hash']

/**
 * Fields, holder limits and numbers of blocks are those that did best among a few that were tried on a training log, which
 * flatters the baselines: with addresses of everybody, or with kinds such as browsers, each finds one group of all.
 */
const THINGS = [...CARDS, ...DEVICES]
const EVERYTHING = [...THINGS, ...ADDRESSES, ...TEMPLATES]
const BLOCKS = 5
const MOST_HOLDERS_OF_THINGS = 10
const MOST_HOLDERS = 50

/** The limit that was best on the airdrop log. */
const MOST_HOLDERS_DISCOUNTED = 15

/** Accounts on one address from which hunting rules call it a group. */
const CROWD = 20

/** Weight of a shared value in a graph: rarer values say more (Adamic & Adar 2003). */
const rarity = (/** @type {number} */ holders) => 1 / Math.log(1 + holders)

/** @type {readonly Baseline[]} */
export const BASELINES = [
  {
    id: 'shared-card',
    title: 'Shared card, components',
    find: ({ tables }) => sharedValueComponents(bipartiteOf(tables, { fields: CARDS })),
  },
  {
    id: 'crowded-address',
    title: `${CROWD} accounts on one address`,
    find: ({ tables }) => sharedValueComponents(bipartiteOf(tables, { fields: ADDRESSES }), { minHolders: CROWD }),
  },
  {
    id: 'synchrotrap',
    title: 'SynchroTrap',
    find: async ({ actions, clock }) => synchroTrap(await actions(), clock),
  },
  {
    id: 'fraudar',
    title: `FRAUDAR, ${BLOCKS} blocks`,
    find: ({ tables, clock }) => fraudarBlocks(bipartiteOf(tables, { fields: EVERYTHING }), { clock, blocks: BLOCKS }),
  },
  {
    id: 'louvain',
    title: 'Louvain on shared values',
    find: ({ tables, clock }) =>
      louvainGroups(bipartiteOf(tables, { fields: EVERYTHING, maxHolders: MOST_HOLDERS }), clock),
  },
  {
    id: 'louvain-things',
    title: 'Louvain on cards and devices',
    find: ({ tables, clock }) =>
      louvainGroups(bipartiteOf(tables, { fields: THINGS, maxHolders: MOST_HOLDERS_OF_THINGS }), clock),
  },
  {
    id: 'discounted-values',
    title: 'Discounted cards and devices',
    find: ({ tables, clock }) =>
      weightedLinkComponents(bipartiteOf(tables, { fields: THINGS, maxHolders: MOST_HOLDERS_DISCOUNTED }), clock),
  },
]

/**
 * @param {import('./bipartite.js').Bipartite} bipartite
 * @param {import('./clock.js').Clock} clock
 */
export function louvainGroups(bipartite, clock) {
  const community = louvain(project(bipartite, { weightOf: rarity, clock }), clock)
  return groupsBy(community.length, (account) => community[account])
}
