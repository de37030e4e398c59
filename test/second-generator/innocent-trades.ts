import { anyExit, exitOf } from './internet.ts'
import { liveOrdinarily } from './strangers.ts'
import { call, DAY, HOUR, open, type World } from './world.ts'

const innocent = (kind: string): { campaign: ''; kind: string } => ({ campaign: '', kind })

/**
 * An agency (card and client): it pays for its clients' accounts and wires them up with one SDK build. Of its cards, every
 * account has held `each`: one card, or an old one and its renewal, or one of a few; all carry the agency's name.
 */
export function addAgency(world: World, size: number, of = 1, each = 1): void {
  const { chance, market, net } = world
  const { holder, zip, iin } = market.card()
  const agencyCards = Array.from({ length: of }, () => market.card({ holder, zip, iin }))
  const machine = { ...market.kinds[chance.between(15, 40)]!, device: null }
  for (let i = 0; i < size; i++) {
    const cards = chance.some(agencyCards, each)
    const mail = market.mailbox(`client${chance.hex(4)}.example`)
    const account = open(world, innocent(`agency with ${of === each ? 'one card' : `${of} cards`}`), {
      cards,
      tier: 'usage',
      mail,
    })
    const own = { machines: [machine], exits: [net.server()], jobs: [market.privateJob()] }
    liveOrdinarily(world, account, own, chance.pareto(20, 1.3, 400))
  }
}

/** A shop that signs people up at its counter (device and invitation); they go home with accounts and cards of their own. */
export function addKiosk(world: World, size: number): void {
  const { chance, market, net, from } = world
  const counter = { ...market.kind(), device: chance.hex(32) }
  const shop = net.home()
  for (let i = 0; i < size; i++) {
    const born = Math.round(from + chance.unit() * 8 * DAY)
    const account = open(world, innocent('kiosk'), { born, invite: 'COUNTER9', tier: 'pro', cards: [market.card()] })
    call(world, account, born + 300, { exit: shop, machine: counter, job: { system: null, tools: null } })
    liveOrdinarily(world, account)
  }
}

/** Runners of a hosted build service: one container image, one cloud, a job at the full hour, own payers, own prompts. */
export function addBuildFarm(world: World, size: number): void {
  const { chance, market, net, from, days } = world
  const blocks = net.rent(3)
  const machine = { ...market.kinds[16]!, device: chance.hex(32) }
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('build-farm'), { tier: 'usage', cards: [market.card()] })
    const job = chance.yes(0.5) ? market.frameworks[2]! : market.privateJob()
    const every = chance.pick([4, 6, 12, 24])
    for (let hour = chance.whole(every); hour < days * 24; hour += every) {
      call(world, account, from + hour * HOUR + chance.gamma(1, 40), { exit: anyExit(chance, blocks), machine, job })
    }
  }
}

/** Customers of one vendor's product (client and template): strangers on its prompt, its tools and its client stack. */
export function addVendorCustomers(world: World, size: number): void {
  const { chance, market } = world
  const job = { system: chance.hex(40), tools: chance.hex(40) }
  const kind = { agent: 'ledgerpilot/3.1', hello: `t13d${chance.hex(6)}_${chance.hex(12)}_${chance.hex(12)}` }
  for (let i = 0; i < size; i++) {
    const machines = [{ ...kind, device: chance.hex(32) }]
    liveOrdinarily(world, open(world, innocent('vendor-product'), { tier: 'usage', cards: [market.card()] }), {
      machines,
      jobs: [job],
    })
  }
}

/** A public evaluation suite (template and prompts): laboratories run the same two hundred questions in the same week. */
export function addEvaluation(world: World, size: number): void {
  const { chance, market, from } = world
  const job = market.privateJob()
  const questions = Array.from({ length: 200 }, () => chance.hex(40))
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('evaluation'), { tier: 'usage', cards: [market.card()] })
    const machine = market.machine()
    const exit = world.net.server()
    let at = from + (4 + chance.unit() * 3) * DAY
    for (const prompt of questions.filter(() => chance.yes(0.4))) {
      call(world, account, at, { exit, machine, job, prompt, model: 'opal-3' })
      at += chance.gamma(1, 20)
    }
    liveOrdinarily(world, account, { machines: [machine] })
  }
}

/** A cron fleet (address and timing): unrelated firms at one small host, each with a job at the full hour. */
export function addCronFleet(world: World, size: number): void {
  const { chance, market, net, from, days } = world
  const block = net.rent(1)[0]!
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('cron-fleet'), { tier: 'usage', cards: [market.card()] })
    const how = { exit: exitOf(block, 2 + i), machine: { ...market.kind(), device: null }, job: market.privateJob() }
    const minute = chance.pick([0, 0, 0, 15, 30])
    for (let hour = 0; hour < days * 24; hour += chance.pick([6, 6, 12])) {
      call(world, account, from + hour * HOUR + minute * 60 + chance.gamma(2, 3), how)
    }
  }
}

/** A consultancy's fleet (card and template): one payer, its own prompt, ten long-standing accounts on its own domain. */
export function addConsultancy(world: World, size: number): void {
  const { chance, market, net } = world
  const card = market.card()
  const jobs = [market.privateJob()]
  for (let i = 0; i < size; i++) {
    const account = open(world, innocent('consultancy'), {
      cards: [card],
      tier: 'usage',
      mail: market.mailbox('brightdesk.example'),
    })
    liveOrdinarily(world, account, { jobs, exits: [net.home(), net.phone()] }, chance.pareto(15, 1.3, 200))
  }
}
