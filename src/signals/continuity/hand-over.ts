import type { Random } from '../../random.ts'
import { poissonTail, spreadOf } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import { lowerBound } from '../lower-bound.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'
import type { AccountSet } from '../signal.ts'
import { type CountHandOvers, createHandOverCounter, type Passing } from './hand-over-counter.ts'
import { stoppedAtMs } from './lifetimes.ts'
import { samePayer } from './payers.ts'

/** Bits at most: the cap of the family. */
const MOST_BITS = 10

/** What is handed over: things that are somebody's own, not a card (that would be the same payer). */
const FIELDS = [
  'system_prompt_hash',
  'tools_hash',
  'tls_fingerprint',
  'client_headers',
  'user_agent',
  'device_fingerprint',
]

/** A value rarer than 1 in 256 among strangers is worth handing over. */
const MIN_RARITY_BITS = 8

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Times from an end to a beginning that are looked at, ms: a script that has its next account ready, and a person who
 * has to open one. The better one counts, at twice its chance.
 */
const WINDOWS_MS = [HOUR_MS / 2, 6 * HOUR_MS]

/** Draws of the null, and the days by which it moves each end. */
const DRAWS = 200
const MOST_DAYS = 3

/** Hand-overs apart in time without which it is an accident, and how many times more than by chance. */
const MIN_EPISODES = 3
const MIN_LIFT = 3

/** One account stops, and another takes its template or client up within minutes, under another payer. */
export const handOver: OrderSignal = {
  id: 'hand-over',
  family: 'continuity',
  title: 'Hand-over after an end',
  why: 'Who loses an account goes on with the next one; a stranger does not begin with the same rare template the moment another stops.',
  statistic:
    'beginnings with a rare value within 30 minutes or 6 hours of the end of another holder with another payer, beside ends moved by one to three days',
  innocentCauses: [
    'a key or contract that was replaced',
    'two courses one after the other',
    'a product whose customers renew on one day',
  ],
  role: 'pattern',
  needs: ['timestamp'],
  measure,
}

function measure({ set }: OrderInput, random: Random): Finding | null {
  if (isOneOrganization(set)) return null
  const passings = passingsOf(set)
  if (passings.length === 0) return null
  const { stopped, endMs } = endsOf(set)
  if (stopped.length === 0) return nothing('hand-overs 0', 'no account stopped')
  const count = createHandOverCounter(passings, stopped, samePayer(set))
  const seen = WINDOWS_MS.map((windowMs) => countSeen(count, endMs, windowMs))
  const most = Math.max(...seen.map((each) => each.count))
  if (most < MIN_EPISODES) return nothing(`hand-overs ${most}`, 'too few accounts began where others had stopped')
  const byChance = countByChance(count, endMs, seen, random)
  if (byChance === null)
    return nothing(`hand-overs ${most}`, 'accounts began where others had stopped as often as by chance')
  const tests = seen.map((found, i) => {
    // No draw had one: as if half of one had.
    const expected = Math.max(spreadOf(byChance[i]!).mean, 0.5 / DRAWS)
    return { ...found, expected, p: poissonTail(found.count, expected) }
  })
  const best = tests.reduce((a, b) => (b.p < a.p ? b : a))
  const p = Math.min(1, best.p * WINDOWS_MS.length)
  const hasEffect = best.count >= MIN_EPISODES && best.count >= MIN_LIFT * best.expected
  return {
    bits: hasEffect ? Math.min(MOST_BITS, -Math.log2(p)) : 0,
    p,
    hasEffect,
    statistic: `hand-overs ${best.count}, by chance ${best.expected.toFixed(2)}`,
    summary: `${best.count} times an account began with a rare template or client within ${best.windowMs / 60_000} minutes of the end of another with the same, ${best.expected.toFixed(2)} by chance`,
    accounts: best.accounts,
  }
}

/** What there is within one window. */
interface Seen {
  readonly windowMs: number
  readonly count: number
  /** Accounts that take part. */
  readonly accounts: number
}

function countSeen(count: CountHandOvers, endMs: Float64Array, windowMs: number): Seen {
  const accounts = new Set<number>()
  const found = count(endMs, windowMs, (owner, heir) => accounts.add(owner).add(heir))
  return { windowMs, count: found, accounts: accounts.size }
}

/** Draws after which a group that shows half of the lift or less is given up: a hydra of thousands has many ends. */
const FIRST_DRAWS = 10

/** The same of each window with the ends moved, by draw; `null` if the first draws have as many. */
function countByChance(
  count: CountHandOvers,
  endMs: Float64Array,
  seen: readonly Seen[],
  random: Random,
): number[][] | null {
  const byChance: number[][] = seen.map(() => [])
  const movedMs = new Float64Array(endMs.length)
  for (let draw = 0; draw < DRAWS; draw++) {
    if (draw === FIRST_DRAWS && !seen.some((each, i) => each.count >= (MIN_LIFT / 2) * spreadOf(byChance[i]!).mean))
      return null
    move(endMs, movedMs, random)
    for (const [i, { windowMs }] of seen.entries()) byChance[i]!.push(count(movedMs, windowMs))
  }
  return byChance
}

/** Rare values of the set, in the order of their numbers. */
function passingsOf(set: AccountSet): readonly Passing[] {
  const { tables, members } = set
  const { values, holdings, accounts } = tables
  const strangers = accounts.count - members.length
  const isRare = (value: number): boolean => {
    if (!FIELDS.includes(tables.fields[values.field[value]!]!.name)) return false
    const outside = values.holders[value]! - set.inside(value)
    return set.inside(value) >= 2 && -Math.log2((outside + 0.5) / (strangers + 1)) >= MIN_RARITY_BITS
  }
  const rare = new Set<number>()
  for (const member of members)
    for (const value of set.valuesOf(member)) if (!rare.has(value) && isRare(value)) rare.add(value)
  const isMember = new Uint8Array(accounts.count)
  for (const member of members) isMember[member] = 1
  return [...rare]
    .sort((a, b) => a - b)
    .map((value) => {
      const rows: number[] = []
      for (let row = lowerBound(holdings.value, value); holdings.value[row] === value; row++) {
        if (isMember[holdings.account[row]!] === 1 && !Number.isNaN(holdings.firstAtMs[row]!)) rows.push(row)
      }
      rows.sort(
        (a, b) => holdings.firstAtMs[a]! - holdings.firstAtMs[b]! || holdings.account[a]! - holdings.account[b]!,
      )
      return {
        accounts: Int32Array.from(rows, (row) => holdings.account[row]!),
        beganMs: Float64Array.from(rows, (row) => holdings.firstAtMs[row]!),
      }
    })
}

/** Members that stopped, ascending, and when, ms. */
function endsOf({ tables, members }: AccountSet): { readonly stopped: Int32Array; readonly endMs: Float64Array } {
  const all = Float64Array.from(members, (member) => stoppedAtMs(tables.accounts, member, DAY_MS))
  const hasStopped = (_: number, i: number): boolean => !Number.isNaN(all[i]!)
  return { stopped: members.filter(hasStopped), endMs: all.filter(hasStopped) }
}

/** Moves each end by one to three whole days and up to two hours: the hour of the day stays, the occasion goes. */
function move(endMs: Float64Array, into: Float64Array, random: Random): void {
  for (let i = 0; i < endMs.length; i++) {
    const days = (1 + random.below(MOST_DAYS)) * (random.next() < 0.5 ? -1 : 1)
    into[i] = endMs[i]! + (days * DAY_MS + (4 * random.next() - 2) * HOUR_MS)
  }
}
