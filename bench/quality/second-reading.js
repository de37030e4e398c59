/** @typedef {import('../../dist/evidence/tables.js').EventTable} EventTable */
/** @typedef {import('../../dist/evidence/engine.js').EvidenceEngine} Engine */

/** Requests of a log up to which all of them are held; the engine holds no more either (`MAX_EVENTS`). */
const MOST_HELD = 2_000_000

/**
 * An engine of which the second reading is made once for any number of analyses. The mix of models and hours that a report
 * shows is left out: no network depends on it.
 *
 * @param {Engine} engine after `collect`
 * @param {import('../../dist/evidence/tables.js').AccountTable} accounts
 * @returns {Pick<Engine, 'readActivity' | 'readEvents'>}
 */
export function rememberEvents(engine, accounts) {
  const isSmall = accounts.requests.reduce((sum, each) => sum + each, 0) <= MOST_HELD
  let all = /** @type {Promise<EventTable> | null} */ (null)
  return {
    readActivity: async (_, groups) =>
      Array.from({ length: groups }, () => ({ hours: new Map(), models: [], capabilities: [] })),
    async readEvents(watched, onBegun) {
      if (!isSmall) return engine.readEvents(watched, onBegun)
      all ??= engine.readEvents(Int32Array.from({ length: accounts.count }, (_, account) => account))
      return eventsOf(await all, watched)
    },
  }
}

/**
 * The requests of some accounts; codes of templates and models stay those of the whole table.
 *
 * @param {EventTable} table
 * @param {Int32Array} accounts ascending
 * @returns {EventTable}
 */
export function eventsOf(table, accounts) {
  const isWanted = new Uint8Array((table.accounts.at(-1) ?? -1) + 1)
  for (const account of accounts) isWanted[account] = 1
  const rows = Int32Array.from({ length: table.count }, (_, row) => row).filter((row) => isWanted[table.account[row]])
  const pick = (/** @type {any} */ column) => column.constructor.from(rows, (/** @type {number} */ row) => column[row])
  const columns = Object.entries(table).filter(([name]) => name !== 'accounts')
  const picked = columns.map(([name, column]) => [name, ArrayBuffer.isView(column) ? pick(column) : column])
  return {
    .../** @type {EventTable} */ (Object.fromEntries(picked)),
    count: rows.length,
    accounts: table.accounts.filter((account) => isWanted[account]),
  }
}
