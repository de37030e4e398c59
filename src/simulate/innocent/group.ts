import type { Random } from '../../random.ts'
import { REGIONS } from '../catalog.ts'
import { numbers, weighted } from '../draw.ts'
import { type AccountPlan, type Behaviour, knob, type Registration, type ScenarioContext } from '../plan.ts'
import { createPerson, type PersonWish } from '../population.ts'

/** Changes to a plan, one level deep. */
export interface Change extends Partial<Omit<AccountPlan, 'behaviour' | 'registration'>> {
  readonly behaviour?: Partial<Behaviour>
  readonly registration?: Partial<Registration>
}

/** The plan with some of its values replaced. */
export const changed = (account: AccountPlan, change: Change): AccountPlan => ({
  ...account,
  ...change,
  behaviour: { ...account.behaviour, ...change.behaviour },
  registration: { ...account.registration, ...change.registration },
})

/** People who begin as strangers of the background and then get what they have in common. */
export function people(
  context: ScenarioContext,
  group: { readonly network: string; readonly kind: string; readonly count: number; readonly wish?: PersonWish },
  change: (person: AccountPlan, i: number) => Change,
): AccountPlan[] {
  return numbers(group.count).map((i) => {
    const person = createPerson(context.world, context.random, group.wish)
    return changed({ ...person, network: group.network, kind: group.kind }, change(person, i))
  })
}

/** A home region, by population. */
export const someRegion = (random: Random): number =>
  weighted(
    random,
    REGIONS.map((each, i) => [i, each.weight] as const),
  )

/** The two knobs every innocent kind has. */
export const groupKnobs = (accounts: number, groups = 1) => ({
  accounts: knob('accounts', accounts, [1, 50_000], 'accounts in each group'),
  groups: knob('groups', groups, [1, 10_000], 'groups of this kind'),
})

/** One plan from many groups. */
export const groupsOf = (
  context: ScenarioContext<'groups'>,
  kind: string,
  make: (network: string, kind: string) => AccountPlan[],
): { readonly accounts: AccountPlan[] } => ({
  accounts: numbers(context.knobs.groups).flatMap(() => make(context.nextNetwork(), kind)),
})
