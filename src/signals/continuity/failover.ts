import { poissonTail } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import type { GroupEvents } from '../group-events.ts'
import { firstWhere } from '../lower-bound.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'

/** Bits at most: the cap of the family. */
const MOST_BITS = 10

/** A prompt sent again from another account within this time was sent on, ms. */
const WITHIN_MS = 60_000

const MINUTE_MS = 60_000

/**
 * Where the same is counted for the null, ms: the minute before the refusal (a class that starts one exercise was at it
 * already), and 5 to 60 minutes away (pools of prompts recur near each other). What arrives at the very instant of the
 * refusal is on neither side.
 */
const OFFSETS_MS = [
  -WITHIN_MS - 1,
  ...[-60, -45, -30, -20, -10, -5, 5, 10, 20, 30, 45, 60].map((minutes) => minutes * MINUTE_MS),
]

/** Refused prompts sent on without which it is an accident, and the accounts they come from. */
const MIN_SENT_ON = 3
const MIN_ACCOUNTS = 3

/** How many times more than by chance. */
const MIN_LIFT = 5

/** What one account was refused, another asks within the minute: somebody holds both and moves work between them. */
export const failover: OrderSignal = {
  id: 'failover',
  family: 'continuity',
  title: 'Refused here, asked there',
  why: 'A relay sends a refused prompt on through another account; a stranger does not know what was refused.',
  statistic:
    'prompts refused with 401, 403 or 429 that another member first sends within 60 seconds, beside the same after successes and at other times',
  innocentCauses: ['a router over several keys of one team', 'a test suite that several people run at once'],
  role: 'pattern',
  needs: ['prompt_hash', 'status'],
  measure,
}

/** The null is the largest of what follows a success (copies spread on purpose) and what the prompts do at other times. */
function measure({ set, events }: OrderInput): Finding | null {
  const { prompt, status } = events
  if (isOneOrganization(set)) return null
  if (!prompt.some((each) => each >= 0) || !status.some((each) => each > 0)) return null
  const copies = firstCopies(events)
  const answered = tally(events, isAnswered, copies, [0])
  const refused = tally(events, isRefusal, copies, [0, ...OFFSETS_MS])
  if (refused.count === 0) return nothing('sent on 0', 'no prompt was refused')
  const [sentOn, ...atOtherTimes] = refused.copied as [number, ...number[]]
  const accounts = refused.accounts.size
  const expected = Math.max((refused.count * (answered.copied[0]! + 0.5)) / (answered.count + 1), ...atOtherTimes)
  const p = poissonTail(sentOn, expected)
  const hasEffect = sentOn >= MIN_SENT_ON && accounts >= MIN_ACCOUNTS && sentOn >= MIN_LIFT * expected
  return {
    bits: hasEffect ? Math.min(MOST_BITS, -Math.log2(p)) : 0,
    p,
    hasEffect,
    statistic: `sent on ${sentOn}, by chance ${expected.toFixed(2)}`,
    summary: `${sentOn} of ${refused.count} refused prompts were sent by another of ${accounts} accounts within a minute, ${expected.toFixed(2)} by chance`,
    accounts,
  }
}

const isAnswered = (status: number): boolean => status >= 200 && status < 300
const isRefusal = (status: number): boolean => status === 401 || status === 403 || status === 429

interface Tally {
  /** Pairs of prompt and account: one prompt tried fifty times is one. */
  readonly count: number
  /** Those of which another member sent a copy, by offset. */
  readonly copied: readonly number[]
  /** Members at both ends of a copy at the first offset. */
  readonly accounts: ReadonlySet<number>
}

/** Requests with such a status, and whether any of a prompt and account was followed by a copy at these offsets. */
function tally(
  { count, prompt, status, member, atMs, accounts: members }: GroupEvents,
  isCounted: (status: number) => boolean,
  copies: ReadonlyMap<number, readonly Copy[]>,
  offsetsMs: readonly number[],
): Tally {
  const pairs = new Map<number, boolean[]>()
  const copied = offsetsMs.map(() => 0)
  const accounts = new Set<number>()
  for (let row = 0; row < count; row++) {
    if (prompt[row]! < 0 || !isCounted(status[row]!)) continue
    const own = member[row]!
    const key = prompt[row]! * members.length + own
    const seen = pairs.get(key) ?? offsetsMs.map(() => false)
    pairs.set(key, seen)
    const others = copies.get(prompt[row]!)
    if (others === undefined) continue
    for (let i = 0; i < offsetsMs.length; i++) {
      if (seen[i]) continue
      const sender = senderAfter(others, own, atMs[row]! + offsetsMs[i]!)
      if (sender < 0) continue
      seen[i] = true
      copied[i]!++
      if (i === 0) accounts.add(own).add(sender)
    }
  }
  return { count: pairs.size, copied, accounts }
}

/** The first time that a member sends a prompt. */
interface Copy {
  readonly member: number
  readonly atMs: number
}

/** Of each prompt by time, where it was not refused (answered, or the log does not say). */
function firstCopies({ count, prompt, status, member, atMs, accounts }: GroupEvents): ReadonlyMap<number, Copy[]> {
  const known = new Set<number>()
  const copies = new Map<number, Copy[]>()
  for (let row = 0; row < count; row++) {
    const key = prompt[row]! * accounts.length + member[row]!
    if (prompt[row]! < 0 || known.has(key)) continue
    known.add(key)
    if (status[row] !== 0 && !isAnswered(status[row]!)) continue
    const copy = { member: member[row]!, atMs: atMs[row]! }
    const others = copies.get(prompt[row]!)
    if (others) others.push(copy)
    else copies.set(prompt[row]!, [copy])
  }
  return copies
}

/** Who first sends a copy in the minute behind this instant, other than the account itself; -1 without. */
function senderAfter(copies: readonly Copy[], own: number, fromMs: number): number {
  const first = firstWhere(copies.length, (at) => copies[at]!.atMs > fromMs)
  for (let i = first; i < copies.length && copies[i]!.atMs <= fromMs + WITHIN_MS; i++) {
    if (copies[i]!.member !== own) return copies[i]!.member
  }
  return -1
}
