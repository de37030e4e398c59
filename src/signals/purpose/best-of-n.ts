import { binomialTailBits } from '../binomial.ts'
import type { GroupEvents } from '../group-events.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'
import { type Copies, copiesOf, isWhole, type TemplateTraffic, trafficByTemplate } from './template-traffic.ts'

/** Copies of each prompt, and the share of a template's prompts that have exactly as many. */
const LEAST_COPIES = 4
const LEAST_SHARE = 0.8

/** Distinct prompts and accounts of a template below which the same number of copies may be an accident. */
const LEAST_PROMPTS = 20
const LEAST_ACCOUNTS = 5

/** Copies on different accounts, of those that could be; one account that samples is an ordinary customer. */
const LEAST_SPREAD = 0.5

/** Accounts of the template that one prompt reaches, at most: a benchmark or exercise reaches all of those who take part. */
const MOST_REACH = 0.5

/**
 * Chance that a prompt has exactly k copies if copies fall on prompts at random: no Poisson variable that is at least 1
 * takes any value k >= 4 with more than e^-4 · 4^4 / 4! / (1 − e^-4) = 0.199 (its mode at mean 4).
 */
const MOST_BY_CHANCE = 0.2

const MOST_BITS = 10
const LEAST_P = 1e-12

/** Each prompt is sampled equally often, on different accounts: rollouts for training, dealt out by one queue. */
export const bestOfN: OrderSignal = {
  id: 'best-of-n',
  family: 'purpose',
  title: 'Every prompt sampled equally often',
  why: 'The same number of samples for every prompt, dealt out over accounts, is one sampler’s work; strangers repeat a prompt as it comes.',
  statistic:
    'share of the prompts of a template with the same number of copies on several accounts, beside that of strangers',
  innocentCauses: [
    'a benchmark run several times by a team',
    'self-consistency sampling of one customer over several keys',
  ],
  role: 'pattern',
  needs: ['prompt_hash'],
  measure,
}

function measure({ set, events, background }: OrderInput): Finding | null {
  if (!isWhole(events, set.members.length) || !events.prompt.some((each) => each >= 0)) return null
  const found = trafficByTemplate(events, LEAST_COPIES * LEAST_PROMPTS, LEAST_ACCOUNTS)
    .map((traffic) => rolloutsOf(events, traffic))
    .filter((each) => each !== null)
  const best = found.sort((a, b) => b.prompts - a.prompts || a.template - b.template)[0]
  if (!best) return nothing('templates with equal copies 0', 'no template whose prompts are sampled equally often')
  const strangers = [...copiesOf(background, background.prompt.keys()).values()]
  const asMany = strangers.filter(({ count, members }) => count >= LEAST_COPIES && members.size > 1).length
  const own = best.equal / best.prompts
  const chance = (asMany + 0.5) / (strangers.length + 1)
  return {
    bits: Math.min(MOST_BITS, Math.max(0, Math.log2(own / chance))),
    p: Math.max(LEAST_P, 2 ** -binomialTailBits(best.prompts, MOST_BY_CHANCE, best.equal)),
    hasEffect: own >= 5 * chance,
    statistic: `prompts with ${best.copies} copies ${percent(own)}, by chance at most ${percent(MOST_BY_CHANCE)}`,
    summary: `${best.equal} of ${best.prompts} prompts of one template were sent exactly ${best.copies} times, on ${best.spread.toFixed(1)} different accounts each, by ${best.accounts} accounts`,
    accounts: best.accounts,
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

/** A template whose prompts are all sampled equally often. */
interface Rollouts {
  readonly template: number
  readonly prompts: number
  /** Copies that most prompts have, and how many prompts have exactly these. */
  readonly copies: number
  readonly equal: number
  /** Mean number of accounts that the copies of such a prompt are on. */
  readonly spread: number
  readonly accounts: number
}

function rolloutsOf(events: GroupEvents, { template, rows, members }: TemplateTraffic): Rollouts | null {
  const all = [...copiesOf(events, rows).values()]
  const copies = modeOf(all)
  const equal = all.filter(({ count }) => count === copies)
  if (copies < LEAST_COPIES || all.length < LEAST_PROMPTS || equal.length < LEAST_SHARE * all.length) return null
  const spread = equal.reduce((sum, each) => sum + each.members.size, 0) / equal.length
  const isSpread = spread >= 2 && spread >= LEAST_SPREAD * Math.min(copies, members.size)
  if (!isSpread || spread > MOST_REACH * members.size) return null
  return { template, prompts: all.length, copies, equal: equal.length, spread, accounts: members.size }
}

/** The commonest number of copies; the smaller of two as common. */
function modeOf(all: readonly Copies[]): number {
  const prompts = new Map<number, number>()
  for (const { count } of all) prompts.set(count, (prompts.get(count) ?? 0) + 1)
  return [...prompts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0]
}
