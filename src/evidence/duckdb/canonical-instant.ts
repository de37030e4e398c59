import { MONTHS, STAMP_FORMS, type STAMP_PARTS } from '../../formats/values/instant.ts'
import { literal, literalList } from './sql.ts'

/**
 * SQL that turns timestamps into epoch milliseconds. The same rules in TypeScript are `formats/values/instant.ts`, of
 * which the forms are taken; a test holds both equal.
 */

/** Epoch milliseconds between which a number or date is a plausible request time: 1973-03-03 to 2100-01-01. */
export const MIN_INSTANT_MS = 1e11
export const MAX_INSTANT_MS = 4_102_444_800_000

/** Epoch milliseconds (BIGINT) of a timestamp, NULL if unreadable. Text without a zone is of the session's zone. */
export function instantMs(raw: string): string {
  const number = numberOf(raw)
  return `list_transform([${usualMs(raw, number)}], lambda u: ${instantOf('u', raw, number)})[1]`
}

/** Column of {@link withInstants}: the number that a timestamp is, NULL for text. */
const NUMBER = 'stamp_number'

/**
 * A relation and, of its column `raw`, the instant as `ms`, as {@link instantMs} gives it: for millions of records, each part
 * in a column of its own. The engine takes what stands twice in an expression out of its CASE, and does it for every record;
 * out of a lambda it takes nothing.
 */
export const withInstants = (relation: string, raw: string): string =>
  `(SELECT * EXCLUDE usual_ms, ${instantOf('usual_ms', raw, NUMBER)} AS ms
    FROM (SELECT *, ${usualMs(raw, NUMBER)} AS usual_ms FROM (SELECT *, ${numberOf(raw)} AS ${NUMBER} FROM ${relation})))`

/** The same where `raw` is a number: of seconds or milliseconds alone, anything else is NULL. */
export const withNumericInstants = (relation: string, raw: string): string =>
  `(SELECT *, ${numericMs(raw)} AS ms FROM ${relation})`

const numericMs = (number: string): string => `CASE WHEN ${number} < 1e8 OR NOT isfinite(${number}) THEN NULL
    WHEN ${number} < 1e11 AND ${number} * 1000 <= ${MAX_INSTANT_MS} THEN CAST(floor(${number} * 1000) AS BIGINT)
    WHEN ${number} BETWEEN ${MIN_INSTANT_MS} AND ${MAX_INSTANT_MS} THEN CAST(floor(${number}) AS BIGINT) END`

/** Of a text: whether {@link withNumericInstants} gives no instant, where the engine reads it as a number. */
export const isNoNumericInstant = (raw: string): string => `(${numericMs(numberOf(raw))}) IS NULL`

const numberOf = (raw: string): string => `TRY_CAST(${raw} AS DOUBLE)`

/** The usual forms, whatever comes of it. */
const usualMs = (raw: string, number: string): string =>
  `COALESCE(${fromNumber(raw, number)}, ${fromText(raw, number)})`

/** The usual form if plausible. The others are tried only on what it cannot read, which costs nothing where there is none. */
function instantOf(usual: string, raw: string, number: string): string {
  const plausible = `BETWEEN ${MIN_INSTANT_MS} AND ${MAX_INSTANT_MS}`
  const other = `list_transform([${unusual(raw, number)}], lambda ms_: CASE WHEN ms_ ${plausible} THEN ms_ END)[1]`
  // The engine evaluates what stands behind in a COALESCE only for rows in which nothing before it has a value.
  return `COALESCE(CASE WHEN ${usual} ${plausible} THEN ${usual} END, ${other})`
}

/** Seconds, milliseconds, microseconds, FILETIME, .NET ticks and nanoseconds, told apart by size; days are unusual. */
function fromNumber(raw: string, n: string): string {
  const whole = (cut: number, divisor: string): string =>
    `COALESCE(w // ${cut}, CAST(floor(${n} / ${divisor}) AS BIGINT))`
  const long = `CASE WHEN ${n} < 1e17 THEN ${whole(1000, '1e3')}
    WHEN ${n} BETWEEN 1.22e17 AND 1.43e17 THEN ${whole(10_000, '1e4')} - 11644473600000
    WHEN ${n} BETWEEN 6.27e17 AND 6.47e17 THEN ${whole(10_000, '1e4')} - 62135596800000
    WHEN ${n} < 9.2e18 THEN ${whole(1_000_000, '1e6')} END`
  return `CASE WHEN ${n} < 1e8 OR NOT isfinite(${n}) THEN NULL WHEN ${n} < 1e11 THEN CAST(floor(${n} * 1000) AS BIGINT)
    WHEN ${n} < 1e14 THEN CAST(floor(${n}) AS BIGINT)
    WHEN ${n} >= 1e14 THEN list_transform([TRY_CAST(${raw} AS BIGINT)], lambda w: ${long})[1] END`
}

