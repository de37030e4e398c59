import type { Exit } from './internet.ts'
import type { Job, Machine } from './market.ts'
import { live } from './rhythm.ts'
import { type Account, open, type World } from './world.ts'

/** What one honest person or firm has of their own. */
export interface Habits {
  readonly exits: readonly Exit[]
  readonly machines: readonly Machine[]
  readonly jobs: readonly Job[]
}

export function ordinaryHabits({ chance, net, market }: World): Habits {
  const isServer = chance.yes(0.2)
  const exits = isServer ? [net.server()] : [net.home(), ...(chance.yes(0.4) ? [net.phone()] : [])]
  if (chance.yes(0.25)) exits.push(net.home())
  return {
    exits,
    machines: Array.from({ length: chance.yes(0.25) ? 2 : 1 }, () => market.machine()),
    jobs: Array.from({ length: chance.between(1, 3) }, () => market.ordinaryJob()),
  }
}

/** Lives as an ordinary customer: a Pareto volume, own rhythm, own things, unless some are given. */
export function liveOrdinarily(world: World, account: Account, given: Partial<Habits> = {}, calls?: number): void {
  const { chance } = world
  const { exits, machines, jobs } = { ...ordinaryHabits(world), ...given }
  live(world, account, {
    calls: calls ?? chance.pareto(4, 1.15, 300),
    how: () => ({ exit: chance.pick(exits), machine: chance.pick(machines), job: chance.pick(jobs) }),
  })
}

export function addStrangers(world: World, count: number): void {
  for (let i = 0; i < count; i++) liveOrdinarily(world, open(world, { campaign: '', kind: 'stranger' }))
}
