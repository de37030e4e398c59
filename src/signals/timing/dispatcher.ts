import type { Random } from '../../random.ts'
import { drawNull, normalTail, spreadOf } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'
import { idleRank, type Trains } from './idle-rank.ts'

import { type Sessions, sessionsOf } from './sessions.ts'

/** Draws of the null; fewer make its spread uncertain, more cost time and change little. */
const DRAWS = 100

/** Accounts below which the test says nothing, and below which it is weak (power at 6 accounts is 0.2 to 0.7). */
const MIN_ACCOUNTS = 6
const FULL_ACCOUNTS = 12

/** Sessions of an account without which its rhythm is unknown. */
const MIN_SESSIONS = 4

/** Sessions looked at; of a longer log the middle. */
const MAX_SESSIONS = 20_000

/**
 * The gates: 0 of 198 innocent sets (office hours, services, cron with and without jitter, CI) passed them in
 * simulation, and all relays of 12 accounts or more whose dispatch is at least 70 % by idleness did. Lower and cron
 * with jitter passes; higher and relays with a third of random picks are lost.
 */
const MIN_RANK = 0.6
const MIN_EXCESS = 0.015
const MIN_Z = 6

/**
 * Bits at full effect: log2 of the share of relays over the share of innocent sets beyond the gates, 0.9 / 0.0025, the
 * latter by Jeffreys' rule for 0 of 198; it is the cap of the family. Our own construction, as is that bits grow with
 * the excess up to the mean of a sticky pool, or up to all that chance leaves to 1. Few accounts count weakly.
 */
const FULL_BITS = 8
const FULL_EXCESS = 0.03
const WEAK_BITS = 3

/** Clocks coarser than a minute lose the order of sessions. */
const MAX_RESOLUTION_MS = 60_000

/** One queue spreads work over the accounts: the one idle longest is next, more often than their own rhythms make it. */
export const dispatcher: OrderSignal = {
  id: 'dispatcher',
  family: 'timing',
  title: 'One dispatcher',
  why: 'A relay gives the next session to the account that has been idle longest; people who do not know each other do not take turns.',
  statistic:
    'mean idle rank of the account that starts a session, above the same with each account shifted in time alone',
  innocentCauses: [
    "a company's own pool of workers",
    'a CI farm of one payer',
    'a load balancer over keys of one team',
  ],
  role: 'pattern',
  needs: ['timestamp'],
  measure,
}

function measure({ set, events }: OrderInput, random: Random): Finding | null {
  if (isOneOrganization(set)) return null
  const sessions = sessionsOf(events)
  if (sessions.resolutionMs > MAX_RESOLUTION_MS) return null
  const rhythm = rhythmOf(sessions)
  if (rhythm.accounts < MIN_ACCOUNTS) return null
  const observed = idleRank(draw(rhythm, random, 0))
  if (Number.isNaN(observed)) return null
  const balance = balanceText(rhythm)
  if (observed < MIN_RANK) {
    return nothing(`idle rank ${observed.toFixed(2)}`, `no sign that ${rhythm.accounts} accounts take turns${balance}`)
  }
  const nulls = drawNull(() => idleRank(draw(rhythm, random, 1)), DRAWS, observed)
  const { mean, deviation } = spreadOf(nulls)
  const excess = observed - mean
  const z = excess / Math.max(deviation, 1e-6)
  const hasEffect = excess >= MIN_EXCESS && z >= MIN_Z
  const most = rhythm.accounts >= FULL_ACCOUNTS ? FULL_BITS : WEAK_BITS
  return {
    bits: hasEffect ? most * Math.min(1, Math.max(excess / FULL_EXCESS, excess / (1 - mean))) : 0,
    p: normalTail(z),
    hasEffect,
    statistic: `idle rank ${observed.toFixed(3)}, by chance ${mean.toFixed(3)}`,
    summary: `${hasEffect ? '' : 'no clear sign that '}${rhythm.accounts} accounts take turns over ${rhythm.account.length} sessions: the one that starts has been idle longer than ${percent(observed)} of the others, ${percent(mean)} by their own rhythms${balance}`,
    accounts: rhythm.accounts,
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

interface Rhythm extends Trains {
  /** Half the width of an account's shift in the null, ms: half its median pause between starts. */
  readonly reachMs: Float64Array
  readonly resolutionMs: number
}

/** Accounts with enough sessions, and the middle of a log with too many. */
function rhythmOf(sessions: Sessions): Rhythm {
  const { from, member, startMs, endMs, resolutionMs } = sessions
  const place = new Int32Array(from.length - 1).fill(-1)
  const reach: number[] = []
  const [firstMs, lastMs] = middleOf(startMs)
  for (let each = 0; each < place.length; each++) {
    const own = startMs.subarray(from[each]!, from[each + 1]!).filter((at) => at >= firstMs && at <= lastMs)
    if (own.length < MIN_SESSIONS) continue
    place[each] = reach.length
    reach.push(medianGap(own) / 2)
  }
  const kept = [...member.keys()].filter(
    (i) => place[member[i]!]! >= 0 && startMs[i]! >= firstMs && startMs[i]! <= lastMs,
  )
  return {
    accounts: reach.length,
    account: Int32Array.from(kept, (i) => place[member[i]!]!),
    startMs: Float64Array.from(kept, (i) => startMs[i]!),
    endMs: Float64Array.from(kept, (i) => endMs[i]!),
    reachMs: Float64Array.from(reach),
    resolutionMs,
  }
}

/** First and last of the middle {@link MAX_SESSIONS} starts. */
function middleOf(startMs: Float64Array): readonly [number, number] {
  const sorted = startMs.slice().sort()
  const skip = Math.max(0, Math.floor((sorted.length - MAX_SESSIONS) / 2))
  return [sorted[skip] ?? 0, sorted[sorted.length - 1 - skip] ?? 0]
}

function medianGap(sorted: Float64Array): number {
  const gaps = sorted.slice(1).map((at, i) => at - sorted[i]!)
  return gaps.sort()[gaps.length >> 1]!
}

/**
 * The trains with every account shifted alone by up to `width` times its reach: its own rhythm stays, what ties it to
 * others goes. Inside one tick of the clock the order is drawn, or jobs on the hour would seem to keep a fixed order.
 */
function draw(
  { accounts, account, startMs, endMs, reachMs, resolutionMs }: Rhythm,
  random: Random,
  width: number,
): Trains {
  const shift = reachMs.map((reach) => width * reach * (2 * random.next() - 1))
  const jitter = Float64Array.from(account, (each) => shift[each]! + resolutionMs * random.next())
  return {
    accounts,
    account,
    startMs: startMs.map((at, i) => at + jitter[i]!),
    endMs: endMs.map((at, i) => at + jitter[i]!),
  }
}

/** Sessions an account must have on average before an even spread says anything. */
const BALANCE_SESSIONS = 30

/** Even spread of sessions, in words only: equal services and cron are as even as a random dispatcher. */
function balanceText({ accounts, account }: Rhythm): string {
  const counts = new Float64Array(accounts)
  for (const each of account) counts[each]!++
  const mean = account.length / accounts
  const variance = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, accounts - 1)
  const excess = variance / mean ** 2 - 1 / mean
  return mean >= BALANCE_SESSIONS && excess < 0.1 ? '; sessions are spread evenly over them' : ''
}
