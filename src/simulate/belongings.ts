import type { Random } from '../random.ts'
import { CHURN, cloudPlace, homePlace, mobilePlace, officePlace, tunnelPlace } from './addresses.ts'
import { CAPABILITY, CLIENTS, MODEL, PURPOSE, type Purpose } from './catalog.ts'
import { chance, exponential, hex, pick, shuffled, weighted, wholeBetween, zipf } from './draw.ts'
import type { World } from './world.ts'

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
export const ownTemplate = (world: World, random: Random, purpose: Purpose = PURPOSE.ordinary): number =>
  world.addTemplate({
    system: world.newKey(),
    tools: chance(random, 0.4) ? world.newKey() : 0,
    periodDays: chance(random, 0.2) ? wholeBetween(random, 5, 40) : 0,
    purpose,
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
