import { createRandom } from '../../src/random.ts'

/** Rows of the files of `fixtures/signals`: strangers, rings and crowds. */

export interface Row {
  readonly account_id: string
  readonly timestamp: string
  readonly [field: string]: string | number
}

export const DAY_MS = 86_400_000
export const START_MS = Date.parse('2026-06-01T00:00:00Z')
export const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
export const pad = (n: number): string => String(n).padStart(3, '0')

/** Strangers who share what strangers share: a mail provider, a popular client, an issuer, a carrier. */
const STRANGERS = 150

export const names = ['anna', 'bo', 'carl', 'dina', 'emil', 'fay', 'gustav', 'hana', 'ivo', 'jill', 'kasimir', 'lea']

/** A stranger's own values, by number; `prefix` keeps those of a case apart from those of the background. */
function strangerValues(n: number, prefix: string) {
  const name = names[n % names.length]!
  const hosts = ['mailhaus', 'postbox', 'letterly', 'inboxa']
  return {
    log: {
      ip: `198.${prefix === 's' ? 18 : 19}.${n % 250}.${20 + (n % 200)}`,
      asn: `64${500 + (n % 23)}`,
      user_agent: `sdk/1.${n % 9}`,
      tls_fingerprint: `tls_${prefix}${n % 60}`,
      device_fingerprint: `dev_${prefix}${pad(n)}`,
      system_prompt_hash: `tpl_${prefix}${pad(n)}`,
      prompt_hash: `ask_${prefix}${pad(n)}`,
      card_fingerprint: `card_${prefix}${pad(n)}`,
    },
    account: {
      created_at: iso(START_MS - (1 + ((n * 7919) % 240)) * DAY_MS + ((n * 104_729) % DAY_MS)),
      email: `${name}${'._-'[n % 3]}${'kxwz'.slice(0, 1 + (n % 4))}${n % 2 ? n : ''}@${hosts[n % hosts.length]}.example`,
      card_bin: `91${pad(n % 40)}`,
      billing_name_hash: `name_${prefix}${pad(n)}`,
      billing_address_hash: `addr_${prefix}${pad(n)}`,
      referral_code: `REF${prefix}${pad(n)}`,
    },
  }
}

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export const ndjson = lines

/** `background/logs.ndjson`: one request of each stranger. */
export function backgroundLogs(): string {
  const random = createRandom('signals/background')
  const rows = Array.from({ length: STRANGERS }, (_, n) => {
    const timestamp = iso(START_MS + random.below(7 * DAY_MS))
    return { account_id: `s${pad(n)}`, timestamp, ...strangerValues(n, 's').log }
  })
  return lines(rows)
}

/** `background/accounts.csv`: their registration and payment. */
export function backgroundAccounts(): string {
  const rows = Array.from({ length: STRANGERS }, (_, n) => ({
    account_id: `s${pad(n)}`,
    ...strangerValues(n, 's').account,
  }))
  const header = Object.keys(rows[0]!)
  return [header, ...rows.map((row) => Object.values(row))].map((cells) => `${cells.join(',')}\n`).join('')
}

type Values = Readonly<Record<string, string | number>>

/** Accounts with one request each, and values of their own but for those given. */
export function people(count: number, shared: (n: number) => Values, prefix: string, withAccounts = false): Row[] {
  return Array.from({ length: count }, (_, n) => {
    const { log, account } = strangerValues(n, prefix)
    const timestamp = iso(START_MS + ((n * 7_777_777) % (6 * DAY_MS)))
    return { account_id: `${prefix}${pad(n)}`, timestamp, ...log, ...(withAccounts ? account : {}), ...shared(n) }
  })
}

/** Eight accounts of one hand: cards shared by four, one device. What a case adds is what its signal is about. */
export const ring = (more: (n: number) => Values = () => ({}), { count = 8, withAccounts = false } = {}): Row[] => {
  const shared = (n: number): Values => ({
    card_fingerprint: `ring_card_${n >> 2}`,
    device_fingerprint: 'ring_device',
    ...more(n),
  })
  return people(count, shared, 'g', withAccounts)
}
export const registered = (more: (n: number) => Values): Row[] => ring(more, { withAccounts: true })

/** Many strangers who share the given values and nothing else. */
export const crowd = (shared: (n: number) => Values): Row[] => people(40, shared, 'c')
export const registeredCrowd = (shared: (n: number) => Values, count = 40): Row[] => people(count, shared, 'c', true)

/** Further requests of an account: only what a request needs. */
const requests = (account_id: string, atMs: readonly number[]): Row[] =>
  atMs.map((at) => ({ account_id, timestamp: iso(at) }))

const every = (count: number, stepMs: number, from = START_MS): number[] =>
  Array.from({ length: count }, (_, i) => from + i * stepMs)

/** 300 requests on one day; 20 hours of three days; 21 requests on each of five days, from the day of registration on. */
export const busyDay = every(300, 280_000)
export const sleepless = [0, 1, 2].flatMap((day) => every(20, 3_600_000, START_MS + day * DAY_MS))
export const atOnce = [0, 1, 2, 3, 4].flatMap((day) => every(21, 600_000, START_MS + day * DAY_MS + 6 * 3_600_000))

export const three = (atMs: readonly number[], more?: () => Values): Row[] => {
  const rows = ring(more, { count: 3 }).map((row) => ({ ...row, timestamp: iso(atMs[0]!) }))
  return [...rows, ...rows.flatMap(({ account_id }) => requests(account_id, atMs.slice(1)))]
}
export const one = (atMs: readonly number[], more?: () => Values): Row[] => {
  const [row] = crowd(more ?? (() => ({})))
  return [{ ...row!, timestamp: iso(atMs[0]!) }, ...requests(row!.account_id, atMs.slice(1))]
}

/** Twenty requests of an account: so many a day, an hour apart, each of so many tokens. */
export function habit(row: Row, perDay: number, tokens: number): Row[] {
  return Array.from({ length: 20 }, (_, i) => {
    const timestamp = iso(START_MS + Math.floor(i / perDay) * DAY_MS + (i % perDay) * 3_600_000)
    const { account_id } = row
    return { ...(i === 0 ? row : { account_id }), timestamp, input_tokens: tokens, output_tokens: tokens >> 2 }
  })
}

/** Thirty strangers whose habits differ by orders of magnitude: 1 to 20 requests a day, of 64 to 16,384 tokens. */
export const workers = people(30, () => ({}), 'w').flatMap((row, n) =>
  habit(row, [1, 2, 5, 10, 20][n % 5]!, 64 << (n % 9)),
)
