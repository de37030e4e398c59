import type { Simulation } from '../build.ts'
import { DAY_MS } from '../time.ts'

/** A number in [0, 1) out of 16 bits of a hash. */
export const unit = (hash: string, shift: number): string => `((((${hash}) >> ${shift}) & 65535)::DOUBLE / 65536)`

/** A standard normal deviate out of 40 bits of a hash (Box and Muller 1958). */
export const gauss = (hash: string, shift: number): string => {
  const first = `((((${hash}) >> ${shift}) & 16777215)::DOUBLE / 16777216)`
  return `(sqrt(-2 * ln(1 - ${first})) * cos(6.283185307179586 * ${unit(hash, shift + 24)}))`
}

/** An entry of a list by a hash. */
export const entry = (list: string, hash: string): string => `${list}[1 + ((${hash}) % len(${list})::UBIGINT)::INTEGER]`

/** What the session statement is made for. */
export interface DayWish {
  readonly seed: number
  readonly dayMs: number
  /** Start of the window: a pinned client has the release it had then. */
  readonly startMs: number
  readonly outage: Simulation['outage']
  readonly withPayment: boolean
}

/** 1 January 2026 in days since the epoch: the day of the catalogue's release numbers. */
const CATALOGUE_DAY = 20_454
/** Longest session, ms: longer ones go faster. */
const LONGEST_SESSION_MS = 43_200_000

const QUEUED_COLUMNS = `requests, gap_ms, prompt_key, signature_key, template, capability, in_mu, out_mu, forced_status,
    prompt_pool, prompt_pool_size, prompt_share`

const queuedColumns = (seed: number): string =>
  QUEUED_COLUMNS.replace(/(prompt|signature)_key/g, (name) => `hash(${seed}, ${name})`)

/**
 * All sessions that touch one day (UTC), with every value that is constant in a session: where from, on what, which
 * template, paid how. Sessions begun the day before run into this one. Randomness is a hash of seed, account, day and
 * serial number, so the result depends on neither order nor threads.
 */
export function sessionsSql({ seed, dayMs, startMs, outage, withPayment }: DayWish): string {
  return `CREATE OR REPLACE TEMP TABLE session AS
WITH own AS (${ownSessionsSql(seed, dayMs)}),
every AS (
  SELECT num, start_ms, key, requests, gap_ms, key AS prompt_key, key AS signature_key, NULL::INTEGER AS template,
    NULL::INTEGER AS capability, in_mu, out_mu, 0 AS forced_status, prompt_pool, prompt_pool_size, prompt_share
  FROM own WHERE requests > 0
  UNION ALL
  SELECT num, start_ms, hash(${seed}, key), ${queuedColumns(seed)}
  FROM queued),
shifted AS (SELECT * REPLACE (${startSql(outage)} AS start_ms) FROM every),
chosen AS (
  SELECT e.*, a.account_id, a.organization_id, a.regularity, a.token_sigma, a.error_rate, a.pivot_ms, a.pivot_share,
    a.banned_ms, a.to_ms, a.end_users, a.models, a.capabilities, CASE WHEN a.sends_session THEN key END AS session_key,
    (e.start_ms // ${DAY_MS}) AS day, ${entry('a.places', 'key >> 3')} AS place,
    ${entry('a.devices', 'key >> 17')} AS device,
    coalesce(e.template, ${entry('a.templates', 'key >> 29')}) AS template_id,
    (hash(e.num, 'lag') % 40)::BIGINT AS template_lag
  FROM shifted e JOIN account a USING (num)
  WHERE e.start_ms >= a.from_ms AND e.start_ms < least(a.to_ms, a.banned_ms + ${DAY_MS})
    AND e.start_ms < ${dayMs + DAY_MS} AND e.start_ms + (e.requests + 1) * e.gap_ms >= ${dayMs})
SELECT c.* EXCLUDE (template), p.asn, p.country, p.churn, ${addressSql(seed)} AS ip, p.base, p.span, p.ip_family,
  ${userAgentSql(startMs)} AS user_agent, nullif(d.tls, '') AS tls, nullif(d.fingerprint, '') AS fingerprint,
  ${systemSql(seed)} AS sys_hash,
  CASE WHEN t.tools_key > 0 THEN hash(${seed}, t.tools_key, 'tools') END AS tools, t.purpose
  ${withPayment ? ', y.* EXCLUDE (num, from_ms, to_ms)' : ''}
FROM chosen c JOIN place p ON p.id = c.place JOIN device d ON d.id = c.device JOIN template t ON t.id = c.template_id
${withPayment ? 'LEFT JOIN payment y ON y.num = c.num AND c.start_ms >= y.from_ms AND c.start_ms < y.to_ms' : ''}`
}

/** Most sessions of an outage begin within four minutes of its end instead. */
function startSql(outage: DayWish['outage']): string {
  if (!outage) return 'start_ms'
  return `CASE WHEN start_ms >= ${outage.fromMs} AND start_ms < ${outage.toMs} AND ${unit('key', 5)} < 0.85
    THEN ${outage.toMs} + ((key >> 21) % 240000)::BIGINT ELSE start_ms END`
}

