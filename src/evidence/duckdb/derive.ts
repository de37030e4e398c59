import { CANONICAL_FIELDS } from '../../formats/fields.ts'
import { REJECT_REASONS, STAND_IN } from '../../formats/reject-reasons.ts'
import { instantMs, present, safeIdentity } from './canonical.ts'
import { identifier, literal } from './sql.ts'

/** SQL of the steps that read only what the log steps left. Run in this order; the holdings are in `holding-sql.ts`. */

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
  // The expression of an instant is long, and takes its time to be planned even for what is never there.
  const instant = (name: string): string =>
    wanted.includes(name) ? `CAST(${instantMs(`f.${name}`)} AS DOUBLE)` : 'NULL::DOUBLE'
  return `SELECT a.id, d.*, ${fact('organization_id')} AS organization_id, ${fact('plan')} AS plan,
      ${fact('account_status')} AS account_status, ${instant('created_at')} AS created_ms, ${instant('banned_at')} AS banned_ms
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
