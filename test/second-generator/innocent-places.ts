import { exitOf } from './internet.ts'
import { live } from './rhythm.ts'
import { liveOrdinarily } from './strangers.ts'
import { type Account, DAY, HOUR, open, type World } from './world.ts'

const innocent = (kind: string): { campaign: ''; kind: string } => ({ campaign: '', kind })

/** A firm that declares no organisation: one address, own mail domain, one browser build, one company card for most. */
export function addOffice(world: World, size: number, domain: string): void {
  const { chance, net, market } = world
  const exits = [exitOf(net.institution(), 7)]
  const kind = market.kinds[1]!
  const company = market.card()
  for (let i = 0; i < size; i++) {
    const cards = chance.yes(0.85) ? [company] : [market.card()]
    const account = open(world, innocent('office'), { mail: market.mailbox(domain), cards, tier: 'pro' })
    liveOrdinarily(world, account, { exits, machines: [{ ...kind, device: chance.hex(32) }] })
  }
}

/** A university behind three addresses; the people have nothing else in common. */
export function addCampus(world: World, size: number): void {
  const { chance, net } = world
  const block = net.institution()
  const exits = [exitOf(block, 10), exitOf(block, 11), exitOf(block, 12)]
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('campus'))
    liveOrdinarily(world, account, { exits: chance.yes(0.4) ? [...exits, net.home()] : exits })
  }
}

/** A course: one prompt from the worksheet and one lecture hall; two lessons a week, signed up in the first. */
export function addClass(world: World, size: number): void {
  const { chance, net, market, from, days } = world
  const exit = exitOf(net.institution(), 33)
  const job = market.privateJob()
  const first = from + 10 * HOUR
  for (let i = 0; i < size; i++) {
    const tier = chance.yes(0.7) ? 'free' : 'pro'
    const account = open(world, innocent('class'), { born: Math.round(first + chance.gamma(2, 400)), tier })
    const machines = [market.machine()]
    for (let day = 0; day < days; day += chance.pick([3, 4])) {
      const since = first + day * DAY + 600
      live(world, account, {
        calls: 2 + chance.poisson(3),
        rhythm: 'always',
        since,
        until: since + 1.5 * HOUR,
        session: 4,
        how: () => ({ exit, machine: machines[0]!, job }),
      })
    }
    liveOrdinarily(world, account, { machines, jobs: [{ system: null, tools: null }] }, chance.pareto(1, 1.5, 40))
  }
}

/** Desks for hire: unrelated freelancers on one address in the daytime, at home at night. */
export function addCoworking(world: World, size: number): void {
  const { net } = world
  const desk = exitOf(net.institution(), 5)
  for (let i = 0; i < size; i++)
    liveOrdinarily(world, open(world, innocent('co-working')), { exits: [desk, desk, net.home()] })
}

/** A laboratory or café with eight computers (device and address): whoever comes sits down at any of them. */
export function addSharedComputers(world: World, size: number): void {
  const { chance, net, market } = world
  const exits = [exitOf(net.institution(), 21)]
  const kind = market.kinds[14]!
  const computers = Array.from({ length: 8 }, () => ({ ...kind, device: chance.hex(32) }))
  for (let i = 0; i < size; i++) {
    liveOrdinarily(world, open(world, innocent('shared-computers')), {
      exits,
      machines: chance.some(computers, chance.between(1, 4)),
    })
  }
}

/** Lessons in a computer room (device, address and template): two classes in turn on the same twenty machines. */
export function addComputerRoom(world: World, size: number): void {
  const { chance, net, market, from, days } = world
  const exit = exitOf(net.institution(), 60)
  const kind = market.kind()
  const room = Array.from({ length: Math.ceil(size / 2) }, () => ({ ...kind, device: chance.hex(32) }))
  const job = market.privateJob()
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('computer-room'), { tier: chance.yes(0.5) ? 'free' : 'pro' })
    for (let day = i % 2; day < days; day += 7) {
      const since = from + day * DAY + 9 * HOUR
      live(world, account, {
        calls: 4 + chance.poisson(5),
        rhythm: 'always',
        since,
        until: since + 1.5 * HOUR,
        how: () => ({ exit, machine: room[i >> 1]!, job }),
      })
    }
    liveOrdinarily(world, account, {}, chance.pareto(1, 1.4, 60))
  }
}

/** A workshop in a library (template and address), attended by long-standing customers; each pays alone. */
export function addWorkshop(world: World, size: number): void {
  const { chance, net, market, from } = world
  const exit = exitOf(net.institution(), 44)
  const job = market.privateJob()
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('workshop'), { born: Math.round(from - (20 + chance.unit() * 300) * DAY) })
    const machine = market.machine()
    const since = from + 5 * DAY + 14 * HOUR
    live(world, account, {
      calls: 6 + chance.poisson(8),
      rhythm: 'always',
      since,
      until: since + 4 * HOUR,
      how: () => ({ exit, machine, job }),
    })
    liveOrdinarily(world, account, { machines: [machine] })
  }
}

/** Households: two to four people, one card, one line, now and then one computer. */
export function addFamilies(world: World, count: number): void {
  const { chance, net, market } = world
  for (let i = 0; i < count; i++) {
    const cards = [market.card()]
    const home = net.home()
    const tablet = market.machine()
    for (let n = chance.between(2, 4); n > 0; n--) {
      const account: Account = open(world, innocent('family'), { cards, tier: 'pro' })
      liveOrdinarily(world, account, {
        exits: [home, home, net.phone()],
        machines: chance.yes(0.5) ? [tablet, market.machine()] : [market.machine()],
      })
    }
  }
}
