import { createHash } from 'node:crypto'
import type { Random } from '../random.ts'
import { CHURN, cloudPlace, homePlace, mobilePlace, officePlace, tunnelPlace } from './addresses.ts'
import { newBehaviour } from './behaviour.ts'
import { newCard } from './cards.ts'
import { CAPABILITY, CLIENTS, MODEL, REGIONS } from './catalog.ts'
import { between, chance, exponential, hex, pick, shuffled, weighted, wholeBetween, zipf } from './draw.ts'
import { localPart, mailDomain, ownDomain, type PersonName, personName, word } from './names.ts'
import { type AccountPlan, DAY_MS, type Payment, type Registration } from './plan.ts'
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
 * Heterogeneity after ServeGen (Xiang et al. 2025, sections 3–4, as quoted in PEERS 4): skewed rates, arrivals whose
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

/** Home and phone, or a server; now and then an office or a public VPN. */
export function newPlaces(world: World, random: Random, region: number, isMachine: boolean): number[] {
  const add = (place: Parameters<World['addPlace']>[0]): number => world.addPlace(place)
  if (isMachine) {
    const server = add(cloudPlace(world.internet, random, chance(random, 0.3) ? CHURN.day : CHURN.fixed))
    return chance(random, 0.3) ? [server, server, server, add(homePlace(world.internet, random, region))] : [server]
  }
  const home = add(homePlace(world.internet, random, region))
  const places = [home, home, home]
  if (chance(random, 0.45)) places.push(add(mobilePlace(world.internet, random, region)))
  if (chance(random, 0.3)) places.push(add(officePlace(world.internet, random, region)))
  if (chance(random, 0.07)) {
    const tunnel = add(tunnelPlace(world.internet, random))
    places.push(tunnel, tunnel)
  }
  return places
}

/** An installation of a client; version habits differ: most follow, some lag, a few stay. */
export function newDevice(world: World, random: Random, client: number, fingerprint?: string): number {
  const family = CLIENTS[client] as (typeof CLIENTS)[number]
  const fromImage = world.imageFingerprint !== '' && family.machines > 3 && chance(random, 0.25)
  const own = chance(random, family.deviceShare) ? hex(random, 16) : ''
  return world.addDevice({
    client,
    lagDays: Math.floor(exponential(random, 25)),
    isPinned: chance(random, family.machines > 3 ? 0.4 : 0.1),
    tls: chance(random, 0.97) ? world.tlsOf(client, zipf(random, family.runtimes)) : '',
    fingerprint: fingerprint ?? (fromImage ? world.imageFingerprint : own),
  })
}

/** One to three installations, the first used most. */
export function newDevices(world: World, random: Random, isMachine: boolean): number[] {
  const client = (): number =>
    weighted(
      random,
      CLIENTS.map((each, i) => [i, isMachine ? each.machines : each.people] as const),
    )
  const first = newDevice(world, random, client())
  const devices = [first, first, first]
  if (chance(random, isMachine ? 0.15 : 0.45)) devices.push(newDevice(world, random, client()))
  if (!isMachine && chance(random, 0.15)) devices.push(newDevice(world, random, client()))
  return devices
}

/** A system prompt nobody else has. */
export const ownTemplate = (world: World, random: Random): number =>
  world.addTemplate({
    system: world.newKey(),
    tools: chance(random, 0.4) ? world.newKey() : 0,
    periodDays: chance(random, 0.2) ? wholeBetween(random, 5, 40) : 0,
  })

/** The publisher's template as it is, or with the user's own edits to the system prompt. */
export function frameworkTemplate(world: World, random: Random, framework: number, editShare = 0.35): number {
  const published = world.frameworks[framework % world.frameworks.length] as number
  if (!chance(random, editShare)) return published
  const { tools } = world.templates[published] as { tools: number }
  return world.addTemplate({ system: world.newKey(), tools, periodDays: 0 })
}

/** Frameworks by Zipf's law, own prompts, or none at all. */
export function newTemplates(world: World, random: Random, isMachine: boolean): number[] {
  const one = (): number => {
    if (chance(random, isMachine ? 0.1 : 0.35)) return 0
    if (chance(random, 0.5)) return ownTemplate(world, random)
    return frameworkTemplate(world, random, zipf(random, world.frameworks.length))
  }
  const first = one()
  return chance(random, 0.5) ? [first] : [first, first, one(), ...(chance(random, 0.3) ? [one()] : [])]
}

/** A favourite model and some others. */
export function newModels(random: Random): number[] {
  const favourite = weighted(random, [
    [MODEL.mini, 30],
    [MODEL.base, 30],
    [MODEL.pro, 28],
    [MODEL.max, 12],
  ] as const)
  if (chance(random, 0.4)) return [favourite]
  return [
    favourite,
    favourite,
    favourite,
    weighted(random, [
      [MODEL.mini, 1],
      [MODEL.base, 1],
      [MODEL.pro, 1],
      [MODEL.max, 1],
    ] as const),
  ]
}

/** Two to five uses; a machine has one or two. */
export function newCapabilities(random: Random, isMachine: boolean): number[] {
  const all = shuffled(random, Object.values(CAPABILITY))
  if (isMachine) return all.slice(0, wholeBetween(random, 1, 2))
  const favourite = pick(random, [
    CAPABILITY.chat,
    CAPABILITY.coding,
    CAPABILITY.chat,
    CAPABILITY.analysis,
    CAPABILITY.agentic,
  ])
  return [favourite, favourite, ...all.slice(0, wholeBetween(random, 1, 3))]
}
