import { officePlace } from '../addresses.ts'
import { adoptsAt } from '../behaviour.ts'
import { newDevice, ownTemplate } from '../belongings.ts'
import { CLIENT } from '../catalog.ts'
import { between, chance, exponential, pick } from '../draw.ts'
import { ownDomain, word } from '../names.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS, HOUR_MS } from '../time.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** A course: the teacher's starter template, the room's address, everybody signed up in the first lesson. */
export const classroom = defineScenario({
  name: 'class',
  class: 'innocent',
  description: 'class: one template, one address, one week, school mail domain',
  knobs: groupKnobs(30, 1),
  plan: (context) =>
    groupsOf(context, 'class', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const room = world.addPlace(officePlace(world.internet, random, region))
      const domain = ownDomain(random)
      const template = ownTemplate(world, random)
      const beginsMs = between(random, world.startMs, Math.max(world.startMs, world.endMs - 7 * DAY_MS))
      const wish = { region, domain, isMachine: false, createdBetween: [beginsMs, beginsMs + HOUR_MS] as const }
      return people(context, { network, kind, count: knobs.accounts, wish }, (person) => ({
        registration: { plan: chance(random, 0.8) ? 'trial' : 'payg', referralCode: '' },
        payments: chance(random, 0.8) ? [] : person.payments,
        places: [room, room, person.places[0] as number],
        devices: [newDevice(world, random, chance(random, 0.8) ? CLIENT.python : CLIENT.browser)],
        templates: chance(random, 0.25) ? [template, ownTemplate(world, random)] : [template],
        behaviour: {
          toMs: Math.min(world.endMs, Math.floor(beginsMs + 7 * DAY_MS)),
          activeShare: 0.8,
          requestsPerDay: between(random, 4, 20),
          bannedMs: null,
        },
      }))
    }),
})

/** A hackathon: sign-ups within hours under one code, a starter template that diverges, two days at one venue. */
export const hackathon = defineScenario({
  name: 'hackathon',
  class: 'innocent',
  description: 'hackathon: burst sign-up, referral code, starter template, venue address, two days',
  knobs: { ...groupKnobs(60, 1), edits: knob('share', 0.6, [0, 1], 'share of people who edit the starter template') },
  plan: (context) =>
    groupsOf(context, 'hackathon', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const venue = world.addPlace(officePlace(world.internet, random, region, 2))
      const referralCode = `${word(random).toUpperCase()}-HACK${random.below(90) + 10}`
      const starter = ownTemplate(world, random)
      const beginsMs = between(random, world.startMs, Math.max(world.startMs, world.endMs - 3 * DAY_MS))
      const wish = { isMachine: false, createdBetween: [beginsMs, beginsMs + 6 * HOUR_MS] as const }
      const profile = world.addProfile('waking', 0)
      return people(context, { network, kind, count: knobs.accounts, wish }, (person) => ({
        registration: { plan: 'trial', referralCode },
        places: [venue, venue, venue, person.places[0] as number],
        templates: chance(random, knobs.edits) ? [starter, ownTemplate(world, random)] : [starter],
        devices: [
          newDevice(world, random, pick(random, [CLIENT.python, CLIENT.node, CLIENT.cli])),
          ...person.devices.slice(0, 1),
        ],
        behaviour: {
          profile,
          toMs: Math.min(world.endMs, Math.floor(beginsMs + 2 * DAY_MS)),
          activeShare: 1,
          requestsPerDay: between(random, 20, 150),
          bannedMs: null,
        },
      }))
    }),
})

/** Strangers with retrying clients: after an outage they all return within minutes. */
export const outage = defineScenario({
  name: 'outage',
  class: 'innocent',
  description: 'an outage of the service, after which everyone returns at once',
  knobs: { ...groupKnobs(50, 1), minutes: knob('min', 90, [1, 1440], 'length of the outage') },
  plan: (context) => {
    const { world, random, knobs } = context
    const fromMs = Math.floor(
      between(random, world.startMs + (world.endMs - world.startMs) * 0.2, world.endMs - 6 * HOUR_MS),
    )
    const group = groupsOf(context, 'outage', (network, kind) =>
      people(context, { network, kind, count: knobs.accounts, wish: { isMachine: true } }, () => ({})),
    )
    return { ...group, outage: { fromMs, toMs: fromMs + knobs.minutes * 60_000 } }
  },
})

/** Strangers who turn to the new model on its first day, as many always do. */
export const releaseDay = defineScenario({
  name: 'release-day',
  class: 'innocent',
  description: 'release day: strangers who try the new model within a day of its release',
  knobs: groupKnobs(150, 1),
  plan: (context) =>
    groupsOf(context, 'release-day', (network, kind) => {
      const { world, random, knobs } = context
      return people(context, { network, kind, count: knobs.accounts }, () => ({
        behaviour: {
          pivotMs: Math.floor(world.releaseMs + Math.min(1, exponential(random, 0.3)) * DAY_MS),
          pivotShare: between(random, 0.3, 1),
          bannedMs: null,
        },
      }))
    }),
})

/** Work that moved to a new key: full volume from the first hour, no ramp. */
export const migration = defineScenario({
  name: 'migration',
  class: 'innocent',
  description: 'migrations: new accounts at full volume from the first hour',
  knobs: groupKnobs(15, 1),
  plan: (context) =>
    groupsOf(context, 'migration', (network, kind) => {
      const { world, random, knobs } = context
      const wish = {
        isMachine: true,
        createdBetween: [world.startMs, world.startMs + (world.endMs - world.startMs) * 0.7] as const,
      }
      return people(context, { network, kind, count: knobs.accounts, wish }, () => ({
        registration: { plan: 'payg' },
        behaviour: {
          requestsPerDay: between(random, 40, 300),
          activeShare: 1,
          pivotMs: adoptsAt(world, random),
          bannedMs: null,
        },
      }))
    }),
})
