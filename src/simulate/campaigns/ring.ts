import type { Random } from '../../random.ts'
import { CHURN, within } from '../addresses.ts'
import { adoptsAt } from '../behaviour.ts'
import { newDevices } from '../belongings.ts'
import { newCard } from '../cards.ts'
import { CLIENT } from '../catalog.ts'
import { between, chance, deal, hex, numbers, pick, shuffled, weighted, wholeBetween } from '../draw.ts'
import { mailDomain, patternedLocalPart } from '../names.ts'
import type { AccountPlan, Payment, Registration } from '../plan.ts'
import { createPerson } from '../population.ts'
import { DAY_MS } from '../time.ts'
import type { World } from '../world.ts'
import { withGaps } from './gaps.ts'

/** What an operator's accounts share. Each group size is in accounts per value; 1 means everybody has an own one. */
export interface RingWish {
  readonly network: string
  readonly kind: string
  readonly accounts: number
  readonly accountsPerCard: number
  readonly accountsPerDevice: number
  /** Client family of the operator's one stack. */
  readonly client: number
  /** Address blocks (/24) rented for exits; 0: every account behind household lines of its own. */
  readonly exitBlocks: number
  /** Sign-up bursts; each takes one to three hours. */
  readonly bursts: number
  readonly createdBetween: readonly [number, number]
  /** Share in [0, 1] of accounts that take part in a sharing, drawn for each kind of sharing apart. */
  readonly strength: number
  /** Share in [0, 1] of accounts without a device fingerprint; see {@link withGaps}. 0: every field is filled. */
  readonly missing: number
}

/**
 * Accounts of one operator, dressed up as strangers: each begins as a stranger and takes the operator's values.
 * Cards and devices are dealt independently, so that the sharings cross and the ring hangs together.
 */
export function createRing(world: World, random: Random, wish: RingWish): AccountPlan[] {
  const accounts = numbers(wish.accounts)
  const cardOf = deal(random, accounts.length, wish.accountsPerCard)
  const deviceOf = deal(random, accounts.length, wish.accountsPerDevice)
  const cards = new Map<number, Payment>()
  const devices = new Map<number, number>()
  const exits = exitPlaces(world, random, wish.exitBlocks)
  const registrations = burstRegistrations(random, wish)
  const pinnedLag = wholeBetween(random, 10, 90)
  const takesPart = (): boolean => chance(random, wish.strength)
  return accounts.map((i) => {
    const person = createPerson(world, random, { isMachine: false, createdBetween: wish.createdBetween })
    const registration = takesPart()
      ? (registrations[i] as Registration)
      : { ...person.registration, plan: pickPlan(random) }
    const own = newCard(world, random, { region: person.region, fromMs: registration.createdAtMs })
    const card = shared(cards, cardOf[i] as number, () => own)
    const device = shared(devices, deviceOf[i] as number, () => newRingDevice(world, random, wish.client, pinnedLag))
    const account: AccountPlan = {
      ...person,
      network: wish.network,
      class: 'fraud',
      kind: wish.kind,
      registration,
      payments: [{ ...(wish.accountsPerCard > 1 && takesPart() ? card : own), fromMs: registration.createdAtMs }],
      behaviour: {
        ...person.behaviour,
        fromMs: Math.max(world.startMs, registration.createdAtMs),
        toMs: world.endMs,
        bannedMs: null,
        pivotMs: adoptsAt(world, random),
      },
      places:
        exits.length > 0 && takesPart()
          ? shuffled(random, exits).slice(0, wholeBetween(random, 2, 4))
          : householdExits(world, random),
      devices: wish.accountsPerDevice > 1 && takesPart() ? [device] : [ownStack(world, random, wish, pinnedLag)],
    }
    return withGaps(world, random, account, wish.missing)
  })
}

const shared = <T>(known: Map<number, T>, key: number, make: () => T): T => {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

const pickPlan = (random: Random): Registration['plan'] =>
  weighted(random, [
    ['pro', 6],
    ['payg', 3],
    ['team', 1],
  ] as const)

/** An installation that no other account has; below strength 1 some run another program than the operator's. */
function ownStack(world: World, random: Random, wish: RingWish, lagDays: number): number {
  if (wish.strength >= 1 || chance(random, wish.strength)) return newRingDevice(world, random, wish.client, lagDays)
  return newDevices(world, random, false)[0] as number
}

/** The operator's client: one program, one runtime, one release, a device fingerprint of its own. */
export const newRingDevice = (world: World, random: Random, client: number, lagDays: number): number =>
  world.addDevice({ client, lagDays, isPinned: true, tls: world.tlsOf(client, 1), fingerprint: hex(random, 16) })

/** Rented /24 blocks of small hosting firms; an account's exit changes by the day. */
function exitPlaces(world: World, random: Random, blocks: number): number[] {
  return numbers(blocks).map(() => {
    const host = pick(random, world.internet.hosts)
    return world.addPlace({ ...within(random, host, 256), isPerAccount: true, churn: CHURN.day })
  })
}

/** Residential exits out of a proxy seller's stock: ordinary lines of ordinary providers, a new one by the session. */
export function householdExits(world: World, random: Random, churn: number = CHURN.session): number[] {
  return numbers(3).map(() => {
    const provider = pick(random, world.internet.homes.flat())
    return world.addPlace({ ...(chance(random, 0.75) ? provider.v6 : provider.v4), isPerAccount: true, churn })
  })
}

/** Sign-ups in bursts with one script's mail pattern, a few mail services and a phone seller's few prefixes. */
function burstRegistrations(random: Random, wish: RingWish): Registration[] {
  const starts = numbers(wish.bursts).map(() => between(random, ...wish.createdBetween))
  const pattern = random.below(4)
  const domains = numbers(3).map(() => mailDomain(random))
  const prefixes = numbers(3).map(() => `+999${1 + random.below(8)}${10 + random.below(60)}`)
  const serial = random.below(900)
  const plan = pickPlan(random)
  return numbers(wish.accounts).map((i) => ({
    createdAtMs: Math.floor(
      (starts[i % starts.length] as number) + Math.floor(i / starts.length) * between(random, 40_000, 160_000),
    ),
    email: `${patternedLocalPart(random, pattern, serial + i)}@${pick(random, domains)}`,
    phonePrefix: pick(random, prefixes),
    referralCode: '',
    plan: chance(random, 0.8) ? plan : pickPlan(random),
    organizationId: '',
  }))
}

/** Sign-up span of a campaign: from two months before the window to a week before it. */
export const beforeWindow = (world: World): readonly [number, number] => [
  world.startMs - 60 * DAY_MS,
  world.startMs - 7 * DAY_MS,
]

/** The client stacks operators use: scripts and terminals. */
export const ringClient = (random: Random): number =>
  pick(random, [CLIENT.python, CLIENT.cli, CLIENT.node, CLIENT.agentkit])
