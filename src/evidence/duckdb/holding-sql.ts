import { present } from './canonical.ts'
import { fastHolding, SOLE_ADDRESS, slowHoldings } from './fields.ts'
import { identifier } from './sql.ts'

/** SQL of the holdings, which account holds which value of which field, and of the values that are shared. */

/** Values of one fast field; an account with more rotates them, and a sample of its values says as much as all. */
const ROTATING_ABOVE = 64

/** SQL of raw value → canonical value of a fast field. */
const dictionary = (field: string): string => {
  const { name, sql } = fastHolding(field)
  return `SELECT value, ${sql} AS canonical FROM (SELECT DISTINCT ${identifier(name)} AS value FROM fast) WHERE value IS NOT NULL`
}

/**
 * `block`: the dictionary of addresses. A table of its own: in a query around it, the condition that there is a value would be
 * asked of the expression itself, and each address would be made canonical twice, and once more for homes. It takes memory
 * that is not spilled: where that is too much, the query goes without it.
 */
export const blockSql = `CREATE TEMP TABLE block AS ${dictionary('ip')}`

const blocks = (hasBlocks: boolean): string => (hasBlocks ? 'block' : `(${dictionary('ip')})`)

/**
 * Step `holding`, every pair of account and value; `field` is the position in `names`.
 *
 * @param hasBlocks whether the table `block` is there
 */
export function holdingSql(input: {
  readonly names: readonly string[]
  readonly logFields: ReadonlySet<string>
  readonly sideFields: ReadonlySet<string>
  readonly fast: readonly string[]
  readonly hasBlocks: boolean
}): string {
  const number = (name: string): number => input.names.indexOf(name)
  const none =
    'SELECT NULL::INTEGER AS account, 0 AS field, NULL AS value, 0 AS requests, NULL AS first_ms, NULL AS last_ms'
  const slow = slowHoldingsSql(input.logFields, input.sideFields, number)
  const fasts = input.fast.map((field) => {
    const { name } = fastHolding(field)
    const column = identifier(name)
    return `SELECT n, ${number(name)}, canonical, requests, first_ms, last_ms
      FROM (SELECT account_raw, ${column} AS value, requests, first_ms, last_ms FROM fast WHERE ${column} IS NOT NULL)
      JOIN alias USING (account_raw) JOIN ${field === 'ip' ? blocks(input.hasBlocks) : `(${dictionary(field)})`} USING (value)`
  })
  const soles = input.fast.includes('ip') ? [soleAddressSql(number(SOLE_ADDRESS), input.hasBlocks)] : []
  const rows = [none, ...slow, ...fasts, ...soles].join('\nUNION ALL ')
  return `CREATE TEMP TABLE holding AS SELECT account, CAST(field AS UTINYINT) AS field, value, sum(requests) AS requests,
      min(first_ms) AS first_ms, max(last_ms) AS last_ms
    FROM (${rows}) WHERE value IS NOT NULL AND account IS NOT NULL GROUP BY account, field, value`
}

/**
 * Queries of slow values. Those that are the column as it is given are made canonical together: twelve times the same
 * expression cost more to plan than a small log to read.
 */
function slowHoldingsSql(
  logFields: ReadonlySet<string>,
  sideFields: ReadonlySet<string>,
  number: (name: string) => number,
): readonly string[] {
  // Reduced to the columns in question first: what makes a value canonical is costly, and runs once per account and value.
  const logs = slowHoldings(logFields).map((column) => {
    const columns = column.raw.map(identifier).join(', ')
    const from = `(SELECT account, ${columns}, sum(requests) AS requests, min(first_ms) AS first_ms, max(last_ms) AS last_ms
      FROM tuple GROUP BY account, ${columns})`
    return {
      column,
      row: (sql: string) => `SELECT account, ${number(column.name)}, ${sql}, requests, first_ms, last_ms FROM ${from}`,
    }
  })
  const sides = slowHoldings(sideFields).map((column) => {
    const from = 'side JOIN alias USING (account_raw) WHERE reject IS NULL'
    return { column, row: (sql: string) => `SELECT n, ${number(column.name)}, ${sql}, 0, NULL, NULL FROM ${from}` }
  })
  const rows = [...logs, ...sides]
  const derived = rows.filter(({ column }) => !column.isAsGiven).map(({ column, row }) => row(column.sql))
  const given = rows.filter(({ column }) => column.isAsGiven).map(({ column, row }) => row(identifier(column.name)))
  if (given.length === 0) return derived
  const together = `SELECT account, field, ${present('value')}, requests, first_ms, last_ms
    FROM (${given.join('\nUNION ALL ')}) AS given(account, field, value, requests, first_ms, last_ms)`
  return [...derived, together]
}

