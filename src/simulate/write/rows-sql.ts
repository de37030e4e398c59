import { CAPABILITIES, MODEL, MODELS } from '../catalog.ts'
import type { LogField } from '../options.ts'
import { entry, gauss, ipv6, unit } from './sessions-sql.ts'
import { systemPromptSql, userPromptSql } from './texts-sql.ts'

/** What the row statement is made for. */
export interface RowsWish {
  readonly seed: number
  /** Rows from here on, ms since the epoch. */
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly fields: readonly LogField[]
  readonly hashDigits: number
  readonly isIso: boolean
  readonly rotateIp: boolean
  readonly isDirty: boolean
  readonly outage: { readonly fromMs: number; readonly toMs: number } | null
}

const literals = (items: readonly string[]): string => `[${items.map((item) => `'${item}'`).join(', ')}]`

/**
 * The requests of a time slice, one row each, by time and then id. Needs the `session` table of the day.
 * Every value is a function of hashes of the session's key and the request's number.
 */
export function rowsSql(wish: RowsWish): string {
  const columns = columnsSql(wish)
  const list = wish.fields.map((name) => `${columns[name]} AS ${name}`).join(',\n  ')
  return `WITH request AS (
  SELECT s.*, unnest(range(s.requests)) AS j FROM session s
  WHERE start_ms < ${wish.toMs} AND start_ms + (requests + 1) * gap_ms >= ${wish.fromMs}),
timed AS (
  SELECT *, hash(key, j) AS h, hash(key, j, 1) AS g, floor(start_ms + regularity * j * gap_ms + (1 - regularity)
    * requests * gap_ms * CASE WHEN j = 0 THEN 0 ELSE ${unit('hash(key, j)', 44)} END)::BIGINT AS ts
  FROM request),
placed AS (
  SELECT *, ${statusSql(wish)} AS status_code,
    least(190000, greatest(1, round(exp(in_mu + token_sigma * ${gauss('g', 0)}))))::INTEGER AS tokens_in,
    least(16000, greatest(1, round(exp(out_mu + token_sigma * ${gauss('hash(g, 5)', 0)}))))::INTEGER AS tokens_out
  FROM timed WHERE ts >= ${wish.fromMs} AND ts < ${wish.toMs} AND ts < to_ms AND ts < banned_ms + 86400000)
SELECT ${list}
FROM placed ORDER BY ts, h, num`
}

/** 200 mostly; refused after a ban; 529 in an outage; else ordinary failures. */
function statusSql({ outage }: RowsWish): string {
  const down = outage ? `WHEN ts >= ${outage.fromMs} AND ts < ${outage.toMs} THEN 529` : ''
  return `CASE WHEN forced_status > 0 THEN forced_status WHEN ts >= banned_ms THEN 403 ${down}
    WHEN ${unit('g', 48)} >= error_rate THEN 200
    ELSE [429, 429, 429, 429, 400, 400, 400, 500, 500, 529][1 + ((h >> 7) % 10)::INTEGER] END`
}

/** Every column of a log row as an expression. */
function columnsSql(wish: RowsWish): Readonly<Record<LogField, string>> {
  const hex = hexOf(wish.hashDigits)
  const short = (text: string): string => (wish.hashDigits === 16 ? text : `substr(${text}, 1, ${wish.hashDigits})`)
  const dirt = dirtOf(wish.isDirty)
  const zeros = `'${'0'.repeat(wish.hashDigits)}'`
  const system = `CASE WHEN sys_hash IS NOT NULL THEN ${hex('sys_hash')} END`
  return {
    timestamp: wish.isIso ? "strftime(make_timestamp(ts * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')" : 'ts',
    request_id: `'req_' || ${hex('h')}`,
    account_id: 'account_id',
    ip: wish.isDirty ? dirtyAddress(dirt, wish.rotateIp ? FRESH_ADDRESS : 'ip') : wish.rotateIp ? FRESH_ADDRESS : 'ip',
    asn: 'asn',
    country: 'country',
    user_agent: dirt('user_agent', 11, "''", "'-'", 'NULL'),
    tls_fingerprint: dirt(short('tls'), 13, "'-'", zeros, "''"),
    device_fingerprint: dirt(short('fingerprint'), 15, "'unknown'", zeros, "''", "'null'", "'undefined'"),
    model: MODEL_SQL,
    capability: `${literals(CAPABILITIES)}[1 + ${CAPABILITY_SQL}]`,
    input_tokens: 'tokens_in',
    output_tokens: 'CASE WHEN status_code = 200 THEN tokens_out ELSE 0 END',
    status: 'status_code',
    latency_ms: LATENCY_SQL,
    system_prompt_hash: dirt(system, 17, zeros, "'none'", "''"),
    tools_hash: `CASE WHEN tools IS NOT NULL THEN ${hex('tools')} END`,
    prompt_hash: hex(PROMPT_SQL),
    session_id: `CASE WHEN session_key IS NOT NULL THEN ${hex("hash(session_key, num, 's')")} END`,
    stop_reason: STOP_SQL,
    card_fingerprint: dirt(short('card_fingerprint'), 19, "''", "'-'", "'unknown'", zeros),
    card_bin: 'card_bin',
    card_last4: 'card_last4',
    card_expiry: 'card_expiry',
    billing_name_hash: dirt(short('billing_name_hash'), 21, "''", zeros),
    billing_address_hash: dirt(short('billing_address_hash'), 23, "'n/a'", zeros),
    organization_id: "nullif(organization_id, '')",
    end_user_id: endUserSql(hex),
    signature_hash: `CASE WHEN status_code = 200 AND (signature_key >> 11) % 100 < 45 THEN ${hex(SIGNATURE_SQL)} END`,
    system_prompt: systemPromptSql,
    user_prompt: userPromptSql(PROMPT_SQL, CAPABILITY_SQL),
  }
}

