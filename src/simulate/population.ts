import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import { newBehaviour } from './behaviour.ts'
import { newCapabilities, newDevices, newModels, newPlaces, newTemplates } from './belongings.ts'
import { newCard } from './cards.ts'
import { REGIONS } from './catalog.ts'
import { between, chance, weighted, zipf } from './draw.ts'
import { localPart, mailDomain, ownDomain, type PersonName, personName, word } from './names.ts'
import type { AccountPlan, Payment, Registration } from './plan.ts'
import { DAY_MS } from './time.ts'
import type { World } from './world.ts'

/** What a caller decides about a person; the rest is drawn like anybody's. */
export interface PersonWish {
  readonly region?: number
  readonly isMachine?: boolean
  /** Sign-up falls in this span; default: two years of growing custom. */
  readonly createdBetween?: readonly [number, number]
  readonly domain?: string
}

/** Hash of a person's name: equal names give equal hashes, as an export would. */
export const nameHash = (name: PersonName): string =>
  createHash('sha256').update(`${name.given} ${name.family}`).digest('hex').slice(0, 16)

/**
 * A stranger: one account of the background, with values of its own.
 *
 * Heterogeneity after ServeGen (Xiang et al. 2025, sections 3–4): skewed rates, arrivals whose
 * variation runs from clockwork to bursts, clients active nearly all the time. Shares by judgement.
 */
export function createPerson(world: World, random: Random, wish: PersonWish = {}): AccountPlan {
  const region =
    wish.region ??
    weighted(
      random,
      REGIONS.map((each, i) => [i, each.weight] as const),
    )
  const isMachine = wish.isMachine ?? chance(random, 0.14)
  const name = personName(random)
  const registration = newRegistration(world, random, { ...wish, region, name })
  return {
    network: '',
    class: 'innocent',
    kind: isMachine ? 'machine' : 'background',
    region,
    registration,
    payments: newPayments(world, random, { registration, region, name }),
    behaviour: newBehaviour(world, random, { region, isMachine, createdAtMs: registration.createdAtMs }),
    places: newPlaces(world, random, region, isMachine),
    devices: newDevices(world, random, isMachine),
    templates: newTemplates(world, random, isMachine),
    models: newModels(random),
    capabilities: newCapabilities(random, isMachine),
    isDispatched: false,
  }
}

/** Sign-up, mail and phone. Custom doubles about every eight months, so that new accounts are common. */
export function newRegistration(
  world: World,
  random: Random,
  wish: PersonWish & { readonly region: number; readonly name: PersonName },
): Registration {
  const ageMs = truncatedAge(random) * DAY_MS
  const createdAtMs = wish.createdBetween ? between(random, ...wish.createdBetween) : world.endMs - DAY_MS - ageMs
  const domain = wish.domain ?? (chance(random, 0.78) ? mailDomain(random) : ownDomain(random))
  const plan = weighted(random, [
    ['free', 24],
    ['trial', 8],
    ['payg', 34],
    ['pro', 28],
    ['team', 6],
  ] as const)
  return {
    createdAtMs: Math.floor(createdAtMs),
    email: `${localPart(random, wish.name)}@${domain}`,
    phonePrefix: chance(random, 0.8) ? `+999${wish.region + 1}${10 + zipf(random, 60)}` : '',
    referralCode: chance(random, 0.12) ? `${word(random).toUpperCase()}${20 + zipf(random, 40)}` : '',
    plan,
    organizationId: '',
  }
}

/** Age of an account in days, in [0, 730): exponential with mean 350, cut without a heap at the end. */
const truncatedAge = (random: Random): number => -350 * Math.log(1 - random.next() * (1 - Math.exp(-730 / 350)))

/** One own card for most; some renew it inside the window, free accounts have none. */
function newPayments(
  world: World,
  random: Random,
  person: { readonly registration: Registration; readonly region: number; readonly name: PersonName },
): Payment[] {
  const { registration, region } = person
  if (registration.plan === 'free' || (registration.plan === 'trial' && chance(random, 0.6))) return []
  const fromMs = registration.createdAtMs
  const first = newCard(world, random, { region, fromMs, nameHash: nameHash(person.name) })
  if (!chance(random, 0.06)) return [first]
  const renewed = newCard(world, random, {
    region,
    fromMs: Math.floor(between(random, world.startMs, world.endMs)),
    ...pickHolder(first),
  })
  return [first, renewed]
}

/** The holder of a card: name and address move on to its successor. */
const pickHolder = ({
  nameHash: name,
  addressHash,
  bin,
}: Payment): { nameHash: string; addressHash: string; bin: string } => ({
  nameHash: name,
  addressHash,
  bin,
})
