import { anyExit } from './internet.ts'
import { live } from './rhythm.ts'
import { liveOrdinarily } from './strangers.ts'
import { DAY, HOUR, open, type World } from './world.ts'

const innocent = (kind: string): { campaign: ''; kind: string } => ({ campaign: '', kind })

/** A region (BIN and network): one prepaid issuer and one phone carrier with few addresses. */
export function addPrepaidRegion(world: World, size: number): void {
  const { chance, market, net } = world
  const blocks = net.regionalCarrier()
  for (let i = 0; i < size; i++) {
    const cards = [market.card({ iin: market.prepaid })]
    const exits = [anyExit(chance, blocks), anyExit(chance, blocks)]
    liveOrdinarily(
      world,
      open(world, innocent('prepaid-region'), { tier: 'pro', cards, mail: market.mailbox('post3.example') }),
      { exits },
    )
  }
}

/** A localised product in a region (template and BIN): its users bank with one house. */
export function addRegionalProduct(world: World, size: number): void {
  const { market } = world
  const job = market.privateJob()
  for (let i = 0; i < size; i++) {
    const cards = [market.card({ iin: market.issuers.at(-3)! })]
    liveOrdinarily(world, open(world, innocent('regional-product'), { tier: 'pro', cards }), {
      jobs: [job, market.ordinaryJob()],
    })
  }
}

/** A webinar (registration burst and template): forty sign up in its first half hour and try the prompt it hands out. */
export function addWebinar(world: World, size: number): void {
  const { chance, market, from } = world
  const job = market.privateJob()
  const at = from + 3 * DAY + 17 * HOUR
  for (let i = 0; i < size; i++) {
    const born = Math.round(at + chance.gamma(2, 500))
    const account = open(world, innocent('webinar'), {
      born,
      tier: chance.yes(0.5) ? 'free' : 'pro',
      invite: 'WEBINAR26',
    })
    liveOrdinarily(world, account, { jobs: [job, job, market.ordinaryJob()] }, chance.pareto(6, 1.3, 120))
  }
}

/** A bank's promotion (registration burst and BIN): its customers sign up on the day of the offer, with its card. */
export function addBankPromotion(world: World, size: number): void {
  const { chance, market, from } = world
  const at = from - 6 * DAY
  for (let i = 0; i < size; i++) {
    const cards = [market.card({ iin: market.issuers.at(-4)! })]
    liveOrdinarily(
      world,
      open(world, innocent('bank-promotion'), {
        born: Math.round(at + chance.unit() * 10 * HOUR),
        tier: 'pro',
        cards,
        invite: 'BANKDAY',
      }),
    )
  }
}

/** People who came for the free month, each alone; used by none of the campaigns. */
export function addTrialists(world: World, size: number): void {
  const { chance, from, days } = world
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('trialist'), {
      tier: 'free',
      born: Math.round(from + chance.unit() * days * 0.7 * DAY),
    })
    const { net, market } = world
    const exit = net.phone()
    const machine = market.machine()
    live(world, account, {
      calls: 1 + chance.poisson(4),
      how: () => ({ exit, machine, job: { system: null, tools: null } }),
    })
  }
}