const hexOf =
  (digits: number) =>
  (hash: string): string =>
    digits === 16 ? `format('{:016x}', ${hash})` : `substr(format('{:016x}', ${hash}), 1, ${digits})`

type Dirt = (value: string, shift: number, ...placeholders: string[]) => string

/** Puts each placeholder in the value's stead in one of 700 rows (docs/fields.md, "Missing is missing"). */
const dirtOf =
  (isDirty: boolean): Dirt =>
  (value, shift, ...placeholders) => {
    if (!isDirty) return value
    const cases = placeholders.map((each, i) => `WHEN ${i} THEN ${each}`).join(' ')
    return `CASE ((g >> ${shift}) % 700) ${cases} ELSE ${value} END`
  }

/** Placeholders, private addresses, and a load balancer's address on 3 % of everybody's requests. */
function dirtyAddress(dirt: Dirt, address: string): string {
  const hosts = ["'10.0.4.' || (h % 200)", "'192.168.1.' || (h % 200)", "'127.0.0.1'"]
  const soiled = dirt(address, 9, "'0.0.0.0'", "'-'", "''", "'unknown'", ...hosts)
  return `CASE WHEN (g >> 31) % 100 < 3 THEN '198.51.100.7' ELSE ${soiled} END`
}

/** An address that nobody had before: inside the provider's range where that is IPv6, anywhere else. */
const FRESH_ADDRESS = ipv6(
  '(CASE WHEN ip_family = 6 THEN base + (h % span::UBIGINT)::BIGINT ELSE (h >> 7)::HUGEINT::BIGINT & 65535 END)',
  '((h >> 44) & 65535)',
  'g',
)

/** From a pool that repeats, a greeting that everybody sends, or new every time. */
const PROMPT_SQL = `CASE
  WHEN prompt_pool > 0 AND ${unit('h', 12)} < prompt_share
    THEN hash(prompt_pool, (h >> 30) % prompt_pool_size::UBIGINT)
  WHEN (g >> 20) % 80 = 0 THEN hash('greeting', floor(31 ** ${unit('h', 3)})) ELSE hash(prompt_key, j, 9) END`

const CAPABILITY_SQL = `coalesce(capability, ${entry('capabilities', 'h >> 16')})`

/** The signature of the reasoning that the request hands back: each is sent by two turns of a session. */
const SIGNATURE_SQL = "hash(signature_key, j // 2, 'signature')"

/** A declared reseller's customer keeps an id on every account; one stranger in twelve sends ids of a few users. */
const endUserSql = (hex: (hash: string) => string): string => `CASE
  WHEN end_users > 0 THEN 'user_' || ${hex("hash(organization_id, key % end_users::UBIGINT, 'user')")}
  WHEN hash(num, 'sends users') % 12 = 0 THEN 'user_' || ${hex("hash(num, key % (1 + hash(num, 'users') % 20), 'user')")} END`

const MODEL_SQL = `${literals(MODELS)}[1 + CASE WHEN ts >= pivot_ms AND ${unit('h', 21)} < pivot_share
  THEN ${MODEL.released} ELSE ${entry('models', 'h >> 26')} END]`

/** A fixed part and 6 to 20 ms per token; failures are quick. */
const LATENCY_SQL = `CASE WHEN status_code = 200
  THEN floor(180 + 400 * ${unit('g', 3)} + tokens_out * (6 + 14 * ${unit('h', 35)}))
  ELSE floor(20 + 90 * ${unit('g', 3)}) END::INTEGER`

const STOP_SQL = `CASE WHEN status_code <> 200 THEN NULL WHEN tokens_out >= 16000 THEN 'max_tokens'
  WHEN tools IS NOT NULL AND h % 3 = 0 THEN 'tool_use' WHEN h % 97 = 0 THEN 'refusal' ELSE 'end_turn' END`
