import { createRandom, type Random } from '../../random.ts'
import { normalTail, spreadOf } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import type { GroupEvents } from '../group-events.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'
import { type CoFiring, coFiring } from './co-firing.ts'
import { inStep, samplePairs, type TokenObject, tokenObject, tokensOf } from './in-step.ts'
import { outageHours } from './outages.ts'
import { sessionsOf } from './sessions.ts'

/** Bits at most: the cap of the family. */
const MOST_BITS = 8

/** J* from which two accounts keep step. In simulation 99 % of office pairs stay below 0.19, a job fleet's mean is 0.62. */
const MIN_STEP = 0.25

/** Accounts in step without which it is no group (SynchroTrap's smallest component), and the partners each needs. */
const MIN_ACCOUNTS = 5
const MIN_PARTNERS = 2

/** Standard score and lift of co-firing; cron on the hour reaches neither, since the null keeps it. */
const MIN_Z = 8
const MIN_LIFT = 3
const MIN_PAIRS = 30

/** Accounts that do the same at the same moments, more than their usual hours make them. */
export const synchronisedUse: OrderSignal = {
  id: 'synchronised-use',
  family: 'timing',
  title: 'Used in step',
  why: 'One script that drives many accounts starts them together; strangers share hours of the day, not moments.',
  statistic:
    'share of accounts in step: same template or model in the same hours above whole-day shifts, or sessions that start within two seconds of each other',
  innocentCauses: [
    'a scheduled job of one team',
    'a lesson or workshop',
    'a load test',
    'clients that return after an outage',
  ],
  role: 'pattern',
  needs: ['timestamp'],
  measure,
}

function measure({ set, events, background }: OrderInput, random: Random): Finding | null {
  if (events.accounts.length < MIN_ACCOUNTS || isOneOrganization(set)) return null
  const masked = outageHours(background)
  const hourly = stepsOf(events, background, masked, random)
  const fine = coFiring(sessionsOf(events), masked, random.fork('co-firing'))
  const isFine =
    fine !== null &&
    fine.z >= MIN_Z &&
    fine.pairs >= MIN_PAIRS &&
    fine.accounts >= MIN_ACCOUNTS &&
    liftOf(fine) >= MIN_LIFT
  if (hourly === null && fine === null) return null
  const fineBits = isFine ? Math.min(MOST_BITS, Math.log2(liftOf(fine))) : 0
  const hourlyBits = hourly?.hasEffect ? hourly.bits : 0
  if (!isFine && !hourly?.hasEffect) return nothing(statisticOf(hourly, fine), 'no sign that accounts are used in step')
  const isBetter = fineBits > hourlyBits
  return {
    bits: Math.max(fineBits, hourlyBits),
    p: Math.min(1, 2 * Math.min(isFine ? normalTail(fine.z) : 1, hourly?.hasEffect ? hourly.p : 1)),
    hasEffect: true,
    statistic: statisticOf(hourly, fine),
    summary: isBetter
      ? `${fine!.accounts} accounts start sessions within two seconds of each other, ${fine!.pairs} times where whole-day shifts give ${fine!.expected.toFixed(1)}`
      : `${hourly!.accounts} of ${hourly!.tested} accounts do the same in the same hours: ${hourly!.edges} of ${hourly!.pairs} pairs are in step, ${hourly!.strangerEdges} of ${hourly!.strangerPairs} of strangers`,
    accounts: isBetter ? fine!.accounts : hourly!.accounts,
  }
}

const liftOf = ({ pairs, expected }: CoFiring): number => (pairs + 0.5) / (expected + 0.5)

const statisticOf = (hourly: Steps | null, fine: CoFiring | null): string =>
  [
    ...(hourly === null ? [] : [`mean J* ${hourly.mean.toFixed(2)}`]),
    ...(fine === null ? [] : [`co-firing ${fine.pairs}, by chance ${fine.expected.toFixed(1)}`]),
  ].join('; ')

/** Pairs of a group that keep step by the hour. */
interface Steps {
  readonly mean: number
  readonly bits: number
  readonly p: number
  readonly hasEffect: boolean
  /** Accounts in step with two others or more, of those that could be compared with two. */
  readonly accounts: number
  readonly tested: number
  readonly edges: number
  readonly pairs: number
  readonly strangerEdges: number
  readonly strangerPairs: number
}

/**
 * Bits are log2 of the share of pairs in step over the same share among strangers, smoothed by half a pair (our own).
 * The chance is that of the mean J* if the pairs were as strangers', who are no more alike than their hours make them.
 */
function stepsOf(
  events: GroupEvents,
  background: GroupEvents,
  masked: ReadonlySet<number>,
  random: Random,
): Steps | null {
  const object = tokenObject(events)
  const inside = compare(events, object, masked, random.fork('pairs'))
  const outside = strangersOf(background, object, masked)
  if (inside.tested < MIN_ACCOUNTS) return null
  const { mean, deviation } = spreadOf(outside.values.length > 1 ? outside.values : [0])
  const share = (inside.edges + 0.5) / (inside.values.length + 1)
  const strangers = (outside.edges + 0.5) / (outside.values.length + 1)
  const ownMean = spreadOf(inside.values).mean
  // Pairs of one account are not independent: the spread is that of a mean over accounts, and at least an office's.
  const z = (ownMean - mean) / (Math.max(deviation, OFFICE_DEVIATION) / Math.sqrt(inside.tested))
  return {
    mean: ownMean,
    bits: Math.max(0, Math.min(MOST_BITS, Math.log2(share / strangers))),
    p: normalTail(z),
    hasEffect: inside.accounts >= MIN_ACCOUNTS && 2 * inside.accounts >= inside.tested && z >= MIN_STEP_Z,
    accounts: inside.accounts,
    tested: inside.tested,
    edges: inside.edges,
    pairs: inside.values.length,
    strangerEdges: outside.edges,
    strangerPairs: outside.values.length,
  }
}

/** Spread of J* in an office: its 99th percentile of 0.19 is 2.3 deviations up. */
const OFFICE_DEVIATION = 0.08
const MIN_STEP_Z = 4

interface Comparison {
  readonly values: readonly number[]
  readonly edges: number
  readonly accounts: number
  readonly tested: number
}

function compare(events: GroupEvents, object: TokenObject, masked: ReadonlySet<number>, random: Random): Comparison {
  const tokens = tokensOf(events, object, masked)
  const partners = new Int32Array(events.accounts.length)
  const compared = new Int32Array(events.accounts.length)
  const values: number[] = []
  let edges = 0
  for (const [a, b] of samplePairs(events.accounts.length, random)) {
    const value = inStep(tokens, a, b)
    if (value === null) continue
    values.push(value)
    compared[a]!++
    compared[b]!++
    if (value < MIN_STEP) continue
    edges++
    partners[a]!++
    partners[b]!++
  }
  const many = (counts: Int32Array): number => counts.reduce((n, each) => n + (each >= MIN_PARTNERS ? 1 : 0), 0)
  return { values, edges, accounts: many(partners), tested: many(compared) }
}

const strangers = new WeakMap<GroupEvents, Map<TokenObject, Comparison>>()

/** Strangers are the same for all groups, so their pairs are drawn once, and not from the draws of whoever comes first. */
function strangersOf(background: GroupEvents, object: TokenObject, masked: ReadonlySet<number>): Comparison {
  const known = strangers.get(background) ?? new Map<TokenObject, Comparison>()
  strangers.set(background, known)
  const found = known.get(object) ?? compare(background, object, masked, createRandom('pairs of strangers'))
  known.set(object, found)
  return found
}
