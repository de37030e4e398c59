import type { Random } from '../random.ts'
import { createInternet, type Internet, type Place } from './addresses.ts'
import { CLIENTS, type Purpose, REGIONS } from './catalog.ts'
import { hex, numbers, zipf } from './draw.ts'
import { type ProfileShape, profileSlots } from './profiles.ts'
import { DAY_MS } from './time.ts'

/** An installation of a client program. */
export interface Device {
  readonly client: number
  /** Days behind the newest release; with `isPinned` the release of that many days before the window, for ever. */
  readonly lagDays: number
  readonly isPinned: boolean
  /** Empty if the client sends none. */
  readonly tls: string
  readonly fingerprint: string
}

/** A system prompt and a set of tools, by key; the hashes are made from the keys. 0: none. */
export interface Template {
  readonly system: number
  readonly tools: number
  /** Days between the publisher's releases, each with a new system prompt; 0: never changes. */
  readonly periodDays: number
  /** Absent: ordinary. */
  readonly purpose?: Purpose
}

/** A bank's or programme's card range. */
export interface Issuer {
  readonly bin: string
  readonly region: number
}

/**
 * The service and its surroundings, shared by all scenarios of a run. Scenarios register places, devices and templates
 * and put the numbers they get back into account plans.
 */
export interface World {
  readonly startMs: number
  readonly endMs: number
  readonly days: number
  /** When the newest model comes out. */
  readonly releaseMs: number
  readonly internet: Internet
  readonly issuers: readonly Issuer[]
  /** Templates of popular frameworks, most popular first. */
  readonly frameworks: readonly number[]
  /** The device fingerprint of a popular container image (a dirty value), or empty. */
  readonly imageFingerprint: string
  readonly places: Place[]
  readonly devices: Device[]
  readonly templates: Template[]
  readonly profiles: number[][]
  readonly addPlace: (place: Place) => number
  readonly addDevice: (device: Device) => number
  readonly addTemplate: (template: Template) => number
  readonly addProfile: (shape: ProfileShape, zoneHours: number) => number
  /** A number nobody else has, for templates and prompt pools. */
  readonly newKey: () => number
  /** TLS fingerprint of a client family on one of its runtimes. */
  readonly tlsOf: (client: number, runtime: number) => string
}

export interface WorldOptions {
  readonly startMs: number
  readonly days: number
  readonly isDirty: boolean
}

const push = <T>(items: T[], item: T): number => items.push(item) - 1

/** The surroundings of one run. The newest model comes out after 60 % of the window. */
export function createWorld(random: Random, { startMs, days, isDirty }: WorldOptions): World {
  const places: Place[] = []
  const devices: Device[] = []
  const templates: Template[] = [{ system: 0, tools: 0, periodDays: 0 }]
  const profiles: number[][] = []
  const profileNumbers = new Map<string, number>()
  const tls = CLIENTS.map((client) => numbers(client.runtimes).map(() => hex(random, 16)))
  const newKey = (): number => Math.floor(random.next() * 2 ** 48) + 1
  const frameworks = numbers(40).map((i) =>
    push(templates, { system: newKey(), tools: i % 4 === 3 ? 0 : newKey(), periodDays: 15 + random.below(60) }),
  )
  return {
    startMs,
    endMs: startMs + days * DAY_MS,
    days,
    releaseMs: startMs + Math.floor(days * 0.6) * DAY_MS + 17 * 3_600_000,
    internet: createInternet(),
    issuers: createIssuers(random),
    frameworks,
    imageFingerprint: isDirty ? hex(random, 16) : '',
    places,
    devices,
    templates,
    profiles,
    addPlace: (place) => push(places, place),
    addDevice: (device) => push(devices, device),
    addTemplate: (template) => push(templates, template),
    addProfile: (shape, zoneHours) => {
      const name = `${shape}/${zoneHours}`
      const known = profileNumbers.get(name) ?? push(profiles, profileSlots(shape, zoneHours))
      profileNumbers.set(name, known)
      return known
    },
    newKey,
    tlsOf: (client, runtime) => {
      const variants = tls[client] ?? []
      return variants[runtime % variants.length] ?? ''
    },
  }
}

/** 400 card ranges over the regions. The leading 9 is for national use (ISO/IEC 7812-1): no card network has it. */
function createIssuers(random: Random): Issuer[] {
  return numbers(400).map((i) => ({
    bin: `9${String(10_000 + ((i * 7919 + 13) % 89_999)).slice(0, 5)}`,
    region: zipf(random, REGIONS.length * 3) % REGIONS.length,
  }))
}
