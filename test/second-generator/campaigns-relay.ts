import { cardsFor, sittings } from './campaigns-pipeline.ts'
import { anyExit, type Exit } from './internet.ts'
import type { Job, Machine } from './market.ts'
import { anyRhythm, moment } from './rhythm.ts'
import { type Account, call, DAY, open, type World } from './world.ts'

/** Somebody who buys access and knows nothing of the accounts behind it. */
interface EndUser {
  readonly jobs: readonly Job[]
  readonly rhythm: ReturnType<typeof anyRhythm>
  readonly zone: number
}

interface Pool {
  readonly accounts: readonly Account[]
  readonly placeOf: (account: Account) => { readonly exit: Exit; readonly machine: Machine }
  readonly endUsers: number
  readonly calls: number
  /** A job that replaces the end user's own in this share of the sessions. */
  readonly extraction?: { readonly job: Job; readonly share: number }
}

/** A session of an end user goes to the account that has been idle longest, and stays there until it ends. */
function relay(world: World, pool: Pool): void {
  const { chance, market, from, days } = world
  const users: EndUser[] = Array.from({ length: pool.endUsers }, () => ({
    jobs: [market.ordinaryJob(), market.ordinaryJob()],
    rhythm: anyRhythm(chance),
    zone: chance.pick([-6, 0, 1, 3, 7, 8, 8, 9]),
  }))
  const sessions = Math.round(pool.calls / 6)
  const starts = Array.from({ length: sessions }, () => {
    const user = chance.pick(users)
    return { user, at: moment(world, user.rhythm, user.zone, from, from + days * DAY) }
  }).sort((a, b) => a.at - b.at)
  const idleSince = new Map(pool.accounts.map((account, i) => [account, i - pool.accounts.length]))
  for (const { user, at } of starts) {
    const ready = pool.accounts.filter(({ born }) => born <= at)
    const account = ready.reduce((best, each) => (idleSince.get(each)! < idleSince.get(best)! ? each : best))
    const isExtraction = pool.extraction !== undefined && chance.yes(pool.extraction.share)
    const place = pool.placeOf(account)
    let now = at
    for (let n = 1 + chance.negativeBinomial(5, 2); n > 0; n--) {
      const job = isExtraction ? pool.extraction!.job : chance.pick(user.jobs)
      call(world, account, now, { ...place, job, ...(isExtraction ? { prompt: chance.hex(40), model: 'opal-3' } : {}) })
      now += chance.gamma(0.8, 80)
    }
    idleSince.set(account, now)
  }
}

/** A silent relay: diverse users, 5 to 6 requests per account and day; cards and devices in common, content not. */
export function addRelay(world: World, size: number): void {
  const { chance, net, market, days } = world
  const kind = market.kinds[6]!
  const exits = net.rent(8)
  const born = sittings(world, 5)
  const devices = Array.from({ length: Math.ceil(size / 6) }, () => chance.hex(32))
  const home = new Map<Account, Exit[]>()
  const machine = new Map<Account, Machine[]>()
  const accounts = cardsFor(world, size, 4).map((card) => {
    const account = open(world, { campaign: 'relay', kind: 'relay' }, { born: born(), cards: [card], tier: 'pro' })
    home.set(account, [anyExit(chance, exits), net.home()])
    machine.set(
      account,
      chance.some(devices, chance.yes(0.3) ? 2 : 1).map((device) => ({ ...kind, device })),
    )
    return account
  })
  relay(world, {
    accounts,
    endUsers: size * 5,
    calls: size * 5.6 * days,
    placeOf: (account) => ({ exit: chance.pick(home.get(account)!), machine: chance.pick(machine.get(account)!) }),
  })
}

/** A reseller: 70 % ordinary customers, and one prompt in the rest; cards, invitations and rented exits in common. */
export function addReseller(world: World, size: number, callsEach: number): void {
  const { chance, net, market } = world
  const kind = market.kinds[12]!
  const exits = net.rent(4)
  const born = sittings(world, 3)
  const own = new Map<Account, Exit[]>()
  const accounts = cardsFor(world, size, 4).map((card) => {
    const invite = chance.yes(0.7) ? 'PARTNER-77' : null
    const mail = market.mailbox(chance.pick(['fastseat.example', 'seatbox.example']))
    const account = open(
      world,
      { campaign: 'reseller', kind: 'reseller' },
      { born: born(), cards: [card], tier: 'pro', invite, mail },
    )
    own.set(account, [anyExit(chance, exits), anyExit(chance, exits)])
    return account
  })
  relay(world, {
    accounts,
    endUsers: size * 4,
    calls: size * callsEach,
    placeOf: (account) => ({ exit: chance.pick(own.get(account)!), machine: { ...kind, device: null } }),
    extraction: { job: market.privateJob(), share: 0.3 },
  })
}
