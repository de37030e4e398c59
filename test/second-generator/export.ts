import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account, Call, World } from './world.ts'

/** One house's way to export: its ids, its clock, its column names, its files. */
export interface House {
  readonly name: string
  readonly days: number
  idOf(world: World): string
  /** Columns of a request, in order. */
  row(id: string, call: Call): Readonly<Record<string, string | number | null>>
  readonly format: 'ndjson' | 'csv'
  /** Columns of an account's side file. */
  customer(id: string, account: Account): Readonly<Record<string, string | number | null>>
  /** Columns of a payment method's side file. */
  payment(id: string, account: Account): readonly Readonly<Record<string, string | number | null>>[]
  readonly map: Readonly<Record<string, string>>
}

const iso = (at: number, zone: number): string => {
  const local = new Date((at + zone * 3600) * 1000).toISOString().slice(0, 19)
  return `${local}+0${zone}:00`
}

const uuid = ({ chance }: World): string =>
  `${chance.hex(8)}-${chance.hex(4)}-4${chance.hex(3)}-${chance.pick(['8', '9', 'a', 'b'])}${chance.hex(3)}-${chance.hex(12)}`

/** NDJSON, seconds since 1970, UUIDs beside `org-…/user-…`, dots and short names. */
export const maple: House = {
  name: 'maple',
  days: 18,
  format: 'ndjson',
  map: { system_prompt_hash: 'prefix_digest' },
  idOf: (world) => (world.chance.yes(0.6) ? uuid(world) : `org-${world.chance.hex(10)}/user-${world.chance.hex(12)}`),
  row: (id, { at, exit, machine, job, prompt, model, tokensIn, tokensOut, status }) => ({
    ts: at,
    user_id: id,
    client_ip: exit.ip,
    client_asn: exit.asn,
    ua: machine.agent,
    ja4: machine.hello,
    device_id: machine.device,
    model_name: model,
    prefix_digest: job.system,
    tool_hash: job.tools,
    prompt_sha256: prompt,
    prompt_tokens: tokensIn,
    completion_tokens: tokensOut,
    http_status: status,
  }),
  customer: (id, { born, mail, invite, tier, banned }) => ({
    user_id: id,
    signed_up_at: born,
    mail,
    invite_code: invite,
    tier,
    suspended_at: banned,
  }),
  payment: (id, { cards }) =>
    cards.map(({ payment, iin, last4, expiry, holder, zip }) => ({
      user_id: id,
      payment_method_id: payment,
      iin,
      last_four: last4,
      exp: expiry,
      cardholder_hash: holder,
      zip,
    })),
}

/** CSV, ISO 8601 two hours east of Greenwich, whole numbers for ids, long names; the card behind a name of its own. */
export const quartz: House = {
  name: 'quartz',
  days: 13,
  format: 'csv',
  map: { card_fingerprint: 'instrument_ref' },
  idOf: ({ chance }) => String(chance.between(10_000_000, 99_999_999)),
  row: (id, { at, exit, machine, job, prompt, model, tokensIn, tokensOut, status }) => ({
    requested_at: iso(at, 2),
    customer: id,
    remote_addr: exit.ip,
    as_number: exit.asn,
    http_user_agent: machine.agent,
    tls_hash: machine.hello,
    visitor_id: machine.device ?? 'n/a',
    modelId: model,
    template_hash: job.system ?? 'none',
    tool_schema_hash: job.tools ?? '',
    prompt_hash: prompt,
    tokens_in: tokensIn,
    tokens_out: tokensOut,
    status_code: status,
  }),
  customer: (id, { born, mail, invite, tier, banned }) => ({
    customer: id,
    registered_at: iso(born, 2),
    user_email: mail,
    promo_code: invite,
    subscription: tier,
    disabled_at: banned === null ? null : iso(banned, 2),
  }),
  payment: (id, { cards }) =>
    cards.map(({ payment, iin, last4, expiry, holder, zip }) => ({
      customer: id,
      instrument_ref: payment,
      issuer_bin: iin,
      last4,
      card_exp: expiry,
      billing_name: holder,
      postal_code: zip,
    })),
}

type Row = Readonly<Record<string, string | number | null>>

const csv = (rows: readonly Row[]): string =>
  [
    Object.keys(rows[0]!).join(),
    ...rows.map((row) =>
      Object.values(row)
        .map((cell) => cell ?? '')
        .join(),
    ),
  ].join('\n')

/** Writes the log and the two side files; gives back who is who, and the paths. */
export function exportWorld(world: World, house: House, folder: string) {
  const ids = new Map(world.accounts.map((account) => [account, house.idOf(world)]))
  const calls = world.accounts
    .flatMap((account) => account.calls.map((call) => ({ id: ids.get(account)!, call })))
    .sort((a, b) => a.call.at - b.call.at || (a.id < b.id ? -1 : 1))
  const rows = calls.map(({ id, call }) => house.row(id, call))
  const shuffled = world.chance.some(world.accounts, world.accounts.length)
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, `${text}\n`)
    return path
  }
  return {
    inputs: [write('traffic', house.format === 'csv' ? csv(rows) : rows.map((row) => JSON.stringify(row)).join('\n'))],
    accounts: [
      write('customers.csv', csv(shuffled.map((account) => house.customer(ids.get(account)!, account)))),
      write('payments.csv', csv(shuffled.flatMap((account) => house.payment(ids.get(account)!, account)))),
    ],
    truth: new Map([...ids].map(([account, id]) => [id, account.truth])),
    requests: rows.length,
  }
}
