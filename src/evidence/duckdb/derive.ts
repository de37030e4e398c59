import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import { REJECT_REASONS, STAND_IN } from '../../formats/reject-reasons.ts'
import { instantMs, present, safeIdentity } from './canonical.ts'
import { fastHolding, SOLE_ADDRESS, slowHoldings } from './fields.ts'
import { identifier, literal } from './sql.ts'

/** SQL of the steps that read only what the log steps left. Run in this order. */

/** Values of one fast field; an account with more rotates them, and a sample of its values says as much as all. */
const ROTATING_ABOVE = 64

const factNames = CANONICAL_FIELDS.filter(({ role }) => role === 'fact').map(({ name }) => name)

/** `tuple`: the base without days and models, one row per account and combination of slow values. */
export function tupleSql(slow: readonly string[]): string {
  const keys = slow.filter((each) => each !== 'model' && each !== 'capability').map(identifier)
  const list = keys.length === 0 ? '' : `, ${keys.join(', ')}`
  return `CREATE TEMP TABLE tuple AS SELECT n AS account${list}, sum(requests) AS requests, min(first_ms) AS first_ms,
      max(last_ms) AS last_ms
    FROM base JOIN alias USING (account_raw) WHERE reject IS NULL GROUP BY n${list}`
}

/** What stands before an id that is not the account's own, and the column by which other rows say whose it is. */
const STAND_INS = [
  { prefix: STAND_IN.customer_id, column: 'customer_id' },
  { prefix: STAND_IN.api_key_id, column: 'api_key_id' },
] as const

const isStandIn = (raw: string): string =>
  STAND_INS.map(({ prefix }) => `starts_with(${raw}, ${literal(prefix)})`).join(' OR ')

/** `owner`: customers and keys with the accounts that rows name beside them. A key has one owner or none. */
function ownerSql(sideFields: ReadonlySet<string>, logFields: ReadonlySet<string>): string {
  const rows = STAND_INS.flatMap(({ prefix, column }) => [
    ...(sideFields.has(column) ? [ownersIn('side', prefix, column)] : []),
    ...(column === 'customer_id' && logFields.has(column) ? [ownersIn('base', prefix, column)] : []),
  ])
  if (rows.length === 0) return 'SELECT NULL::VARCHAR AS called, NULL::VARCHAR AS id, 0 AS owners WHERE FALSE'
  // An owner counts once, however many rows name it.
  return `SELECT called, id, count(*) OVER (PARTITION BY called) AS owners FROM (SELECT DISTINCT * FROM (${rows.join(' UNION ALL ')}))`
}

const ownersIn = (table: string, prefix: string, column: string): string =>
  `SELECT ${literal(prefix)} || ${present(column)} AS called, ${present('account_raw')} AS id FROM ${table}
    WHERE reject IS NULL AND ${present(column)} IS NOT NULL AND NOT (${isStandIn('account_raw')})`

/**
 * `spelling`: the account behind each spelling of an id, canonical; NULL for a placeholder. A customer's or a key's id
 * leads to its owner, if other rows name one; a customer of several accounts to each of them, but only for rows of side
 * files, for a request is one account's. A live key never becomes an id as it is.
 */
export const spellingSql = (sideFields: ReadonlySet<string> | null, logFields: ReadonlySet<string>): string =>
  `CREATE TEMP TABLE spelling AS WITH
    given AS (SELECT account_raw, bool_or(is_log) AS is_log, ${present('account_raw')} AS called FROM (
      SELECT account_raw, TRUE AS is_log FROM base WHERE reject IS NULL
      ${sideFields === null ? '' : 'UNION ALL SELECT account_raw, FALSE FROM side WHERE reject IS NULL'}) GROUP BY account_raw),
    owner AS (${ownerSql(sideFields ?? new Set(), logFields)})
  SELECT account_raw, ${safeIdentity(`COALESCE(o.id, ${WITHOUT_PREFIX})`)} AS id
    FROM given g LEFT JOIN owner o ON o.called = g.called AND (o.owners = 1 OR (NOT g.is_log AND NOT starts_with(g.called, ${literal(STAND_IN.api_key_id)})))`

