import { REJECT_REASONS } from '../../formats/reject-reasons.ts'
import type { Source } from '../../sources/source.ts'
import type { MappedSource } from '../engine.ts'
import { DAY_MS } from '../steps.ts'
import { countOf, present, templateHash } from './canonical.ts'
import { type Carried, carriedFields, carriedSql, type FastField, NOTHING_CARRIED, V4_ONLY } from './carried.ts'
import { fastHolding, SOLE_ADDRESS, TEXT_OF } from './fields.ts'
import { HOUR_OF_DAY, hourColumns } from './hours.ts'
import { indicatorCounts, mappedTexts, wordsOf } from './indicator-sql.ts'
import { hasNumericTimes, timed, zonelessOf } from './numbers.ts'
import { unionSql } from './relation.ts'
import { identifier, literal } from './sql.ts'

/** SQL of the steps that read the logs. Everything after them reads only what they leave. */

const MEASURES = ['input_tokens', 'output_tokens', 'status']

/**
 * The records of all sources with `ms` (instant, NULL if unreadable) and `reject` (NULL for a good record).
 *
 * @param fields canonical fields to carry as they are read
 * @param where a condition on these, which spares all other records the rest
 */
export function recordsSql(sources: readonly MappedSource[], fields: readonly string[], where = 'TRUE'): string {
  const isMapped = (field: string): boolean => sources.some(({ mapping }) => mapping.fields[field] !== undefined)
  const hashed = fields.filter((field) => TEXT_OF[field] !== undefined && isMapped(TEXT_OF[field]))
  const texts = hashed.map((field) => TEXT_OF[field]!)
  const raw = [...new Set(['account_id', 'timestamp', ...fields, ...texts])]
  const hashes = hashed.map((field) => `COALESCE(${field}, ${templateHash(TEXT_OF[field]!)}) AS ${field}`)
  const replaced = hashes.length === 0 ? '' : ` REPLACE (${hashes.join(', ')})`
  const unparsable = raw.map((field) => `${identifier(field)} IS NULL`).join(' AND ')
  return `SELECT *${replaced}, CASE
      WHEN account_id IS NULL THEN CASE WHEN ${unparsable} THEN ${literal(REJECT_REASONS.unparsable)}
        ELSE ${literal(REJECT_REASONS.noAccount)} END
      WHEN ms IS NULL THEN ${hasNumericTimes(sources) ? literal(REJECT_REASONS.badTimestamp) : whyNoInstant} END AS reject
    FROM ${timed(sources, `(SELECT * FROM (${unionSql(sources, raw)}) WHERE ${where})`)}`
}

/** In a lambda, since the engine would otherwise make a join of the list of placeholders and ask it of every record. */
const whyNoInstant = `list_transform([timestamp], lambda t: CASE WHEN ${present('t')} IS NULL
        THEN ${literal(REJECT_REASONS.noTimestamp)} ELSE ${literal(REJECT_REASONS.badTimestamp)} END)[1]`

/** Which records the base step takes, a condition on raw columns, and whether it makes the table or adds to it. */
export interface Taken {
  readonly where: string
  readonly isFirst: boolean
}

const WHOLE: Taken = { where: 'TRUE', isFirst: true }

/** One of several shares of the accounts, by hash of the id as it is written; numbers from 0. */
export const partOf = (number: number, parts: number): Taken =>
  parts === 1 ? WHOLE : { where: `hash(account_id) % ${parts} = ${number}`, isFirst: number === 0 }

/**
 * Step `base`. Groups are (source, reject, account, day, slow values); instants stay per group, requests also by the hour of
 * the day. Texts are only counted.
 *
 * @param carried what is taken along of fast fields
 * @param taken the records to take; a group may come again, with records of another reading, so that all later steps add up
 */
export function baseSql(
  logs: readonly MappedSource[],
  slow: readonly string[],
  measures: ReadonlySet<string>,
  carried: Carried = NOTHING_CARRIED,
  taken: Taken = WHOLE,
): string {
  const wanted = MEASURES.filter((each) => measures.has(each))
  const list = slow.map((each) => `, ${identifier(each)}`).join('')
  const total = (field: string): string => (wanted.includes(field) ? `sum(${countOf(field)})` : '0')
  const status = (what: string): string =>
    wanted.includes('status') ? `count(*) FILTER (${countOf('status')} ${what})` : '0'
  const texts = mappedTexts(measures)
  const { columns, keys, parts } = carriedSql(carried)
  const records = recordsSql(logs, [...new Set([...slow, ...wanted, ...texts, ...carriedFields(carried)])], taken.where)
  const words = texts.length > 0 ? `, ${wordsOf(texts)} AS words` : ''
  return `${taken.isFirst ? 'CREATE TEMP TABLE base AS' : 'INSERT INTO base'} SELECT source, reject, account_id AS account_raw, ms // ${DAY_MS} AS day${list},
      count(*) AS requests, ${total('input_tokens')} AS input_tokens, ${total('output_tokens')} AS output_tokens,
      ${status('IN (401, 403)')} AS denied, ${status('= 429')} AS throttled, ${status('BETWEEN 500 AND 599')} AS failed,
      bit_or(1 << hour_of_day) AS hour_mask, ${hourColumns}, min(ms) AS first_ms, max(ms) AS last_ms,
      bool_or(${zonelessOf(logs)}) AS zoneless${columns}
      ${texts.length > 0 ? indicatorCounts(measures) : ''}
    FROM (SELECT *, ${HOUR_OF_DAY} AS hour_of_day${words}${parts} FROM (${records}))
    GROUP BY source, reject, account_raw, day${list}${keys}`
}

