import type { AccountTable } from '../../evidence/tables.ts'
import type { Random } from '../../random.ts'
import { busyWindow } from '../busy-window.ts'
import { spreadOf } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'
import { evenlySpaced } from '../watch.ts'
import { stoppedAtMs } from './lifetimes.ts'
import { othersThan } from './other-accounts.ts'
import { samePayer } from './payers.ts'

/** Bits at most: a course that follows another does the same, so one shift alone must not carry a network. */
const MOST_BITS = 6

/** One pool stops within this time, and the other begins within the same, ms. */
const SPAN_MS = 48 * 3_600_000

/** The smaller pool: accounts, share of the set, and how many times more than in random sets. */
const MIN_POOL = 4
const MIN_SHARE = 0.2
const MIN_LIFT = 3

/** Draws of the null, and members looked at. */
const DRAWS = 999
const MAX_MEMBERS = 500

/** Share of the new pool that may pay as somebody of the old one does. */
const MAX_SAME_PAYER = 0.5

/** Many accounts of a group stop within two days while others begin: one pool is given up for another. */
export const poolShift: OrderSignal = {
  id: 'pool-shift',
  family: 'continuity',
  title: 'One pool for another',
  why: 'An operator whose accounts are closed moves the work to new ones at once.',
  statistic:
    'share of accounts in the smaller of two pools, one that stops and one that begins within the same two days, beside random sets of accounts',
  innocentCauses: [
    'two courses one after the other',
    'a company that moves to new accounts',
    'a price or plan that changed',
  ],
  role: 'pattern',
  needs: ['timestamp'],
  measure,
}

function measure({ set }: OrderInput, random: Random): Finding | null {
  const { accounts } = set.tables
  const { fromMs, toMs } = busyWindow(accounts.firstAtMs, accounts.lastAtMs)
  if (isOneOrganization(set) || set.members.length < 2 * MIN_POOL || toMs - fromMs < 3 * SPAN_MS) return null
  const members = evenlySpaced(set.members, MAX_MEMBERS)
  const shift = largestShift(accounts, members)
  const smaller = Math.min(shift.old.length, shift.fresh.length)
  const share = smaller / members.length
  if (smaller < MIN_POOL || share < MIN_SHARE) {
    return nothing(`shifted share ${share.toFixed(2)}`, 'no pool of accounts is given up for another')
  }
  const others = othersThan(set)
  if (others.count < members.length) return null
  const draws = Array.from({ length: DRAWS }, () => {
    const drawn = Int32Array.from(members, () => others.draw(random))
    const { old, fresh } = largestShift(accounts, drawn)
    return Math.min(old.length, fresh.length) / members.length
  })
  const expected = spreadOf(draws).mean
  const isSamePayer = samePayer(set)
  const known = shift.fresh.filter((b) => shift.old.some((a) => isSamePayer(a, b))).length
  const lift = (share + 0.5 / members.length) / (expected + 0.5 / members.length)
  const hasEffect = lift >= MIN_LIFT && known <= MAX_SAME_PAYER * shift.fresh.length
  return {
    bits: hasEffect ? Math.min(MOST_BITS, Math.log2(lift)) : 0,
    p: (1 + draws.filter((each) => each >= share).length) / (1 + DRAWS),
    hasEffect,
    statistic: `shifted share ${share.toFixed(2)}, by chance ${expected.toFixed(2)}`,
    summary: `${shift.old.length} accounts stop and ${shift.fresh.length} begin within the same two days`,
    accounts: shift.old.length + shift.fresh.length,
  }
}

interface Shift {
  readonly old: readonly number[]
  readonly fresh: readonly number[]
}

/**
 * The moment with the largest smaller pool. Ends near the end of the log and beginnings near its start are the log's
 * own, and an account that lives less than the span belongs to neither pool.
 */
function largestShift(accounts: AccountTable, members: Int32Array): Shift {
  const { fromMs } = busyWindow(accounts.firstAtMs, accounts.lastAtMs)
  const ends: { readonly account: number; readonly atMs: number }[] = []
  const begins: { readonly account: number; readonly atMs: number }[] = []
  for (const account of members) {
    const beganMs = accounts.firstAtMs[account]!
    const endedMs = stoppedAtMs(accounts, account, SPAN_MS)
    if (endedMs - beganMs < SPAN_MS) continue
    if (!Number.isNaN(endedMs)) ends.push({ account, atMs: endedMs })
    if (beganMs > fromMs + SPAN_MS) begins.push({ account, atMs: beganMs })
  }
  ends.sort((a, b) => a.atMs - b.atMs || a.account - b.account)
  begins.sort((a, b) => a.atMs - b.atMs || a.account - b.account)
  let best = { size: 0, atMs: 0 }
  let endFrom = 0
  let beginFrom = 0
  let beginTo = 0
  for (let endTo = 0; endTo < ends.length; endTo++) {
    const atMs = ends[endTo]!.atMs
    while (ends[endFrom]!.atMs < atMs - SPAN_MS) endFrom++
    while (beginFrom < begins.length && begins[beginFrom]!.atMs < atMs - SPAN_MS) beginFrom++
    while (beginTo < begins.length && begins[beginTo]!.atMs <= atMs + SPAN_MS) beginTo++
    const size = Math.min(endTo - endFrom + 1, beginTo - beginFrom)
    if (size > best.size) best = { size, atMs }
  }
  if (best.size === 0) return { old: [], fresh: [] }
  return {
    old: ends.filter(({ atMs }) => atMs >= best.atMs - SPAN_MS && atMs <= best.atMs).map(({ account }) => account),
    fresh: begins.filter(({ atMs }) => Math.abs(atMs - best.atMs) <= SPAN_MS).map(({ account }) => account),
  }
}
