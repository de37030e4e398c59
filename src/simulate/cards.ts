import type { Random } from '../random.ts'
import { hex, pick, wholeBetween, zipf } from './draw.ts'
import type { Payment } from './plan.ts'
import type { World } from './world.ts'

/** Parts of a card that a caller wants to decide; the rest is drawn. */
export interface CardWish {
  readonly region: number
  readonly fromMs: number
  readonly bin?: string
  readonly last4?: string
  readonly expiry?: string
  readonly nameHash?: string
  readonly addressHash?: string
}

/** A card of its own: nobody else's fingerprint, a bank of the region, a holder and an address. */
export function newCard(world: World, random: Random, wish: CardWish): Payment {
  return {
    fingerprint: hex(random, 16),
    bin: wish.bin ?? issuerBin(world, random, wish.region),
    last4: wish.last4 ?? String(random.below(10_000)).padStart(4, '0'),
    expiry: wish.expiry ?? newExpiry(world, random),
    nameHash: wish.nameHash ?? hex(random, 16),
    addressHash: wish.addressHash ?? hex(random, 16),
    fromMs: wish.fromMs,
  }
}

/** A popular bank of the region; one in eight cards is from elsewhere. */
export function issuerBin(world: World, random: Random, region: number): string {
  const local = world.issuers.filter((issuer) => issuer.region === region)
  const choice = random.next() < 0.875 && local.length > 0 ? local : world.issuers
  return choice[zipf(random, choice.length)]?.bin ?? pick(random, world.issuers).bin
}

/** `MM/YY` between two and sixty months after the window begins. */
export function newExpiry(world: World, random: Random): string {
  const start = new Date(world.startMs)
  const month = start.getUTCFullYear() * 12 + start.getUTCMonth() + wholeBetween(random, 2, 60)
  return `${String((month % 12) + 1).padStart(2, '0')}/${String(Math.floor(month / 12) % 100).padStart(2, '0')}`
}
