import type { Random } from '../random.ts'
import { chance, exponential, logNormal, numbers, weighted } from './draw.ts'
import type { DispatchPlan, Job } from './plan.ts'
import { PROFILE_SLOTS } from './profiles.ts'
import { createQueue, isOpen, type Member, type Queue } from './queue.ts'
import { createReplay } from './replay.ts'
import { DAY_MS } from './time.ts'

/** A session that a dispatcher gave to an account. */
export interface QueuedSession {
  /** Number of the account. */
  readonly account: number
  readonly startMs: number
  readonly requests: number
  readonly gapMs: number
  /** Makes the session's other values, different for each. */
  readonly key: number
  /** Makes the prompts: equal for the two attempts of a session that failed over. */
  readonly promptKey: number
  /** Makes the reasoning signatures: another session's where its transcript is replayed. */
  readonly signatureKey: number
  readonly template: number
  readonly capability: number
  readonly inputMedian: number
  readonly outputMedian: number
  /** Status of all requests; 0: ordinary. */
  readonly status: number
  readonly promptPool: number
  readonly promptPoolSize: number
  readonly promptShare: number
}

/** A dispatcher with its memory. Days must be asked for in order. */
export interface Dispatcher {
  readonly queueDay: (dayMs: number) => QueuedSession[]
}

/** Share of the accounts that take part in a synchronous start: not even a script always runs. */
const SYNC_SHARE = 0.9

/**
 * Spreads a queue of jobs over accounts, as a relay does: the account idle longest gets the next session and keeps it
 * to its end (claude-relay-service, July 2026), a refused session goes on through another account, and a banned
 * account is tried once and then never again.
 *
 * @param numberOf number of a member account
 */
export function createDispatcher(
  plan: DispatchPlan,
  random: Random,
  numberOf: (index: number) => number,
  slots: readonly number[],
): Dispatcher {
  const members: Member[] = plan.members.map(({ behaviour }, i) => ({
    account: numberOf(i),
    fromMs: behaviour.fromMs,
    toMs: behaviour.toMs,
    bannedMs: behaviour.bannedMs ?? Number.POSITIVE_INFINITY,
    lastUsedMs: random.next(),
  }))
  const replayed = createReplay(plan.replayShare)
  const capacity = plan.requestsPerDay / Math.max(1, members.length)
  const queue = createQueue(members)
  return {
    queueDay: (dayMs) => {
      const out: QueuedSession[] = []
      const day = Math.exp(0.2 * (random.next() - 0.5)) / plan.sessionRequests
      if (plan.policy === 'sync') {
        const jobs = (capacity * day) / SYNC_SHARE
        for (const startMs of startTimes(random, dayMs, jobs, slots)) queueTogether(plan, random, members, startMs, out)
      } else {
        const working = members.reduce((sum, each) => sum + openShare(each, dayMs), 0)
        for (const startMs of startTimes(random, dayMs, capacity * working * day, slots)) {
          queueOne(plan, random, queue, members, startMs, out)
        }
      }
      return plan.replayShare > 0 ? out.map(replayed) : out
    },
  }
}

/** Arrival times of a day, ascending: a Poisson stream over the profile. */
function startTimes(random: Random, dayMs: number, mean: number, slots: readonly number[]): number[] {
  const count = Math.floor(mean + random.next())
  return numbers(count)
    .map(() =>
      Math.floor(dayMs + ((slots[random.below(PROFILE_SLOTS)] ?? 0) + random.next()) * (DAY_MS / PROFILE_SLOTS)),
    )
    .sort((a, b) => a - b)
}

/** Share of a day in [0, 1] on which an account is open. */
const openShare = (member: Member, dayMs: number): number =>
  Math.max(0, Math.min(member.toMs, member.bannedMs, dayMs + DAY_MS) - Math.max(member.fromMs, dayMs)) / DAY_MS

function queueOne(
  plan: DispatchPlan,
  random: Random,
  queue: Queue,
  members: readonly Member[],
  startMs: number,
  out: QueuedSession[],
): void {
  const take = (): Member | undefined =>
    plan.policy === 'lru' ? queue.take(startMs) : anyOpen(random, members, startMs)
  let member = take()
  const session = newSession(plan, random, startMs)
  for (let delayMs = 0; member; delayMs += 400 + random.below(2600)) {
    const isBanned = startMs >= member.bannedMs
    const isLimited = !isBanned && delayMs === 0 && chance(random, plan.failoverShare)
    const atMs = startMs + delayMs
    if (!isBanned && !isLimited) {
      out.push({ ...session, account: member.account, startMs: atMs })
      queue.giveBack(member, atMs + session.requests * session.gapMs)
      return
    }
    out.push({
      ...session,
      account: member.account,
      startMs: atMs,
      requests: 1,
      status: isBanned ? 403 : 429,
      key: Math.floor(random.next() * 2 ** 48),
    })
    if (isLimited) queue.giveBack(member, atMs)
    else member.lastUsedMs = Number.POSITIVE_INFINITY
    member = take()
  }
}

function anyOpen(random: Random, members: readonly Member[], atMs: number): Member | undefined {
  for (let tries = 0; tries < 50; tries++) {
    const member = members[random.below(members.length)]
    if (member && isOpen(member, atMs) && member.lastUsedMs !== Number.POSITIVE_INFINITY) return member
  }
  return undefined
}

function queueTogether(
  plan: DispatchPlan,
  random: Random,
  members: readonly Member[],
  startMs: number,
  out: QueuedSession[],
): void {
  for (const member of members) {
    if (!isOpen(member, startMs) || startMs >= member.bannedMs || !chance(random, SYNC_SHARE)) continue
    const session = newSession(plan, random, startMs + random.next() * plan.jitterSeconds * 1000)
    out.push({ ...session, account: member.account })
  }
}

function newSession(plan: DispatchPlan, random: Random, startMs: number): QueuedSession {
  const job = weighted(
    random,
    plan.jobs.map((each) => [each, each.weight] as const),
  ) as Job
  const key = Math.floor(random.next() * 2 ** 48)
  const at = <T>(items: readonly T[]): T => items[random.below(items.length)] as T
  return {
    account: 0,
    startMs: Math.floor(startMs),
    requests: Math.min(400, 1 + Math.floor(exponential(random, plan.sessionRequests - 1) + random.next())),
    gapMs: Math.floor(logNormal(random, plan.gapSeconds * 1000, 0.5)) + 50,
    key,
    promptKey: key,
    signatureKey: key,
    template: at(job.templates),
    capability: at(job.capabilities),
    inputMedian: job.inputMedian,
    outputMedian: job.outputMedian,
    status: 0,
    promptPool: job.promptPool,
    promptPoolSize: job.promptPoolSize,
    promptShare: job.promptShare,
  }
}
