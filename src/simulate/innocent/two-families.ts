import { CHURN, officePlace, within } from '../addresses.ts'
import { ownTemplate } from '../belongings.ts'
import { newCard } from '../cards.ts'
import { CLIENT, CLIENTS } from '../catalog.ts'
import { between, chance, hex, numbers, pick } from '../draw.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS, HOUR_MS } from '../time.ts'
import type { World } from '../world.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** One build of a client: the same release and handshake on installations that are otherwise their own. */
const builds = (world: World, client: number, lagDays: number, fingerprint: string): number =>
  world.addDevice({ client, lagDays, isPinned: true, tls: world.tlsOf(client, 2), fingerprint })

/** An agency that runs an account for each client: one card and one build of its integration, nothing else. */
export const agencySdk = defineScenario({
  name: 'agency-sdk',
  class: 'innocent',
  description:
    "agency: one card and one SDK build for the accounts of many clients; each client's own servers and work",
  knobs: {
    ...groupKnobs(16, 1),
    devices: knob('share', 0.4, [0, 1], 'share of installations that report a device fingerprint, each its own'),
  },
  plan: (context) =>
    groupsOf(context, 'agency-sdk', (network, kind) => {
      const { world, random, knobs } = context
      const card = newCard(world, random, { region: someRegion(random), fromMs: world.startMs - 500 * DAY_MS })
      const client = pick(random, [CLIENT.python, CLIENT.node, CLIENT.java])
      const lagDays = 30 + random.below(120)
      return people(context, { network, kind, count: knobs.accounts, wish: { isMachine: true } }, (person) => ({
        registration: { plan: 'payg' },
        payments: [{ ...card, fromMs: person.registration.createdAtMs }],
        devices: [builds(world, client, lagDays, chance(random, knobs.devices) ? hex(random, 16) : '')],
        templates: numbers(2).map(() => ownTemplate(world, random)),
        behaviour: { bannedMs: null },
      }))
    }),
})

/** A course in a computer room: one exercise template, one small address block, sign-ups in the first hour. */
export const classLab = defineScenario({
  name: 'class-lab',
  class: 'innocent',
  description: 'class in a lab: one template and one address block, sign-ups in one hour, private mail and clients',
  knobs: {
    ...groupKnobs(28, 1),
    addresses: knob('addresses', 16, [1, 256], 'addresses of the lab; the seat changes by the day'),
    edits: knob('share', 0.3, [0, 1], 'share of pupils who also write a prompt of their own'),
  },
  plan: (context) =>
    groupsOf(context, 'class-lab', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const lab = officePlace(world.internet, random, region, Math.max(2, Math.round(knobs.addresses)))
      const room = world.addPlace({ ...lab, isPerAccount: true, churn: CHURN.day })
      const template = ownTemplate(world, random)
      const beginsMs = between(random, world.startMs, Math.max(world.startMs, world.endMs - 7 * DAY_MS))
      const wish = { region, isMachine: false, createdBetween: [beginsMs, beginsMs + HOUR_MS] as const }
      return people(context, { network, kind, count: knobs.accounts, wish }, (person) => ({
        registration: { plan: chance(random, 0.7) ? 'trial' : 'payg' },
        places: [room, room, room, person.places[0] as number],
        templates: chance(random, knobs.edits) ? [template, template, ownTemplate(world, random)] : [template],
        behaviour: { toMs: Math.min(world.endMs, Math.floor(beginsMs + 7 * DAY_MS)), activeShare: 0.8, bannedMs: null },
      }))
    }),
})

/** A small firm that never declared itself: one address, one internal prompt, everybody's own card and client. */
export const officeTemplate = defineScenario({
  name: 'office-template',
  class: 'innocent',
  description: 'undeclared office: one address and one internal template, own cards, clients and mail',
  knobs: {
    ...groupKnobs(24, 1),
    home: knob('share', 0.25, [0, 1], 'share of sessions from home'),
    internal: knob('share', 0.75, [0, 1], 'share of sessions under the internal template'),
  },
  plan: (context) =>
    groupsOf(context, 'office-template', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const office = world.addPlace(officePlace(world.internet, random, region))
      const template = ownTemplate(world, random)
      const slots = (share: number, common: number, own: readonly number[]): number[] =>
        numbers(20).map((i) => (i < 20 * share ? common : (own[i % own.length] as number)))
      return people(
        context,
        { network, kind, count: knobs.accounts, wish: { region, isMachine: false } },
        (person) => ({
          registration: { plan: pick(random, ['pro', 'payg']) },
          payments:
            person.payments.length > 0
              ? person.payments
              : [newCard(world, random, { region, fromMs: person.registration.createdAtMs })],
          places: slots(1 - knobs.home, office, person.places),
          templates: slots(knobs.internal, template, person.templates),
        }),
      )
    }),
})

/** A vendor's customers in one region, where one bank and one provider are what people have. */
export const vendorRegion = defineScenario({
  name: 'vendor-region',
  class: 'innocent',
  description: "one vendor's customers in one region: template, client stack, card range and provider; own cards",
  knobs: groupKnobs(50, 1),
  plan: (context) =>
    groupsOf(context, 'vendor-region', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const { bin } = pick(random, world.issuers)
      const client = pick(random, [CLIENT.java, CLIENT.node, CLIENT.go])
      const { v4 } = pick(random, world.internet.homes[region] ?? [])
      const templates = numbers(2).map(() =>
        world.addTemplate({ system: world.newKey(), tools: world.newKey(), periodDays: 25 }),
      )
      return people(context, { network, kind, count: knobs.accounts, wish: { region } }, (person) => ({
        registration: { plan: pick(random, ['payg', 'pro', 'team']) },
        payments: [newCard(world, random, { region, bin, fromMs: person.registration.createdAtMs })],
        places: [world.addPlace({ ...within(random, v4, 1), isPerAccount: false, churn: CHURN.fixed })],
        devices: [builds(world, client, 20, chance(random, CLIENTS[client]?.deviceShare ?? 0) ? hex(random, 16) : '')],
        templates,
      }))
    }),
})