/** ISO 8601 as the engine itself reads it; an infinite date has no epoch, and gives NULL. */
const fromText = (raw: string, number: string): string =>
  `CASE WHEN ${number} IS NULL THEN epoch_ms(TRY_CAST(trim(${raw}) AS TIMESTAMPTZ)) END`

/** Days of a table program, digits that are a date, and what databases, clouds and server logs write. */
function unusual(raw: string, n: string): string {
  const text = `CASE WHEN regexp_matches(d, '^20[0-9]{6}([0-9]{6})?$') THEN ${calendarDigits('d')} ELSE d END`
  const days = `CASE WHEN ${n} BETWEEN 38353 AND 52963 THEN CAST(round((${n} - 25569) * 86400000) AS BIGINT) END`
  const forms = STAMP_FORMS.map((form) => `WHEN regexp_matches(t, ${literal(inEngine(form))}) THEN ${stamped(form)}`)
  return `COALESCE(${days}, list_transform(list_transform([trim(${raw})], lambda d: ${text}), lambda t: CASE ${forms.join('\n      ')} END)[1])`
}

const calendarDigits = (digits: string): string =>
  `regexp_replace(${digits}, '^(....)(..)(..)(..)?(..)?(..)?$', CASE WHEN length(${digits}) = 8 THEN '\\1-\\2-\\3' ELSE '\\1-\\2-\\3 \\4:\\5:\\6' END)`

/** RE2 names groups otherwise, and is told here that case does not matter. */
const inEngine = (form: string): string => `(?i)${form.replaceAll('(?<', '(?P<')}`

/** The instant of a text `t` of that form. */
function stamped(form: string): string {
  const groups = [...form.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name!)
  const pattern = literal(
    inEngine(form)
      .replaceAll('(?P<', '(')
      .replaceAll(/\((\w+)>/g, '('),
  )
  const part = (name: (typeof STAMP_PARTS)[number]): string => (groups.includes(name) ? `g.${name}` : "''")
  const year = `CASE WHEN length(${part('y')}) = 2 THEN '20' || ${part('y')} ELSE ${part('y')} END`
  const month = groups.includes('mon')
    ? `list_position([${MONTHS.map(literal).join(', ')}], lower(${part('mon')}))::VARCHAR`
    : part('m')
  const half = groups.includes('ap')
    ? `CASE WHEN g.ap = '' THEN g.h ELSE (g.h::INTEGER % 12 + CASE WHEN lower(g.ap) = 'pm' THEN 12 ELSE 0 END)::VARCHAR END`
    : part('h')
  const two = (text: string): string => `lpad(CASE WHEN ${text} = '' THEN '0' ELSE ${text} END, 2, '0')`
  const seconds = `CASE WHEN ${two(part('s'))} = '60' THEN '59' ELSE ${two(part('s'))} END`
  const zone = `CASE WHEN upper(${part('z')}) IN ${literalList(['Z', 'UTC', 'GMT'])} THEN '+00' ELSE ${part('z')} END`
  const text = `${year} || '-' || ${two(month)} || '-' || ${two(part('d'))} || ' ' || ${two(half)} || ':' || ${two(part('mi'))}
    || ':' || ${seconds} || '.' || left(rpad(${part('f')}, 3, '0'), 3) || ${zone}`
  const checked = `CASE WHEN ${two(half)} <= '24' THEN epoch_ms(TRY_CAST(${text} AS TIMESTAMPTZ)) END`
  return `list_transform([regexp_extract(t, ${pattern}, ${`[${groups.map(literal).join(', ')}]`})], lambda g: ${checked})[1]`
}

/**
 * Whether a timestamp is text without a zone; NULL for numbers, which need none. A CASE, because only that keeps the
 * pattern from being tried on every number, and on every text that ends as most do.
 *
 * @param number SQL of the number that it is, NULL for text; {@link withInstants} has it as a column
 */
export const isZoneless = (raw: string, number = numberOf(raw)): string =>
  `CASE WHEN ${number} IS NOT NULL THEN NULL WHEN suffix(${raw}, 'Z') THEN FALSE ELSE list_transform([trim(${raw})], lambda t:
      NOT regexp_matches(t, '([zZ]|[+-]\\d\\d(:?\\d\\d)?|[A-Za-z]{2,}|m=[+-][0-9.]+)$') OR regexp_matches(t, '[AaPp][Mm]$'))[1] END`

/** The same of the records of {@link withInstants}. */
export const isZonelessRecord = (raw: string): string => isZoneless(raw, NUMBER)
