import type { Random } from '../random.ts'
import { REGIONS } from './catalog.ts'
import { between, chance, exponential, logNormal, weighted } from './draw.ts'
import type { Behaviour } from './plan.ts'
import { DAY_MS } from './time.ts'
import type { World } from './world.ts'

/** Requests per day past which no stranger is drawn; the heavy-user scenario goes further. */
const MOST_REQUESTS_PER_DAY = 4000

/**
 * How a stranger uses the service.
 *
 * Rates are log-normal with a heavy tail; machines (SDK jobs) run all day or by schedule and vary little, people come
 * in bursts. ServeGen (Xiang et al. 2025): a client's arrivals have a coefficient of variation of 0.87 to 8, its output
 * lengths 0.10 to 1.8 (log-normal sigma 0.1 to 1.2), and many are active up to 98 % of the time.
 */
export function newBehaviour(
  world: World,
  random: Random,
  who: { readonly region: number; readonly isMachine: boolean; readonly createdAtMs: number },
): Behaviour {
  const zoneHours = REGIONS[who.region]?.zoneHours ?? 0
  const leavesMs = chance(random, 0.06) ? between(random, world.startMs, world.endMs) : world.endMs
  const isClosed = chance(random, 0.006)
  return {
    ...(who.isMachine ? machineHabits(world, random, zoneHours) : personHabits(world, random, zoneHours)),
    fromMs: Math.max(world.startMs, Math.floor(who.createdAtMs)),
    toMs: Math.floor(leavesMs),
    errorRate: Math.min(0.3, exponential(random, 0.02)),
    promptPoolSize: 1 + random.below(200),
    promptShare: between(random, 0.05, 0.9),
    pivotMs: adoptsAt(world, random),
    pivotShare: between(random, 0.1, 1),
    bannedMs: isClosed ? Math.floor(between(random, world.startMs, world.endMs)) : null,
  }
}

type Habits = Omit<
  Behaviour,
  'fromMs' | 'toMs' | 'errorRate' | 'promptPoolSize' | 'promptShare' | 'pivotMs' | 'pivotShare' | 'bannedMs'
>

const rateOf = (random: Random, median: number, sigma: number): number =>
  Math.min(MOST_REQUESTS_PER_DAY, (chance(random, 0.01) ? 12 : 1) * logNormal(random, median, sigma))

/** Bursts by the local hour, quiet weekends, lengths that vary. */
function personHabits(world: World, random: Random, zoneHours: number): Habits {
  const shape = weighted(random, [
    ['office', 6],
    ['evening', 4],
    ['waking', 3],
    ['student', 2],
    ['always', 0.5],
  ] as const)
  return {
    requestsPerDay: rateOf(random, 3, 1.3),
    activeShare: between(random, 0.15, 0.95),
    sessionRequests: logNormal(random, 4, 0.6) + 1,
    gapSeconds: logNormal(random, 70, 0.7),
    regularity: between(random, 0, 0.4),
    daySigma: between(random, 0.4, 1.1),
    weekend: between(random, 0.2, 1.2),
    profile: world.addProfile(shape, zoneHours),
    periodSeconds: 0,
    phaseSeconds: 0,
    inputMedian: logNormal(random, 900, 0.9),
    outputMedian: logNormal(random, 420, 0.7),
    tokenSigma: between(random, 0.6, 1.2),
    sendsSession: chance(random, 0.8),
    promptPool: 0,
  }
}

/** All day, by night or by schedule, with little variation; one in three sends some prompts again and again. */
function machineHabits(world: World, random: Random, zoneHours: number): Habits {
  const shape = weighted(random, [
    ['always', 5],
    ['office', 2],
    ['nightly', 2],
    ['waking', 2],
  ] as const)
  const isScheduled = chance(random, 0.35)
  return {
    requestsPerDay: rateOf(random, 18, 1.5),
    activeShare: between(random, 0.85, 1),
    sessionRequests: logNormal(random, 6, 0.9) + 1,
    gapSeconds: logNormal(random, 6, 1),
    regularity: between(random, 0.3, 1),
    daySigma: between(random, 0.05, 0.7),
    weekend: between(random, 0.6, 1),
    profile: world.addProfile(shape, zoneHours),
    periodSeconds: isScheduled
      ? weighted(random, [
          [900, 1],
          [3600, 4],
          [21_600, 2],
          [86_400, 3],
        ] as const)
      : 0,
    phaseSeconds: isScheduled
      ? weighted(random, [
          [0, 5],
          [1800, 1],
          [random.below(86_400), 3],
        ] as const)
      : 0,
    inputMedian: logNormal(random, 1400, 0.9),
    outputMedian: logNormal(random, 250, 0.7),
    tokenSigma: between(random, 0.1, 0.9),
    sendsSession: chance(random, 0.3),
    promptPool: chance(random, 0.3) ? world.newKey() : 0,
  }
}

/** When a stranger turns to the new model: one in three inside the window, some of them on the first day. */
export function adoptsAt(world: World, random: Random): number | null {
  if (!chance(random, 0.34)) return null
  return Math.floor(world.releaseMs + exponential(random, 7) * DAY_MS)
}
