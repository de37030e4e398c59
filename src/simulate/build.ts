import { createRandom, type Random } from '../random.ts'
import { hex, numbers, shuffled } from './draw.ts'
import { chosenScenarios, type SimulateOptions } from './options.ts'
import type { AccountPlan, DispatchPlan } from './plan.ts'
import { createPerson } from './population.ts'
import { resolveScenario } from './scenarios.ts'
import { DAY_MS } from './time.ts'
import { createWorld, type World } from './world.ts'

/** An account with its id and number. Numbers follow the shuffled order and say nothing of the account. */
export interface NumberedAccount extends AccountPlan {
  readonly number: number
  readonly accountId: string
}

/** The planned service, ready to be expanded into requests. */
export interface Simulation {
  readonly world: World
  /** By number. */
  readonly accounts: readonly NumberedAccount[]
  readonly dispatches: readonly { readonly plan: DispatchPlan; readonly numbers: readonly number[] }[]
  readonly outage: { readonly fromMs: number; readonly toMs: number } | null
  /** What was changed to meet the target, for a person to read. */
  readonly notes: readonly string[]
}

/** Share of the requests that campaigns may take; past it their rates are cut. */
const MOST_OF_CAMPAIGNS = 0.8
/** Share of the requests that innocent groups may take before their rates are cut, if strangers are cut more. */
const MOST_OF_GROUPS = 0.25
/** Share of all requests that one stranger may have; the heavy-user scenario goes further. */
const MOST_OF_ONE = 0.02

/**
 * Plans background and scenarios, fits the volume to the target, shuffles, and gives out ids.
 *
 * @throws ScanError USAGE for an unknown scenario or knob
 */
export function buildSimulation(options: SimulateOptions): Simulation {
  const random = createRandom(`simulate/${options.seed}`)
  const world = createWorld(random.fork('world'), {
    startMs: options.startMs,
    days: options.days,
    isDirty: options.dirty,
  })
  const people = random.fork('background')
  const background = numbers(options.accounts).map(() => createPerson(world, people))
  const planned = planScenarios(options, world, random.fork('scenarios'))
  const fitted = fitVolume(options, background, planned)
  const accounts = withIds(random.fork('ids'), fitted.accounts)
  const numberOf = new Map(accounts.map((account) => [account.plan, account.number]))
  return {
    world,
    accounts: accounts.map(({ plan, number, accountId }) => ({ ...plan, number, accountId })),
    dispatches: fitted.dispatches.map((plan) => ({
      plan,
      numbers: plan.members.map((member) => numberOf.get(member) ?? -1),
    })),
    outage: planned.outage,
    notes: fitted.notes,
  }
}

interface Planned {
  readonly accounts: readonly AccountPlan[]
  readonly dispatches: readonly DispatchPlan[]
  readonly outage: Simulation['outage']
}

function planScenarios(options: SimulateOptions, world: World, random: Random): Planned {
  const accounts: AccountPlan[] = []
  const dispatches: DispatchPlan[] = []
  const counts = new Map<string, number>()
  let outage: Simulation['outage'] = null
  for (const [i, choice] of chosenScenarios(options).entries()) {
    const { scenario, knobs } = resolveScenario(choice)
    const nextNetwork = (): string => {
      const count = (counts.get(scenario.name) ?? 0) + 1
      counts.set(scenario.name, count)
      return `${scenario.name}-${count}`
    }
    const plan = scenario.plan({ world, random: random.fork(`${scenario.name}/${i}`), knobs, nextNetwork })
    accounts.push(...plan.accounts)
    dispatches.push(...(plan.dispatches ?? []))
    outage = plan.outage ?? outage
  }
  return { accounts, dispatches, outage }
}

/** Requests that an account is expected to make inside the window. */
function expectedRequests(options: SimulateOptions, account: AccountPlan): number {
  const { behaviour } = account
  const endMs = options.startMs + options.days * DAY_MS
  const openMs =
    Math.min(behaviour.toMs, behaviour.bannedMs ?? endMs, endMs) - Math.max(behaviour.fromMs, options.startMs)
  return (behaviour.requestsPerDay * Math.max(0, openMs)) / DAY_MS
}