/** A customer without an owner is an account by itself; a key keeps its name, which says what it is. */
const WITHOUT_PREFIX = `CASE WHEN starts_with(g.called, ${literal(STAND_IN.customer_id)})
    THEN ${present(`substr(g.called, ${STAND_IN.customer_id.length + 1})`)} ELSE g.called END`

/** Step `account`: every id of logs and side files; `n` is its number in the order of its UTF-8 bytes. */
export const accountSql = `CREATE TEMP TABLE account AS
  SELECT id, CAST(row_number() OVER (ORDER BY id) - 1 AS INTEGER) AS n FROM spelling WHERE id IS NOT NULL GROUP BY id`

/** Account number by the id as it was spelt. */
export const aliasSql = `CREATE TEMP TABLE alias AS SELECT account_raw, n FROM spelling JOIN account USING (id)`

/** Step `account_day`. */
export const accountDaySql = `CREATE TEMP TABLE account_day AS SELECT n AS account, day, sum(requests) AS requests,
    sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(denied) AS denied,
    sum(throttled) AS throttled, sum(failed) AS failed, bit_or(hour_mask) AS hour_mask, min(first_ms) AS first_ms,
    max(last_ms) AS last_ms
  FROM base JOIN alias USING (account_raw) WHERE reject IS NULL GROUP BY n, day`

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
  // Reduced to the columns in question first: what makes a value canonical is costly, and runs once per account and value.
  const logs = slowHoldings(input.logFields).map(({ name, raw, sql }) => {
    const columns = raw.map(identifier).join(', ')
    return `SELECT account, ${number(name)}, ${sql}, requests, first_ms, last_ms FROM (
      SELECT account, ${columns}, sum(requests) AS requests, min(first_ms) AS first_ms, max(last_ms) AS last_ms
      FROM tuple GROUP BY account, ${columns})`
  })
  const sides = slowHoldings(input.sideFields).map(
    ({ name, sql }) =>
      `SELECT n, ${number(name)}, ${sql}, 0, NULL, NULL FROM side JOIN alias USING (account_raw) WHERE reject IS NULL`,
  )
  const fasts = input.fast.map((field) => {
    const { name } = fastHolding(field)
    const column = identifier(name)
    return `SELECT n, ${number(name)}, canonical, requests, first_ms, last_ms
      FROM (SELECT account_raw, ${column} AS value, requests, first_ms, last_ms FROM fast WHERE ${column} IS NOT NULL)
      JOIN alias USING (account_raw) JOIN ${field === 'ip' ? blocks(input.hasBlocks) : `(${dictionary(field)})`} USING (value)`
  })
  const soles = input.fast.includes('ip') ? [soleAddressSql(number(SOLE_ADDRESS), input.hasBlocks)] : []
  const rows = [none, ...logs, ...sides, ...fasts, ...soles].join('\nUNION ALL ')
  return `CREATE TEMP TABLE holding AS SELECT account, CAST(field AS UTINYINT) AS field, value, sum(requests) AS requests,
      min(first_ms) AS first_ms, max(last_ms) AS last_ms
    FROM (${rows}) WHERE value IS NOT NULL AND account IS NOT NULL GROUP BY account, field, value`
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