/** The address itself, if it is one; with a port or mapped into IPv6 it is not carried along, and the block has no sole one. */
const exactAddress = `regexp_extract(trim(${SOLE_ADDRESS}), '^((?:[0-9]+[.]){3}[0-9]+)$', 1)`

/**
 * Public IPv4 addresses that are an account's only one in their block; an IPv6 block is a home already. Accounts with many
 * blocks rotate them and have no home, so that a log with an address per request adds nothing here.
 */
const soleAddressSql = (
  field: number,
  hasBlocks: boolean,
): string => `SELECT n, ${field}, min(address), sum(requests), min(first_ms), max(last_ms)
  FROM (SELECT n, ip_block, ${exactAddress} AS address, requests, first_ms, last_ms
    FROM fast JOIN alias USING (account_raw) WHERE contains(ip_block, '.')
      AND n NOT IN (SELECT n FROM fast JOIN alias USING (account_raw) WHERE ip_block IS NOT NULL
        GROUP BY n HAVING count(*) > ${ROTATING_ABOVE}))
  JOIN ${blocks(hasBlocks)} b ON b.value = ip_block
  WHERE canonical LIKE '%/24'
  GROUP BY n, canonical HAVING count(*) = count(*) FILTER (address <> '') AND min(address) = max(address)`

/** Values of fast fields in side files, added to those of the logs. */
export function sideFastSql(field: string): string {
  const { name, rough } = fastHolding(field)
  const sole = field === 'ip' ? `, CASE WHEN min(v4) = max(v4) THEN min(v4) END AS ${SOLE_ADDRESS}` : ''
  const v4 = field === 'ip' ? ", CASE WHEN NOT contains(ip, ':') THEN ip END AS v4" : ''
  return `INSERT INTO fast BY NAME SELECT account_raw, value AS ${identifier(name)}, 0 AS requests${sole}
    FROM (SELECT account_raw, ${rough} AS value${v4} FROM side WHERE reject IS NULL) WHERE value IS NOT NULL
    GROUP BY account_raw, value`
}

/** Step `value`: shared values, numbered in the order of (field, UTF-8 bytes of the value). */
export const valueSql = `CREATE TEMP TABLE value AS SELECT field, value, holders,
    CAST(row_number() OVER (ORDER BY field, value) - 1 AS INTEGER) AS n
  FROM (SELECT field, value, CAST(count(*) AS INTEGER) AS holders FROM holding GROUP BY field, value HAVING count(*) > 1)`

/** Distinct values each account holds, by field. */
export const valuesHeldSql = `SELECT field::INTEGER AS field, account, count(*)::INTEGER AS held FROM holding GROUP BY field, account`

export const valueRowsSql = `SELECT field::INTEGER AS field, value, holders FROM value ORDER BY n`

/**
 * Shared holdings in the order of (value, account).
 *
 * @param keepOneIn 1, or m: of accounts with more than {@link ROTATING_ABOVE} values of a fast field one value in m is kept
 * @param fastNumbers positions of the fast fields
 */
export function holdingRowsSql(keepOneIn: number, fastNumbers: readonly number[]): string {
  const rotating = `SELECT field, account FROM holding WHERE field IN (${fastNumbers.join(', ')})
    GROUP BY field, account HAVING count(*) > ${ROTATING_ABOVE}`
  const thin =
    keepOneIn > 1 ? `WHERE hash(h.value) % ${keepOneIn} = 0 OR (h.field, h.account) NOT IN (${rotating})` : ''
  return `SELECT v.n AS value, h.account, h.requests::DOUBLE AS requests, h.first_ms::DOUBLE AS first_ms,
      h.last_ms::DOUBLE AS last_ms FROM holding h JOIN value v USING (field, value) ${thin} ORDER BY v.n, h.account`
}
