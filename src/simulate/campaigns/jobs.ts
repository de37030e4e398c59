import type { Random } from '../../random.ts'
import { newCapabilities, newTemplates } from '../belongings.ts'
import { CAPABILITY, MODEL, PURPOSE, type Purpose } from '../catalog.ts'
import { chance, logNormal, numbers } from '../draw.ts'
import { type AccountPlan, type DispatchPlan, type Job, knob } from '../plan.ts'
import type { World } from '../world.ts'
import { missingKnob } from './gaps.ts'

const NO_POOL = { promptPool: 0, promptPoolSize: 1, promptShare: 0 } as const

/** One private template sweeping a set of tasks: what an extraction pipeline asks, every prompt once. */
export const extractionJob = (
  world: World,
  random: Random,
  weight: number,
  purpose: Purpose = PURPOSE.ordinary,
): Job => ({
  ...NO_POOL,
  weight,
  templates: [
    world.addTemplate({
      system: world.newKey(),
      tools: chance(random, 0.6) ? world.newKey() : 0,
      periodDays: 0,
      purpose,
    }),
  ],
  capabilities: [CAPABILITY.agentic, CAPABILITY.coding, CAPABILITY.reasoning],
  inputMedian: logNormal(random, 1800, 0.3),
  outputMedian: logNormal(random, 1500, 0.3),
})

/** One of a relay's paying customers: any use, any template, like a stranger of the background. */
export const customerJob = (world: World, random: Random, weight: number): Job => ({
  ...NO_POOL,
  weight,
  templates: newTemplates(world, random, false),
  capabilities: newCapabilities(random, false),
  inputMedian: logNormal(random, 900, 0.9),
  outputMedian: logNormal(random, 420, 0.7),
})

/** A relay's customers: as many as its traffic feeds, at some three requests a day each. */
export const customerJobs = (world: World, random: Random, requestsPerDay: number): Job[] =>
  numbers(Math.min(3000, Math.max(20, requestsPerDay / 3))).map(() =>
    customerJob(world, random, logNormal(random, 1, 1)),
  )

/** Who buys the best model's answers uses the best model: one or two models for all accounts. */
export const asWorkers = (accounts: readonly AccountPlan[]): AccountPlan[] =>
  accounts.map((account) => ({ ...account, isDispatched: true, models: [MODEL.max, MODEL.max, MODEL.max, MODEL.pro] }))

/** A queue without synchrony: what most campaigns run. */
export const queueOver = (
  world: World,
  members: readonly AccountPlan[],
  wish: Pick<DispatchPlan, 'requestsPerDay' | 'jobs'> & Partial<DispatchPlan>,
): DispatchPlan => ({
  members,
  policy: 'lru',
  sessionRequests: 4,
  gapSeconds: 25,
  profile: world.addProfile('always', 0),
  failoverShare: 0.01,
  replayShare: 0,
  jitterSeconds: 0,
  ...wish,
})

/**
 * One queue over the accounts that keep the operator's templates, and a queue of its own with a wording of its own for
 * each of the others.
 *
 * @param wish `rate` in requests per account and day; `paraphrase`: share of accounts with a wording of their own
 */
export function queuesWithRewording(
  world: World,
  random: Random,
  accounts: readonly AccountPlan[],
  wish: Partial<DispatchPlan> & {
    readonly jobs: readonly Job[]
    readonly rate: number
    readonly paraphrase: number
    readonly purpose: Purpose
  },
): DispatchPlan[] {
  const { rate, paraphrase, purpose, ...plan } = wish
  const reworded = new Set(accounts.filter(() => chance(random, paraphrase)))
  const plain = accounts.filter((each) => !reworded.has(each))
  const shared = plain.length > 0 ? [queueOver(world, plain, { ...plan, requestsPerDay: rate * plain.length })] : []
  const alone = [...reworded].map((each) =>
    queueOver(world, [each], { ...plan, requestsPerDay: rate, jobs: [extractionJob(world, random, 1, purpose)] }),
  )
  return [...shared, ...alone]
}

/** The knob of {@link queuesWithRewording}. */
export const paraphraseKnob = knob('share', 0, [0, 1], 'share of accounts whose templates are reworded, each its own')

/** Knobs that most campaigns have. `strength` 1 leaves every promised sharing in place. */
export const ringKnobs = (wish: {
  readonly accounts: number
  readonly rate: number
  readonly perCard: number
  readonly perDevice: number
  readonly exitBlocks: number
  readonly bursts: number
}) => ({
  accounts: knob('accounts', wish.accounts, [2, 30_000], 'size of the network'),
  rate: knob('requests/account/day', wish.rate, [0.1, 2000], 'mean volume'),
  perCard: knob('accounts/card', wish.perCard, [1, 500], 'accounts that pay with one card; 1: a card each'),
  perDevice: knob('accounts/device', wish.perDevice, [1, 500], 'accounts on one device; 1: a device each'),
  exitBlocks: knob('/24 blocks', wish.exitBlocks, [0, 40], 'rented exit blocks; 0: household exits only'),
  bursts: knob('bursts', wish.bursts, [1, 100], 'sign-up bursts of a few hours'),
  strength: knob('share', 1, [0, 1], 'share of accounts that take part in each sharing'),
  missing: missingKnob,
})
