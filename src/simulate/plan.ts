import type { Random } from '../random.ts'
import type { World } from './world.ts'

/** What a label says of an account: extraction or resale under one hand, common control without it, or neither. */
export type LabelClass = 'fraud' | 'abuse' | 'innocent'

/** A means of payment as the processor sees it. `fromMs` is when the account began to pay with it. */
export interface Payment {
  readonly fingerprint: string
  readonly bin: string
  readonly last4: string
  /** `MM/YY`. */
  readonly expiry: string
  readonly nameHash: string
  readonly addressHash: string
  readonly fromMs: number
}

/** What an account said of itself when it signed up. Empty text means not given. */
export interface Registration {
  readonly createdAtMs: number
  readonly email: string
  readonly phonePrefix: string
  readonly referralCode: string
  readonly plan: 'free' | 'trial' | 'payg' | 'pro' | 'team' | 'enterprise'
  readonly organizationId: string
}

/** How an account uses the service: everything the expansion into requests needs beside the shared values. */
export interface Behaviour {
  /** Mean requests per day between `fromMs` and `toMs`. */
  readonly requestsPerDay: number
  /** Share of days in (0, 1] on which the account is used at all. */
  readonly activeShare: number
  /** Mean requests of one session, >= 1. */
  readonly sessionRequests: number
  /** Mean seconds between requests of one session. */
  readonly gapSeconds: number
  /** 0: requests fall at random inside a session; 1: like a metronome. */
  readonly regularity: number
  /** Standard deviation of the logarithm of a day's volume. */
  readonly daySigma: number
  /** Volume on Saturday and Sunday relative to a weekday. */
  readonly weekend: number
  /** Number of an hours-of-day profile in the world. */
  readonly profile: number
  /** Seconds between scheduled sessions; 0: sessions fall by the profile. */
  readonly periodSeconds: number
  /** Seconds after midnight UTC of the first scheduled session. */
  readonly phaseSeconds: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly inputMedian: number
  readonly outputMedian: number
  /** Standard deviation of the logarithm of input and output tokens. */
  readonly tokenSigma: number
  /** Share of requests in [0, 1] that fail for ordinary reasons. */
  readonly errorRate: number
  readonly sendsSession: boolean
  /** Number of a pool of prompts that are sent more than once; 0: none. */
  readonly promptPool: number
  /** Prompts in the pool, >= 1. */
  readonly promptPoolSize: number
  /** Share of requests that take their prompt from the pool. */
  readonly promptShare: number
  /** When the account turns to the newly released model; `null`: not in this window. */
  readonly pivotMs: number | null
  /** Share of requests on the new model from then on. */
  readonly pivotShare: number
  /** When the service closed the account; requests after it are refused. `null`: open. */
  readonly bannedMs: number | null
}

/** One account before it has an id. The number lists are slots: each session (or request) draws one of them evenly. */
export interface AccountPlan {
  readonly network: string
  readonly class: LabelClass
  readonly kind: string
  readonly region: number
  readonly registration: Registration
  /** Oldest first; empty for an account that never paid. */
  readonly payments: readonly Payment[]
  readonly behaviour: Behaviour
  readonly places: readonly number[]
  readonly devices: readonly number[]
  readonly templates: readonly number[]
  readonly models: readonly number[]
  readonly capabilities: readonly number[]
  /** True if a {@link DispatchPlan} decides when the account works. */
  readonly isDispatched: boolean
  /** Customers of a declared reseller whose ids go with the requests; absent: whatever strangers send. */
  readonly endUsers?: number
}

/** A kind of job in a dispatcher's queue. */
export interface Job {
  readonly weight: number
  readonly templates: readonly number[]
  readonly capabilities: readonly number[]
  readonly inputMedian: number
  readonly outputMedian: number
  readonly promptPool: number
  readonly promptPoolSize: number
  readonly promptShare: number
}

/** A queue of jobs that is spread over accounts. */
export interface DispatchPlan {
  readonly members: readonly AccountPlan[]
  /** `lru`: the account idle longest; `random`; `sync`: every account works at the same moments. */
  readonly policy: 'lru' | 'random' | 'sync'
  readonly requestsPerDay: number
  readonly sessionRequests: number
  readonly gapSeconds: number
  readonly profile: number
  readonly jobs: readonly Job[]
  /** Share of sessions whose first attempt meets a limit (429) and is sent again through another account. */
  readonly failoverShare: number
  /** Share of sessions that go on with the transcript of another session, whichever account that ran on. */
  readonly replayShare: number
  /** Width in seconds of the scatter around a synchronous start. */
  readonly jitterSeconds: number
}

/** What a scenario adds to the simulated service. */
export interface ScenarioPlan {
  readonly accounts: readonly AccountPlan[]
  readonly dispatches?: readonly DispatchPlan[]
  /** An outage of the whole service. */
  readonly outage?: { readonly fromMs: number; readonly toMs: number }
}

/** A number that a scenario can be tuned with. */
export interface Knob {
  readonly unit: string
  readonly default: number
  readonly min: number
  readonly max: number
  readonly meaning: string
}

/** What a scenario is given to plan with. */
export interface ScenarioContext<K extends string = string> {
  readonly world: World
  readonly random: Random
  readonly knobs: Readonly<Record<K, number>>
  /** The next network name of this kind, such as `company-3`. */
  readonly nextNetwork: () => string
}

/** One campaign or one innocent kind. */
export interface Scenario {
  readonly name: string
  readonly class: LabelClass
  readonly description: string
  readonly knobs: Readonly<Record<string, Knob>>
  readonly plan: (context: ScenarioContext) => ScenarioPlan
}

/** Declares a scenario, so that `plan` sees exactly the knobs that are declared beside it. */
export function defineScenario<const K extends Readonly<Record<string, Knob>>>(scenario: {
  readonly name: string
  readonly class: LabelClass
  readonly description: string
  readonly knobs: K
  readonly plan: (context: ScenarioContext<Extract<keyof K, string>>) => ScenarioPlan
}): Scenario {
  return scenario
}

/** A knob in one line: unit, default, range, meaning. */
export const knob = (unit: string, value: number, range: readonly [number, number], meaning: string): Knob => ({
  unit,
  default: value,
  min: range[0],
  max: range[1],
  meaning,
})
