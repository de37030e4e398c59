import { type Chance, createChance } from './chance.ts'
import { createInternet, type Exit, type Internet } from './internet.ts'
import { type Card, createMarket, type Job, type Machine, type Market } from './market.ts'

/** Kept in memory, written nowhere. */
export interface Truth {
  /** Empty for innocents. */
  readonly campaign: string
  /** Campaign or innocent situation. */
  readonly kind: string
}

export interface Call {
  /** Seconds since 1970. */
  readonly at: number
  readonly exit: Exit
  readonly machine: Machine
  readonly job: Job
  readonly prompt: string
  readonly model: string
  readonly tokensIn: number
  readonly tokensOut: number
  readonly status: number
}

export interface Account {
  readonly truth: Truth
  /** Seconds since 1970. */
  readonly born: number
  readonly mail: string
  readonly invite: string | null
  readonly tier: 'free' | 'pro' | 'usage'
  readonly cards: readonly Card[]
  /** When it was banned; `null` if it was not. */
  readonly banned: number | null
  readonly calls: Call[]
}

export interface World {
  readonly chance: Chance
  readonly net: Internet
  readonly market: Market
  /** Seconds since 1970 of the first midnight. */
  readonly from: number
  readonly days: number
  readonly accounts: Account[]
}

export const HOUR = 3600
export const DAY = 24 * HOUR

export function createWorld(seed: number, days: number): World {
  const chance = createChance(seed)
  return {
    chance,
    net: createInternet(chance),
    market: createMarket(chance),
    from: Date.UTC(2026, 2, 2) / 1000,
    days,
    accounts: [],
  }
}

/** An account with the habits of a stranger wherever nothing is said. */
export function open(world: World, truth: Truth, fixed: Partial<Omit<Account, 'truth' | 'calls'>> = {}): Account {
  const { chance, market, from, days, accounts } = world
  const tier = fixed.tier ?? (chance.yes(0.35) ? 'free' : chance.yes(0.75) ? 'pro' : 'usage')
  const account: Account = {
    truth,
    tier,
    born: Math.round(from + (chance.yes(0.06) ? chance.unit() * days * 0.8 : -chance.unit() * 500) * DAY),
    mail: market.mailbox(),
    invite: chance.yes(0.05) ? `INV${chance.whole(60)}` : null,
    cards: tier === 'free' ? [] : Array.from({ length: chance.yes(0.1) ? 2 : 1 }, () => market.card()),
    banned: null,
    calls: [],
    ...fixed,
  }
  accounts.push(account)
  return account
}

/** Adds one call; times are whole seconds, as the export has them. */
export function call(
  world: World,
  account: Account,
  at: number,
  how: Pick<Call, 'exit' | 'machine' | 'job'> & Partial<Call>,
): void {
  const { chance, market } = world
  account.calls.push({
    prompt: market.prompt(),
    model: chance.zipf(['opal-3', 'opal-3-mini', 'opal-2', 'flint-1'], 0.8),
    tokensIn: 1 + chance.negativeBinomial(900, 0.7),
    tokensOut: chance.negativeBinomial(350, 0.8),
    status: chance.yes(0.02) ? chance.pick([429, 500, 400]) : 200,
    ...how,
    at: Math.round(at),
  })
}
