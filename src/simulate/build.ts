import { createRandom, type Random } from '../random.ts'
import { hex, numbers, shuffled } from './draw.ts'
import { chosenScenarios, type SimulateOptions } from './options.ts'
import type { AccountPlan, DispatchPlan } from './plan.ts'
import { createPerson } from './population.ts'
import type { Population } from './rates.ts'
import { resolveScenario } from './scenarios.ts'
import { fitVolume } from './volume.ts'
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

interface Planned extends Population {
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
