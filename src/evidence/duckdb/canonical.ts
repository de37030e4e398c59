import { PLACEHOLDER_PATTERNS, PLACEHOLDERS, RESERVED_ADDRESS_PATTERNS } from '../../formats/placeholders.ts'
import { LIVE_KEY } from '../../formats/values/secrets.ts'
import { literal } from './sql.ts'

/**
 * SQL that turns raw text into canonical values. Each function takes a SQL expression of type VARCHAR.
 * The same rules in TypeScript are in `formats/placeholders.ts`; a test holds both equal.
 */

export { instantMs, isZoneless } from './canonical-instant.ts'

/** A token or status count in [0, 2^32), NULL if it is no such number. */
export const countOf = (raw: string): string => `TRY_CAST(${raw} AS UINTEGER)`

/** Without white space of any kind, or byte order marks, at either end. */
const clean = (raw: string): string =>
  `regexp_replace(${raw}, '^[\\s\\v\\pZ\\x{FEFF}]+|[\\s\\v\\pZ\\x{FEFF}]+$', '', 'g')`

/** One pattern for texts and patterns: a list of texts would become a join of its own wherever it is asked. */
const PLACEHOLDER = [`^(?:${PLACEHOLDERS.map(escaped).join('|')})$`, ...PLACEHOLDER_PATTERNS]
  .map((pattern) => `(?:${pattern})`)
  .join('|')

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** The text trimmed, or NULL where it is a spelling of "missing" (docs/fields.md, "Missing is missing"). */
export function present(raw: string): string {
  const text = clean(raw)
  return `CASE WHEN regexp_matches(lower(${text}), ${literal(PLACEHOLDER)}) THEN NULL ELSE ${text} END`
}

/** An account's id; a live key that stands for one becomes its hash. The same rule in TypeScript: `formats/values/secrets.ts`. */
export const safeIdentity = (id: string): string => `list_transform([${id}], lambda id_: CASE
    WHEN regexp_matches(id_, ${literal(LIVE_KEY)})
    THEN 'key_' || left(sha256(regexp_replace(trim(id_), '^[Bb]earer\\s+', '')), 16) ELSE id_ END)[1]`

/**
 * The part of an address that is grouped by while the log is read: an IPv4 address without its last number, anything
 * else whole. Cheap on purpose, since it runs once per record; {@link addressBlock} makes it canonical afterwards.
 */
export const roughBlock = (raw: string): string =>
  `CASE WHEN contains(${raw}, ':') OR contains(${raw}, ',') THEN ${raw}
    ELSE left(${raw}, length(${raw}) - strpos(reverse(${raw}), '.')) END`

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const GROUPS = '[0-9a-f]{1,4}(?::[0-9a-f]{1,4})'
const IPV6 = `^(?:${GROUPS}{7}|(?:${GROUPS}{0,6})?::(?:${GROUPS}{0,6})?)$`
const MAPPED = '^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$'

/** An IPv6 address of eight groups and nothing else: read six times as fast as a list of anything. */
const PLAIN_IPV6 = `^${'0{0,3}([0-9a-f]{1,4}):'.repeat(4)}[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){3}$`

/**
 * Block of an address or of its rough form: IPv4 (also mapped into IPv6, or with its last number masked) to /24, IPv6 to
 * /64; NULL for what is no public address. Of a list of forwarded addresses the last that is public counts; ports,
 * brackets and what `Forwarded` writes around them are dropped. The same in TypeScript: `formats/values/address.ts`.
 */
export const addressBlock = (raw: string): string =>
  `CASE WHEN regexp_matches(${raw}, ${literal(PLAIN_IPV6)})
    THEN CASE WHEN NOT ${isReserved(raw)} THEN regexp_replace(${raw}, ${literal(PLAIN_IPV6)}, '\\1:\\2:\\3:\\4::/64') END
    ELSE ${blockOfEntries(raw)} END`

const blockOfEntries = (raw: string): string =>
  `list_filter(list_transform(list_reverse(string_split(${raw}, ',')), lambda e: ${entryBlock('e')}), lambda b: b IS NOT NULL)[1]`

function entryBlock(entry: string): string {
  const forwarded = `CASE WHEN contains(lower(${entry}), 'for') AND contains(${entry}, '=')
    THEN regexp_extract(${entry}, '(?i)(?:^|;)\\s*for\\s*=\\s*"?([^";]*)', 1) ELSE ${entry} END`
  const bare = `regexp_replace(trim(lower(${forwarded}), ' "'), '^\\[([^\\]]+)\\](:\\d+)?$', '\\1')`
  const text = `CASE WHEN regexp_matches(given, ${literal(MAPPED)}) THEN ${mappedBlock('given')} ELSE given END`
  const v4 = `regexp_extract(t, ${literal(`^(?:::ffff:)?(${OCTET}\\.${OCTET}\\.${OCTET})(?:\\.(?:${OCTET}|[*]+|x+|0/24))?(?::\\d+)?$`)}, 1)`
  const block = `CASE WHEN ${v4} <> '' THEN CASE WHEN ${isReserved(`${v4} || '.1'`)} THEN NULL ELSE ${v4} || '.0/24' END
    WHEN regexp_matches(t, ${literal(IPV6)}) AND NOT ${isReserved('t')} THEN ${ipv6Block('t')} END`
  return `list_transform(list_transform([${bare}], lambda given: ${text}), lambda t: ${block})[1]`
}

