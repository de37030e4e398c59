import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bipartiteOf } from '../baselines/bipartite.js'
import { startClock } from '../baselines/clock.js'
import { groupsBy, sharedValueComponents } from '../baselines/components.js'
import { project } from '../baselines/projection.js'
import { louvainGroups } from '../baselines/registry.js'
import { weightedLinkComponents } from '../baselines/weighted-links.js'
import { fixed } from '../statistics.js'
import { loadEvaluate, loadLeiden, loadParseLabels } from './built.js'
import { asReport } from './judge.js'
import { openLog } from './pipeline.js'
import { BASELINE_SECONDS } from './run-cell.js'

/** Groups and true networks below it are left out: the review of the airdrop looked at eight and more. */
const MIN_SIZE = 8
const ACCOUNT_F1 = 0.92
const PAIR_F1 = 0.95

/** The one linkable column: payment counterparties. */
const FIELD = 'card_fingerprint'
const LEIDEN_RESOLUTION = 0.05

/** @typedef {import('../../dist/evidence/tables.js').EvidenceTables} Tables */
/** @typedef {{ title: string, find: (tables: Tables) => number[][] | null }} Row `null`: not in this build */

/**
 * Ours and simple methods on a real log with confirmed duplicate networks.
 *
 * @param {{ folder: string, threads: number, say: (text: string) => void }} how
 * @returns {Promise<import('../report.js').Section>}
 */
export async function airdropTable({ folder, threads, say }) {
  const log = await openLog({ log: join(folder, 'logs.ndjson.gz'), accounts: null, threads })
  try {
    const { tables } = log.evidence
    const truth = (await loadParseLabels())(readFileSync(join(folder, 'labels.csv'), 'utf8'), 'labels.csv')
    const evaluate = await loadEvaluate()
    const fraud = truth.filter((label) => label.class === 'fraud').length
    /** @param {readonly import('./pipeline.js').Reported[]} networks */
    const judge = (networks) => figures(evaluate({ networks }, truth, { minSeverity: 'low', minSize: MIN_SIZE }), fraud)
    say('airdrop: distill-scan')
    const ours = judge(await log.analyse())
    const rows = [['distill-scan, any severity', ...ours]]
    for (const { title, find } of await simpleMethods()) {
      say(`airdrop: ${title}`)
      const groups = find(tables)
      rows.push([
        title,
        ...(groups === null ? ['skipped', '', '', '', '', ''] : judge(asReport(groups, tables.accounts.ids))),
      ])
    }
    return {
      title: 'Airdrop',
      lines: [
        `${tables.accounts.count} accounts of a public airdrop, ${fraud} eliminated after review. Groups and true networks of`,
        `${MIN_SIZE} accounts and more. The last column counts recall over all eliminated accounts. The limits of the simple`,
        `methods were scanned on these labels. ${floorsLine(ours)}`,
      ],
      head: ['', 'groups', 'precision', 'recall', 'account F1', 'pair F1', 'account F1, all'],
      rows,
    }
  } finally {
    await log.close()
  }
}

/**
 * Judged on what is printed.
 *
 * @param {readonly string[]} figures
 */
function floorsLine([, , , accountF1, pairF1]) {
  const state = (/** @type {string | undefined} */ figure, /** @type {number} */ floor) =>
    Number(figure) >= floor ? 'holds' : 'MISSED'
  return `Floors: account F1 ${ACCOUNT_F1} ${state(accountF1, ACCOUNT_F1)}, pair F1 ${PAIR_F1} ${state(pairF1, PAIR_F1)}.`
}

/** @param {string} folder */
export const hasAirdrop = (folder) => ['logs.ndjson.gz', 'labels.csv'].every((name) => existsSync(join(folder, name)))

/**
 * @param {import('./select.js').Evaluation} evaluation
 * @param {number} fraud labelled accounts in networks of any size
 */
function figures({ accounts, pairs, bySeverity }, fraud) {
  const { correct, reported, precision, recall, f1 } = accounts
  const overAll = [precision, recall, f1, pairs.f1, (2 * correct) / (reported + fraud)]
  return [String(bySeverity[0]?.networks ?? 0), ...overAll.map((each) => fixed(each ?? Number.NaN, 3))]
}

/** @returns {Promise<Row[]>} */
async function simpleMethods() {
  const clock = startClock(BASELINE_SECONDS)
  const leiden = await loadLeiden()
  /** @param {number} maxHolders */
  const upTo = (maxHolders) => (/** @type {Tables} */ tables) => bipartiteOf(tables, { fields: [FIELD], maxHolders })
  return [
    { title: 'values of up to 10, components', find: (tables) => sharedValueComponents(upTo(10)(tables)) },
    { title: 'values of up to 10, Louvain', find: (tables) => louvainGroups(upTo(10)(tables), clock) },
    {
      title: `values of up to 10, Leiden-CPM ${LEIDEN_RESOLUTION}`,
      find: (tables) => {
        if (leiden === null) return null
        const partOf = leiden(project(upTo(10)(tables), { weightOf: () => 1, clock }), LEIDEN_RESOLUTION)
        return groupsBy(partOf.length, (account) => partOf[account])
      },
    },
    { title: 'values of up to 1,000, Louvain', find: (tables) => louvainGroups(upTo(1000)(tables), clock) },
    {
      title: 'values of up to 15, discounted, components',
      find: (tables) => weightedLinkComponents(upTo(15)(tables), clock),
    },
  ]
}
