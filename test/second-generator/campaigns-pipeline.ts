import { anyExit, exitOf } from './internet.ts'
import type { Card, Job, Machine } from './market.ts'
import { live } from './rhythm.ts'
import { type Account, DAY, HOUR, open, type World } from './world.ts'

/** Born in a few sittings, some days before the window or in its first ones. */
export function sittings({ chance, from }: World, count: number): () => number {
  const starts = Array.from({ length: count }, () => from - chance.unit() * 12 * DAY)
  return () => Math.round(chance.pick(starts) + chance.gamma(1.5, 40 * 60))
}

/** Every card pays for a few accounts, unevenly. */
export const cardsFor = (
  { chance, market }: World,
  accounts: number,
  each: number,
  fixed: Partial<Card> = {},
): Card[] => {
  const cards = Array.from({ length: Math.ceil(accounts / each) }, () => market.card(fixed))
  return Array.from({ length: accounts }, (_, i) => (chance.yes(0.8) ? cards[i % cards.length]! : chance.pick(cards)))
}

/**
 * A pipeline: some cards for all accounts, one fixed prompt with one set of tools in each request, rented exits, one build
 * of a common client. Published pattern: an injected fixed prompt, shared payment methods, load balanced evenly.
 */
export function addPipeline(world: World, size: number, callsEach: number): void {
  const { chance, net, market } = world
  const exits = net.rent(6)
  const job = { ...market.privateJob(), tools: chance.hex(40) }
  const kind = market.kinds[4]!
  const born = sittings(world, 3)
  const domains = ['quickpost.example', 'dropbox-mail.example', 'tempo.example']
  for (const card of cardsFor(world, size, 5)) {
    const account = open(
      world,
      { campaign: 'pipeline', kind: 'pipeline' },
      {
        born: born(),
        cards: [card],
        tier: 'pro',
        mail: market.mailbox(chance.pick(domains)),
        invite: null,
      },
    )
    const own = chance.some(exits, chance.between(2, 3))
    live(world, account, {
      calls: chance.negativeBinomial(callsEach, 12),
      rhythm: 'always',
      session: 12,
      how: () => ({
        exit: anyExit(chance, own),
        machine: { ...kind, device: null },
        job,
        model: 'opal-3',
        prompt: chance.hex(40),
        tokensOut: 200 + chance.negativeBinomial(1500, 3),
      }),
    })
  }
}

/**
 * One virtual card for every account, issued in runs by one seller with equal expiry; ten devices; one prompt; every
 * account behind a residential exit of its own. Published pattern: virtual cards, disposable mail, residential proxies.
 */
export function addVirtualCards(world: World, size: number, callsEach: number): void {
  const { chance, net, market } = world
  const kind = market.kinds[9]!
  const devices = Array.from({ length: Math.ceil(size / 5) }, () => chance.hex(32))
  const job = market.privateJob()
  const born = sittings(world, 4)
  const runs = [chance.between(1000, 4000), chance.between(5000, 8000)]
  for (let i = 0; i < size; i++) {
    const last4 = String(runs[i % 2]! + Math.floor(i / 2) * 7 + chance.whole(6))
    const card = market.card({ iin: market.virtual, expiry: i % 2 === 0 ? '04/29' : '05/29', last4 })
    const account = open(
      world,
      { campaign: 'virtual-cards', kind: 'virtual-cards' },
      {
        born: born(),
        cards: [card],
        tier: 'pro',
        invite: null,
      },
    )
    const machine: Machine = { ...kind, device: devices[i % devices.length]! }
    const exits = [net.home(), net.home()]
    live(world, account, {
      calls: chance.negativeBinomial(callsEach, 6),
      rhythm: 'always',
      session: 8,
      how: () => ({ exit: chance.pick(exits), machine, job, model: 'opal-3', prompt: chance.hex(40) }),
    })
  }
}

/** Two operators who know nothing of each other rent exits in the same two blocks: cards, prompts, clients differ. */
export function addNeighbours(world: World, size: number, callsEach: number): void {
  const { chance, net, market } = world
  const blocks = net.rent(2)
  for (const campaign of ['left-neighbour', 'right-neighbour']) {
    const kind = market.kinds[campaign === 'left-neighbour' ? 2 : 7]!
    const jobs: Job[] = [market.privateJob(), market.privateJob()]
    const born = sittings(world, 2)
    for (const card of cardsFor(world, size, 4)) {
      const account: Account = open(
        world,
        { campaign, kind: 'neighbour' },
        { born: born(), cards: [card], tier: 'pro' },
      )
      const exits = [
        exitOf(chance.pick(blocks), chance.between(2, 250)),
        exitOf(chance.pick(blocks), chance.between(2, 250)),
      ]
      live(world, account, {
        calls: chance.negativeBinomial(callsEach, 8),
        rhythm: 'always',
        session: 9,
        until: world.from + world.days * DAY - chance.unit() * HOUR,
        how: () => ({
          exit: chance.pick(exits),
          machine: { ...kind, device: null },
          job: chance.pick(jobs),
          prompt: chance.hex(40),
        }),
      })
    }
  }
}
