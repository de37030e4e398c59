/**
 * Who holds what, both ways, in flat arrays (compressed sparse rows); values that were not asked for are left out.
 *
 * @typedef {object} Bipartite
 * @property {number} accounts
 * @property {number} values
 * @property {Int32Array} valueStart holders of value v are valueAccount[valueStart[v] .. valueStart[v + 1])
 * @property {Int32Array} valueAccount ascending within a value
 * @property {Int32Array} accountStart values of account a are accountValue[accountStart[a] .. accountStart[a + 1])
 * @property {Int32Array} accountValue ascending within an account
 * @property {Float64Array} held distinct values each account holds of those fields, shared or not
 */

/** @typedef {import('../../dist/evidence/tables.js').EvidenceTables} EvidenceTables */

/**
 * The shared values of some fields that no more than so many accounts hold.
 *
 * @param {EvidenceTables} tables
 * @param {{ fields: readonly string[], maxHolders?: number }} wanted
 * @returns {Bipartite}
 */
export function bipartiteOf(tables, { fields, maxHolders = Number.POSITIVE_INFINITY }) {
  const isWanted = tables.fields.map(({ name }) => fields.includes(name))
  const numberOf = new Int32Array(tables.values.count).fill(-1)
  let values = 0
  for (let v = 0; v < tables.values.count; v++) {
    if (isWanted[tables.values.field[v]] && tables.values.holders[v] <= maxHolders) numberOf[v] = values++
  }
  const rows = { value: /** @type {number[]} */ ([]), account: /** @type {number[]} */ ([]) }
  for (let row = 0; row < tables.holdings.count; row++) {
    const value = numberOf[tables.holdings.value[row]]
    if (value < 0) continue
    rows.value.push(value)
    rows.account.push(tables.holdings.account[row])
  }
  const held = new Float64Array(tables.accounts.count)
  for (const [i, { valuesHeld, sampledOneIn }] of tables.fields.entries()) {
    if (isWanted[i]) for (let a = 0; a < held.length; a++) held[a] += valuesHeld[a] * sampledOneIn
  }
  return bipartiteOfRows({ accounts: tables.accounts.count, values, ...rows, held })
}

/**
 * @param {object} rows sorted by (value, account), each pair once
 * @param {number} rows.accounts
 * @param {number} rows.values
 * @param {ArrayLike<number>} rows.value
 * @param {ArrayLike<number>} rows.account
 * @param {Float64Array} [rows.held] by account; the values in these rows if absent
 * @returns {Bipartite}
 */
export function bipartiteOfRows({ accounts, values, value, account, held }) {
  const valueStart = startsOf(value, values)
  const accountStart = startsOf(account, accounts)
  const valueAccount = Int32Array.from(account)
  const accountValue = new Int32Array(account.length)
  const next = accountStart.slice()
  for (let row = 0; row < account.length; row++) accountValue[next[account[row]]++] = value[row]
  const counts = Float64Array.from({ length: accounts }, (_, a) => accountStart[a + 1] - accountStart[a])
  return { accounts, values, valueStart, valueAccount, accountStart, accountValue, held: held ?? counts }
}

/**
 * @param {ArrayLike<number>} keys
 * @param {number} count
 */
function startsOf(keys, count) {
  const start = new Int32Array(count + 1)
  for (let row = 0; row < keys.length; row++) start[keys[row] + 1]++
  for (let key = 0; key < count; key++) start[key + 1] += start[key]
  return start
}