const userAgentSql = (startMs: number): string =>
  `prefix || (release + (CASE WHEN is_pinned THEN ${Math.floor(startMs / DAY_MS)} ELSE day END
    - ${CATALOGUE_DAY} - lag_days) // cadence_days) || suffix`

/** The system prompt of the publisher's release in force; users follow with up to forty days' delay. */
const systemSql = (seed: number): string =>
  `CASE WHEN t.sys_key > 0 THEN hash(${seed}, t.sys_key,
    CASE WHEN period_days > 0 THEN (day - template_lag) // period_days ELSE 0 END) END`

/** Sessions of the accounts that decide for themselves, of this day and the one before. */
function ownSessionsSql(seed: number, dayMs: number): string {
  return `
  WITH day_account AS (
    SELECT a.*, d.day_ms, hash(${seed}, a.num, d.day_ms) AS h,
      CASE WHEN isodow(make_timestamp(d.day_ms * 1000)) >= 6 THEN a.weekend ELSE 1 END * 7 / (5 + 2 * a.weekend)
        AS week_factor
    FROM account a CROSS JOIN (VALUES (${dayMs - DAY_MS}::BIGINT), (${dayMs}::BIGINT)) d(day_ms)
    WHERE NOT a.is_dispatched AND a.from_ms < d.day_ms + ${DAY_MS} AND a.to_ms > d.day_ms),
  counted AS (
    SELECT *, CASE WHEN ${unit('h', 8)} >= active_share THEN 0
      WHEN period_s > 0 THEN floor(86400.0 / period_s + ${unit('h', 24)})
      ELSE floor(requests_per_day / session_requests / active_share * week_factor
        * exp(day_sigma * ${gauss('hash(h, 1)', 0)} - day_sigma * day_sigma / 2) + ${unit('h', 24)})
    END::BIGINT AS sessions FROM day_account),
  opened AS (SELECT *, unnest(range(sessions)) AS s FROM counted WHERE sessions > 0),
  keyed AS (SELECT *, hash(h, s) AS key FROM opened),
  sized AS (
    SELECT k.* EXCLUDE (gap_ms), least(2000,
        CASE WHEN period_s > 0 THEN floor(session_requests / active_share + ${unit('key', 33)})
        ELSE 1 + floor(-ln(1 - ${unit('key', 16)}) * (session_requests - 1) + ${unit('key', 33)}) END
      )::INTEGER AS requests, gap_ms * exp(0.5 * ${gauss('hash(key, 2)', 0)}) AS gap_ms
    FROM keyed k)
  SELECT z.num, z.key, z.requests, least(z.gap_ms, ${LONGEST_SESSION_MS}.0 / greatest(1, z.requests)) AS gap_ms,
    z.in_mu + 0.3 * ${gauss('hash(key, 3)', 0)} AS in_mu, z.out_mu, z.prompt_pool, z.prompt_pool_size, z.prompt_share,
    z.day_ms + CASE
      WHEN period_s > 0 THEN ((phase_s + s * period_s) % 86400) * 1000
        + (key % (2000 + 60000 * (1 - regularity))::UBIGINT)::BIGINT
      ELSE f.slots[1 + ((key >> 40) % 96)::INTEGER] * 900000 + ((key >> 8) % 900000)::BIGINT END AS start_ms
  FROM sized z JOIN profile f ON f.id = z.profile`
}

/** The address of a session: fixed, of the week, of the day, or its own, out of the place's range. */
function addressSql(seed: number): string {
  const epoch =
    'CASE p.churn WHEN 0 THEN 0::UBIGINT WHEN 1 THEN (day // 7)::UBIGINT WHEN 2 THEN day::UBIGINT ELSE key END'
  const where = `hash(${seed}, p.id, CASE WHEN p.is_per_account THEN c.num ELSE -1 END, ${epoch})`
  const drawn = `(p.base + (${where} % p.span::UBIGINT)::BIGINT)`
  const v6 = ipv6(drawn, `((${where} >> 40) & 65535)`, `hash(${where}, c.num, day)`)
  return `CASE WHEN p.ip_family = 4 THEN ${ipv4(drawn)} ELSE ${v6} END`
}

/** Dotted quad of a number. */
const ipv4 = (number: string): string =>
  `format('{}.{}.{}.{}', ${number} >> 24, (${number} >> 16) & 255, (${number} >> 8) & 255, ${number} & 255)`

/** An address in 2001:db8::/32 from the numbers of its /48 and /64 and 64 bits of host. */
export const ipv6 = (prefix: string, subnet: string, host: string): string =>
  `format('2001:db8:{:x}:{:x}:{:x}:{:x}:{:x}:{:x}', ${prefix} & 65535, ${subnet}, (${host} >> 48) & 65535,
    (${host} >> 32) & 65535, (${host} >> 16) & 65535, ${host} & 65535)`