const expectedOf = (options: SimulateOptions, accounts: readonly AccountPlan[]): number =>
  accounts.reduce((sum, account) => sum + expectedRequests(options, account), 0)

type Fitted = { readonly accounts: AccountPlan[]; readonly dispatches: DispatchPlan[]; readonly notes: string[] }

/**
 * Fits the volume to the target: campaigns keep their rates, innocent groups keep theirs up to a quarter of all
 * requests (and are never made busier than planned), strangers fill what is left.
 */
function fitVolume(options: SimulateOptions, background: readonly AccountPlan[], planned: Planned): Fitted {
  const most = (options.requests * MOST_OF_ONE) / options.days
  const strangers = background.map((each) => capRate(each, most))
  const demand = (isInnocent: boolean): number =>
    expectedOf(
      options,
      planned.accounts.filter((each) => !each.isDispatched && (each.class === 'innocent') === isInnocent),
    ) +
    planned.dispatches
      .filter((each) => (each.members[0]?.class === 'innocent') === isInnocent)
      .reduce((sum, each) => sum + queuedRequests(options, each), 0)
  const campaigns = demand(false)
  const groups = demand(true)
  const own = expectedOf(options, strangers)
  const room = options.requests * (own + groups > 0 ? MOST_OF_CAMPAIGNS : 1)
  const cut = campaigns > room ? room / campaigns : 1
  const rest = options.requests - campaigns * cut
  const even = rest / Math.max(1e-9, own + groups)
  const groupFactor = Math.min(1, Math.max(even, (options.requests * MOST_OF_GROUPS) / Math.max(1e-9, groups)))
  const fill = Math.max(0, rest - groups * groupFactor) / Math.max(1e-9, own)
  const factorOf = (account: AccountPlan | undefined): number => (account?.class === 'innocent' ? groupFactor : cut)
  const plans = new Map(planned.accounts.map((each) => [each, withRate(each, factorOf(each))]))
  return {
    accounts: [...strangers.map((each) => withRate(each, fill)), ...plans.values()],
    dispatches: planned.dispatches.map((each) => ({
      ...each,
      requestsPerDay: each.requestsPerDay * factorOf(each.members[0]),
      members: each.members.map((member) => plans.get(member) ?? member),
    })),
    notes: [
      ...(cut < 1
        ? [`campaigns want ${Math.round(campaigns)} requests; their rates are cut to ${(cut * 100).toFixed(1)} %`]
        : []),
      ...(groupFactor < 1 ? [`innocent groups keep ${(groupFactor * 100).toFixed(1)} % of their rates`] : []),
    ],
  }
}

const queuedRequests = (options: SimulateOptions, plan: DispatchPlan): number =>
  (expectedOf(
    options,
    plan.members.map((each) => withRate(each, 1 / each.behaviour.requestsPerDay)),
  ) *
    plan.requestsPerDay) /
  Math.max(1, plan.members.length)

/** The account made busier or quieter; quieter means fewer and shorter sessions alike. */
function withRate(account: AccountPlan, factor: number): AccountPlan {
  if (factor === 1) return account
  const { behaviour } = account
  const sessionRequests = Math.max(1, behaviour.sessionRequests * Math.min(1, Math.sqrt(factor)))
  return { ...account, behaviour: { ...behaviour, sessionRequests, requestsPerDay: behaviour.requestsPerDay * factor } }
}

const capRate = (account: AccountPlan, most: number): AccountPlan =>
  account.behaviour.requestsPerDay <= most
    ? account
    : { ...account, behaviour: { ...account.behaviour, requestsPerDay: most } }

/** Random ids out of one pool over a shuffled list: neither an id nor its place says who holds it. */
function withIds(
  random: Random,
  plans: readonly AccountPlan[],
): { readonly plan: AccountPlan; readonly number: number; readonly accountId: string }[] {
  const taken = new Set<string>()
  const digits = plans.length > 50_000 ? 10 : 8
  return shuffled(random, plans).map((plan, number) => {
    let accountId = `acct_${hex(random, digits)}`
    while (taken.has(accountId)) accountId = `acct_${hex(random, digits)}`
    taken.add(accountId)
    return { plan, number, accountId }
  })
}
