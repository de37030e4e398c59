import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createRandom } from '../../random.ts'
import type { NumberedAccount, Simulation } from '../build.ts'
import { chance, pick } from '../draw.ts'
import type { SimulateOptions } from '../options.ts'
import type { Payment } from '../plan.ts'
import { DAY_MS } from '../time.ts'

const ACCOUNT_COLUMNS = [
  'account_id',
  'created_at',
  'email',
  'email_domain',
  'phone_prefix',
  'referral_code',
  'plan',
  'organization_id',
  'account_status',
  'banned_at',
  'card_fingerprint',
  'card_bin',
  'card_last4',
  'card_expiry',
  'billing_name_hash',
  'billing_address_hash',
] as const

/** What exports put where nothing is known (docs/fields.md, "Missing is missing"). */
const PLACEHOLDERS = ['', '-', 'n/a', 'none', 'unknown', 'null', 'undefined'] as const

/** Writes `accounts.csv` (a row per account and card) and `labels.csv`, both by account id. */
export async function writeSideFiles(
  options: SimulateOptions,
  simulation: Simulation,
): Promise<{ readonly accounts: string; readonly labels: string }> {
  const sorted = [...simulation.accounts].sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
  const accounts = join(options.out, 'accounts.csv')
  const labels = join(options.out, 'labels.csv')
  await writeLines(accounts, accountLines(options, simulation, sorted))
  await writeLines(labels, labelLines(sorted))
  return { accounts, labels }
}

function* labelLines(accounts: readonly NumberedAccount[]): Generator<string> {
  yield 'account_id,network,class,kind'
  for (const each of accounts) yield `${each.accountId},${each.network},${each.class},${each.kind}`
}

function* accountLines(
  options: SimulateOptions,
  simulation: Simulation,
  accounts: readonly NumberedAccount[],
): Generator<string> {
  const random = createRandom(`simulate/${options.seed}/side-file`)
  const short = (hash: string): string => hash.slice(0, options.hashDigits)
  const soiled = (value: string): string =>
    options.dirty && chance(random, 0.006) ? pick(random, PLACEHOLDERS) : value
  const soiledHash = (value: string): string =>
    options.dirty && chance(random, 0.006) ? '0'.repeat(options.hashDigits) : soiled(short(value))
  const { endMs } = simulation.world
  yield ACCOUNT_COLUMNS.join(',')
  for (const { accountId, registration, payments, behaviour } of accounts) {
    const isBanned = behaviour.bannedMs !== null && behaviour.bannedMs < endMs + DAY_MS
    const head = [
      accountId,
      iso(registration.createdAtMs),
      soiled(registration.email),
      registration.email.split('@')[1] ?? '',
      soiled(registration.phonePrefix),
      registration.referralCode,
      registration.plan,
      registration.organizationId,
      isBanned ? 'banned' : 'active',
      isBanned ? iso(behaviour.bannedMs ?? 0) : '',
    ]
    const cards = payments.length > 0 ? payments.map((card) => cardCells(card, soiledHash)) : [['', '', '', '', '', '']]
    for (const card of cards) yield [...head, ...card].join(',')
  }
}

const cardCells = (card: Payment, hash: (value: string) => string): string[] => [
  hash(card.fingerprint),
  card.bin,
  card.last4,
  card.expiry,
  hash(card.nameHash),
  hash(card.addressHash),
]

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path)
  for (const line of lines) if (!file.write(`${line}\n`)) await once(file, 'drain')
  file.end()
  await finished(file)
}