/** One row per account: sums over its days, and its facts. The side file wins, then the latest, then the greatest. */
export function accountRowsSql(logFacts: readonly string[], sideFacts: readonly string[]): string {
  const wanted = factNames.filter((each) => logFacts.includes(each) || sideFacts.includes(each))
  const row = (facts: readonly string[], from: string, rank: number, at: string): string =>
    `SELECT ${from === 'side' ? 'n' : 'account'} AS n, ${rank} AS rank, ${at} AS seen_ms${wanted
      .map((fact) => `, ${facts.includes(fact) ? present(fact) : 'NULL'} AS ${fact}`)
      .join('')} FROM ${from}${from === 'side' ? ' JOIN alias USING (account_raw) WHERE reject IS NULL' : ''}`
  const rows = [row(logFacts, 'tuple', 0, 'last_ms'), ...(sideFacts.length > 0 ? [row(sideFacts, 'side', 1, '0')] : [])]
  const pick = wanted
    .map((f) => `, (max({'rank': rank, 'seen': seen_ms, 'value': ${f}}) FILTER (${f} IS NOT NULL)).value AS ${f}`)
    .join('')
  const fact = (name: string): string => (wanted.includes(name) ? `f.${name}` : 'NULL::VARCHAR')
  return `SELECT a.id, d.*, ${fact('organization_id')} AS organization_id, ${fact('plan')} AS plan,
      ${fact('account_status')} AS account_status, CAST(${instantMs(fact('created_at'))} AS DOUBLE) AS created_ms,
      CAST(${instantMs(fact('banned_at'))} AS DOUBLE) AS banned_ms
    FROM account a
    LEFT JOIN (SELECT account, sum(requests)::DOUBLE AS requests, sum(input_tokens)::DOUBLE AS input_tokens,
        sum(output_tokens)::DOUBLE AS output_tokens, sum(denied)::DOUBLE AS denied, sum(throttled)::DOUBLE AS throttled,
        sum(failed)::DOUBLE AS failed, min(first_ms)::DOUBLE AS first_ms, max(last_ms)::DOUBLE AS last_ms,
        count(*)::INTEGER AS active_days, sum(bit_count(hour_mask))::INTEGER AS active_hours,
        bit_or(hour_mask)::INTEGER AS hour_mask, max(requests)::DOUBLE AS max_day_requests,
        arg_min(requests, day)::DOUBLE AS first_day_requests
      FROM account_day GROUP BY account) d ON d.account = a.n
    LEFT JOIN (SELECT n${pick} FROM (${rows.join(' UNION ALL ')}) GROUP BY n) f ON f.n = a.n
    ORDER BY a.n`
}

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

/** Records and rejects by source, of logs (unless counted before) and of side files, these numbered from -1 down. */
export function intakeSql({ hasLogs, hasSides }: { readonly hasLogs: boolean; readonly hasSides: boolean }): string {
  const logs = `SELECT source::INTEGER AS source,
      CASE WHEN reject IS NULL AND n IS NULL THEN ${literal(REJECT_REASONS.noAccount)} ELSE reject END AS reason,
      sum(requests)::DOUBLE AS records FROM base LEFT JOIN alias USING (account_raw) WHERE source >= 0 GROUP BY ALL`
  const sides = 'SELECT -1 - source::INTEGER, reject, sum(records)::DOUBLE FROM side WHERE source >= 0 GROUP BY ALL'
  const none = 'SELECT 0, NULL, 0 WHERE FALSE'
  return [none, ...(hasLogs ? [logs] : []), ...(hasSides ? [sides] : [])].join('\nUNION ALL ')
}

/** Requests by group and model or capability, once `candidate` is there; accounts that are no `candidate` are group 0. */
export const mixSql = (field: string): string =>
  `SELECT grp, ${present('text')} AS text, sum(requests)::DOUBLE AS requests FROM (
    SELECT COALESCE(c.grp, 0)::INTEGER AS grp, ${identifier(field)} AS text, sum(requests) AS requests
    FROM base LEFT JOIN candidate c USING (account_raw) WHERE reject IS NULL GROUP BY ALL)
  WHERE ${present('text')} IS NOT NULL GROUP BY ALL ORDER BY 1, 3 DESC, 2`

/** Accounts of each side file by the id that named them: with requests in the logs, and in all. */
export const sideJoinsSql = `SELECT source::INTEGER, named, count(*) FILTER (n IN (SELECT account FROM tuple))::INTEGER,
    count(*)::INTEGER
  FROM (SELECT DISTINCT source, n, CASE ${STAND_INS.map(({ prefix, column }) => `WHEN starts_with(account_raw, ${literal(prefix)}) THEN ${literal(column)}`).join(' ')}
      ELSE 'account_id' END AS named
    FROM side JOIN alias USING (account_raw) WHERE reject IS NULL AND source >= 0)
  GROUP BY source, named ORDER BY source, named`

/** Hours since the epoch in which a record lies. */
export const hoursSql = `SELECT DISTINCT (day * 24 + hour)::DOUBLE AS hour
  FROM (SELECT day, bit_or(hour_mask) AS mask FROM account_day GROUP BY day), range(24) hours(hour)
  WHERE mask & (1 << hour::INTEGER) <> 0 ORDER BY hour`