/**
 * Step `fast`: (account, value) pairs of each field with requests and instants, all fields from one reading. A row
 * belongs to the one field whose column is not NULL.
 *
 * @param isByDay whether each UTC day has rows of its own
 */
export function fastSql(logs: readonly MappedSource[], fast: readonly FastField[], isByDay = false): string {
  const columns = fast.map(({ field, keepOneIn }) => {
    const { name, rough } = field === 'request_id' ? { name: field, rough: field } : fastHolding(field)
    const kept = keepOneIn > 1 ? `CASE WHEN hash(${rough}) % ${keepOneIn} = 0 THEN ${rough} END` : rough
    return { name: identifier(name), sql: `${kept} AS ${identifier(name)}` }
  })
  const names = columns.map(({ name }) => name)
  const fields = fast.map(({ field }) => field)
  const sole = fields.includes('ip')
    ? { column: `, ${V4_ONLY} AS v4`, sql: `, CASE WHEN min(v4) = max(v4) THEN min(v4) END AS ${SOLE_ADDRESS}` }
    : { column: '', sql: '' }
  const key = isByDay ? 'account_raw, day' : 'account_raw'
  return `SELECT ${key}, ${names.join(', ')}, count(*) AS requests, min(ms) AS first_ms, max(ms) AS last_ms${sole.sql}
    FROM (SELECT account_id AS account_raw, ms, ms // ${DAY_MS} AS day${sole.column}, ${columns.map(({ sql }) => sql).join(', ')}
      FROM (${recordsSql(logs, fields, keptSql(logs, fast))}) WHERE reject IS NULL)
    GROUP BY GROUPING SETS (${names.map((name) => `(${key}, ${name})`).join(', ')})
    HAVING COALESCE(${names.join(', ')}) IS NOT NULL`
}

/** Which records have a value that is kept of any field; all, where that takes a hash of a text first. */
function keptSql(logs: readonly MappedSource[], fast: readonly FastField[]): string {
  const isMade = ({ field }: FastField): boolean =>
    TEXT_OF[field] !== undefined && logs.some(({ mapping }) => mapping.fields[TEXT_OF[field]!] !== undefined)
  if (fast.some((each) => each.keepOneIn === 1 || isMade(each))) return 'TRUE'
  return fast.map(({ field, keepOneIn }) => `hash(${field}) % ${keepOneIn} = 0`).join(' OR ')
}

/**
 * Step `side`: distinct rows of the side files with their reject reason.
 *
 * @param more a SELECT of further rows with the same columns, of sources below 0, which are counted elsewhere
 */
export function sideSql(sides: readonly MappedSource[], fields: readonly string[], more: string | null = null): string {
  const columns = fields.map(identifier)
  const raw = [...new Set(['account_id', ...fields])]
  const list = columns.length === 0 ? '' : `, ${columns.join(', ')}`
  return `CREATE TEMP TABLE side AS SELECT source, account_id AS account_raw${list}, count(*) AS records,
      CASE WHEN COALESCE(${raw.map(identifier).join(', ')}) IS NULL THEN ${literal(REJECT_REASONS.unparsable)}
        WHEN ${present('account_id')} IS NULL THEN ${literal(REJECT_REASONS.noAccount)} END AS reject
    FROM (${[...(sides.length > 0 ? [unionSql(sides, raw)] : []), ...(more === null ? [] : [more])].join('\nUNION ALL\n')})
    GROUP BY ALL`
}

/**
 * Record numbers and reasons of the first rejects of one source, in file order.
 *
 * @param hasEdges whether the `edge` table knows accounts of requests that have none
 */
export function rejectsSql(source: MappedSource, fields: readonly string[], most: number, hasEdges: boolean): string {
  const { role } = source.source
  const raw = [...new Set(['account_id', ...(role === 'accounts' ? [] : ['timestamp']), ...fields])]
  const records = role === 'log' ? recordsSql([source], raw) : unionSql([source], raw)
  return `SELECT CAST(record AS DOUBLE) AS record, reason FROM (SELECT row_number() OVER () AS record, ${reasonOf(role, raw, hasEdges)} AS reason
    FROM (${records})) WHERE reason IS NOT NULL ORDER BY record ${Number.isFinite(most) ? `LIMIT ${most}` : ''}`
}

function reasonOf(role: Source['role'], raw: readonly string[], hasEdges: boolean): string {
  const isEmpty = `COALESCE(${raw.map(identifier).join(', ')}) IS NULL`
  const noAccount = `${present('account_id')} IS NULL`
  if (role === 'log') {
    const known = ['request_id', 'trace_id'].filter((field) => hasEdges && raw.includes(field))
    const excused = known.map((field) => `${present(field)} IN (SELECT rid FROM edge WHERE aid IS NOT NULL)`)
    const isKnown = excused.length > 0 ? `COALESCE(${excused.join(' OR ')}, FALSE)` : 'FALSE'
    return `CASE WHEN ${noAccount} AND ms IS NOT NULL THEN CASE WHEN ${isKnown} THEN NULL
        WHEN reject IS NULL THEN ${literal(REJECT_REASONS.noAccount)} ELSE reject END ELSE reject END`
  }
  const unparsable = `WHEN ${isEmpty} THEN ${literal(REJECT_REASONS.unparsable)}`
  if (role === 'accounts') return `CASE ${unparsable} WHEN ${noAccount} THEN ${literal(REJECT_REASONS.noAccount)} END`
  const ids = ['request_id', 'trace_id']
    .filter((field) => raw.includes(field))
    .map((field) => `${present(field)} IS NULL`)
  return `CASE ${unparsable} WHEN ${[noAccount, ...ids].join(' AND ')} THEN ${literal(REJECT_REASONS.noRequestId)} END`
}
