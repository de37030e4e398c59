/** @typedef {import('./pipeline.js').Evidence} Evidence */

/** Columns of the records themselves: a log without them is none, whatever family reads them. */
const RECORD_FIELDS = ['timestamp', 'account_id']

/**
 * Evidence without some fields, derived ones and columns of the account table included.
 *
 * @param {Evidence} evidence
 * @param {readonly string[]} names
 * @returns {Evidence}
 */
export function withoutFields(evidence, names) {
  const gone = new Set(names.filter((name) => !RECORD_FIELDS.includes(name)))
  const { tables } = evidence
  const fieldAt = new Int32Array(tables.fields.length).fill(-1)
  const fields = tables.fields.filter(({ name }) => !gone.has(name))
  for (const [i, field] of fields.entries()) fieldAt[tables.fields.indexOf(field)] = i
  const kept = positions(tables.values.count, (v) => fieldAt[tables.values.field[v]] >= 0)
  const valueAt = new Int32Array(tables.values.count).fill(-1)
  for (const [i, value] of kept.entries()) valueAt[value] = i
  const rows = positions(tables.holdings.count, (row) => valueAt[tables.holdings.value[row]] >= 0)
  const { holdings, values, accounts } = tables
  const noCards = { count: 0, bins: [], expiries: [], account: none(0), series: none(0), last4: new Int16Array(0) }
  return {
    ...evidence,
    fieldsPresent: new Set([...evidence.fieldsPresent].filter((name) => !gone.has(name))),
    tables: {
      ...tables,
      fields,
      accounts: gone.has('created_at')
        ? { ...accounts, createdAtMs: new Float64Array(accounts.count).fill(Number.NaN) }
        : accounts,
      values: {
        ...values,
        count: kept.length,
        field: Uint8Array.from(kept, (value) => fieldAt[values.field[value]]),
        text: Array.from(kept, (value) => values.text[value]),
        holders: kept.map((value) => values.holders[value]),
      },
      holdings: {
        ...holdings,
        count: rows.length,
        value: rows.map((row) => valueAt[holdings.value[row]]),
        account: rows.map((row) => holdings.account[row]),
        requests: Float64Array.from(rows, (row) => holdings.requests[row]),
        firstAtMs: Float64Array.from(rows, (row) => holdings.firstAtMs[row]),
        lastAtMs: Float64Array.from(rows, (row) => holdings.lastAtMs[row]),
      },
      ...(gone.has('card_bin') ? { cards: noCards } : {}),
    },
  }
}

/** Of codes that stand for texts. @param {number} count */
export const none = (count) => new Int32Array(count).fill(-1)

/**
 * @param {number} count
 * @param {(position: number) => boolean} keeps
 */
const positions = (count, keeps) => Int32Array.from({ length: count }, (_, i) => i).filter(keeps)