/** First three numbers of an IPv4 address written as the last two groups of a mapped one: `::ffff:c633:6407`. */
function mappedBlock(text: string): string {
  const group = (n: number): string => `CAST('0x' || regexp_extract(${text}, ${literal(MAPPED)}, ${n}) AS INTEGER)`
  return `(${group(1)} >> 8) || '.' || (${group(1)} & 255) || '.' || (${group(2)} >> 8)`
}

/** One pattern instead of a dozen: the address is read once. */
const RESERVED = RESERVED_ADDRESS_PATTERNS.map((pattern) => `(?:${pattern})`).join('|')

const isReserved = (address: string): string => `regexp_matches(${address}, ${literal(RESERVED)})`

/** The first four groups without leading zeros, a `::` filled in: `2001:db8::5` → `2001:db8:0:0::/64`. */
function ipv6Block(text: string): string {
  const left = `string_split(split_part(${text}, '::', 1), ':')`
  const right = `string_split(split_part(${text}, '::', 2), ':')`
  const zeros = `list_transform(range(greatest(0, 8 - len(${left}) - len(${right}))), lambda g: '0')`
  const groups = `CASE WHEN contains(${text}, '::') THEN list_concat(list_concat(${left}, ${zeros}), ${right}) ELSE ${left} END`
  const bare = `list_transform((${groups})[1:4], lambda g: COALESCE(NULLIF(ltrim(g, '0'), ''), '0'))`
  return `array_to_string(${bare}, ':') || '::/64'`
}

/** An e-mail address lower-cased, without a `+tag`; NULL if it holds no `@`. */
export const normalEmail = (raw: string): string =>
  `CASE WHEN contains(${raw}, '@') THEN regexp_replace(lower(trim(${raw})), '\\+[^@]*@', '@') END`

/** A telephone number as a plus and its digits (E.164), `00` for the plus allowed; NULL for fewer than seven digits. */
export const normalPhone = (
  raw: string,
): string => `list_transform([regexp_replace(${raw}, '[^0-9]', '', 'g')], lambda d:
    CASE WHEN length(d) BETWEEN 7 AND 17 THEN '+' || regexp_replace(d, '^00', '') END)[1]`

/** Domain of an e-mail address. */
export const emailDomain = (email: string): string => `NULLIF(split_part(${email}, '@', 2), '')`

/**
 * Shape of an e-mail address: runs of letters as L{length}, of digits as D{length}, separators kept, domain kept:
 * `anna.kern42@mail.example` → `L4.L4D2@mail.example` (`email_pattern`).
 */
export function emailPattern(email: string): string {
  const runs = `regexp_extract_all(split_part(${email}, '@', 1), '[a-z]+|[0-9]+|[^a-z0-9]+')`
  const shape = `list_transform(${runs}, lambda x: CASE WHEN regexp_matches(x, '^[a-z]') THEN 'L' || length(x)
    WHEN regexp_matches(x, '^[0-9]') THEN 'D' || length(x) ELSE x END)`
  return `array_to_string(${shape}, '') || '@' || ${emailDomain(email)}`
}

/** What is blanked in a prompt before it is hashed, in this order: regular expressions and what takes their place. */
export const TEMPLATE_STEPS: readonly (readonly [string, string])[] = [
  ['https?://\\S+', '<url>'],
  ['\\S+@\\S+\\.\\S+', '<mail>'],
  ['[0-9a-f]{8}-[0-9a-f-]{27}|\\b[0-9a-f]{8,}\\b', '<id>'],
  ['\\d+', '<n>'],
  ['\\s+', ' '],
]

/**
 * Hash of a prompt text with its variable parts blanked: lower case, then addresses, identifiers and numbers as
 * placeholders, white space folded, the first 4,096 and last 1,024 characters (no Unicode normalisation).
 */
export function templateHash(text: string): string {
  const kept = `left(lower(${text}), 4096) || right(lower(${text}), 1024)`
  const blanked = TEMPLATE_STEPS.reduce(
    (sql, [from, to]) => `regexp_replace(${sql}, ${literal(from)}, ${literal(to)}, 'g')`,
    kept,
  )
  return `md5(trim(${blanked}))`
}
