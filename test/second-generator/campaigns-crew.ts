import { cardsFor } from './campaigns-pipeline.ts'
import { anyExit } from './internet.ts'
import type { Machine } from './market.ts'
import { live } from './rhythm.ts'
import { call, DAY, HOUR, open, type World } from './world.ts'

/** Nine accounts, three cards: two jobs a day run on all of them within minutes, each from a line of its own. */
export function addCrew(world: World): void {
  const { chance, net, market, from, days } = world
  const cards = [market.card(), market.card(), market.card()]
  const jobs = [market.privateJob(), market.privateJob(), market.privateJob()]
  const crew = Array.from({ length: 9 }, (_, i) => ({
    account: open(
      world,
      { campaign: 'crew', kind: 'crew' },
      {
        cards: [cards[[0, 0, 0, 0, 1, 1, 1, 2, 2][i]!]!],
        tier: 'usage',
        born: Math.round(from - chance.unit() * 60 * DAY),
      },
    ),
    exit: net.home(),
    machine: market.machine(),
  }))
  for (let day = 0; day < days; day++) {
    for (const hour of [chance.unit() * 12, 12 + chance.unit() * 11]) {
      const job = chance.pick(jobs)
      for (const { account, exit, machine } of crew) {
        let at = from + day * DAY + hour * HOUR + chance.gamma(2, 60)
        for (let n = 4 + chance.poisson(6); n > 0; n--) {
          call(world, account, at, { exit, machine, job, prompt: chance.hex(40), model: 'opal-3' })
          at += chance.gamma(1, 25)
        }
      }
    }
  }
}

/**
 * A hydra: all accounts of a generation are banned within an hour or two, and hours later the next generation goes on with the
 * same prompt and client, on new cards, new mailboxes and mostly new exits. A third of the devices are used again.
 */
export function addHydra(world: World, size: number, callsEach: number): void {
  const { chance, net, market, from, days } = world
  const kind = market.kinds[30]!
  const job = { ...market.privateJob(), tools: chance.hex(40) }
  const bans = [from + days * DAY * 0.34, from + days * DAY * 0.67]
  let blocks = net.rent(4)
  let devices: string[] = []
  for (let generation = 0; generation < 3; generation++) {
    const kept = chance.some(devices, Math.floor(devices.length / 3))
    devices = [...kept, ...Array.from({ length: 10 - kept.length }, () => chance.hex(32))]
    blocks = [blocks[0]!, ...net.rent(3)]
    const since = generation === 0 ? from : bans[generation - 1]! + 2 * HOUR
    const until = bans[generation] ?? from + days * DAY
    for (const card of cardsFor(world, size, 4)) {
      const banned = generation < 2 ? Math.round(until + chance.unit() * 1.5 * HOUR) : null
      const account = open(
        world,
        { campaign: 'hydra', kind: 'hydra' },
        {
          born: Math.round(since - chance.gamma(2, 3 * HOUR)),
          cards: [card],
          tier: 'pro',
          banned,
          invite: null,
        },
      )
      const machine: Machine = { ...kind, device: chance.pick(devices) }
      const own = chance.some(blocks, 2)
      const how = (): { exit: ReturnType<typeof anyExit>; machine: Machine; job: typeof job } => ({
        exit: anyExit(chance, own),
        machine,
        job,
      })
      live(world, account, {
        calls: chance.negativeBinomial(callsEach, 8),
        rhythm: 'always',
        session: 10,
        since: since + chance.gamma(1, HOUR),
        until: banned ?? until,
        how: () => ({ ...how(), model: 'opal-3', prompt: chance.hex(40) }),
      })
      if (banned !== null) {
        for (let n = 0; n < 4; n++)
          call(world, account, banned + n * 40 + chance.whole(30), { ...how(), status: 403, tokensOut: 0 })
      }
    }
  }
}
