import { homePlace, mobilePlace } from '../addresses.ts'
import { newDevice } from '../belongings.ts'
import { newCard } from '../cards.ts'
import { CLIENT } from '../catalog.ts'
import { chance, pick, wholeBetween } from '../draw.ts'
import { localPart, mailDomain, personName } from '../names.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** Two to four relatives: one card, one home, sometimes one computer. */
export const family = defineScenario({
  name: 'family',
  class: 'innocent',
  description: 'family: two to four accounts on one card and one home line, sometimes a shared device',
  knobs: {
    groups: knob('groups', 40, [1, 50_000], 'families'),
    sharedDevice: knob('share', 0.35, [0, 1], 'share of families with one computer'),
  },
  plan: (context) =>
    groupsOf(context, 'family', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const card = newCard(world, random, { region, fromMs: world.startMs - 500 * DAY_MS })
      const home = world.addPlace(homePlace(world.internet, random, region))
      const computer = chance(random, knobs.sharedDevice) ? newDevice(world, random, CLIENT.browser) : -1
      const surname = personName(random).family
      return people(
        context,
        { network, kind, count: wholeBetween(random, 2, 4), wish: { region, isMachine: false } },
        (person) => ({
          registration: {
            email: `${localPart(random, { ...personName(random), family: surname })}@${mailDomain(random)}`,
            plan: pick(random, ['pro', 'payg']),
          },
          payments: [{ ...card, fromMs: person.registration.createdAtMs }],
          places: [home, home, home, ...person.places.slice(3)],
          devices: computer < 0 ? person.devices : [computer, computer, ...person.devices.slice(0, 1)],
        }),
      )
    }),
})

/** A region of prepaid cards: one card range, the local carrier, the local mail service, a wave of sign-ups. */
export const prepaidRegion = defineScenario({
  name: 'prepaid-region',
  class: 'innocent',
  description: 'prepaid-card region: one card range, one carrier, one local mail service, own cards',
  knobs: groupKnobs(120, 1),
  plan: (context) =>
    groupsOf(context, 'prepaid-region', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const { bin } = pick(random, world.issuers)
      const domain = mailDomain(random)
      const wish = {
        region,
        isMachine: false,
        createdBetween: [world.startMs - 120 * DAY_MS, world.endMs - DAY_MS] as const,
      }
      return people(context, { network, kind, count: knobs.accounts, wish: { ...wish, domain } }, (person) => ({
        registration: { plan: pick(random, ['payg', 'pro']) },
        payments: [newCard(world, random, { region, bin, fromMs: person.registration.createdAtMs })],
        places: [world.addPlace(mobilePlace(world.internet, random, region)), person.places[0] as number],
      }))
    }),
})

/** Users of a popular virtual-card service: one card range, a card per subscription, nothing else in common. */
export const virtualCards = defineScenario({
  name: 'virtual-cards',
  class: 'innocent',
  description: 'popular virtual-card issuer: strangers with cards of one range',
  knobs: groupKnobs(120, 1),
  plan: (context) =>
    groupsOf(context, 'virtual-cards', (network, kind) => {
      const { world, random, knobs } = context
      const bins = [pick(random, world.issuers).bin, pick(random, world.issuers).bin]
      return people(context, { network, kind, count: knobs.accounts }, (person) => ({
        registration: { plan: pick(random, ['payg', 'pro', 'team']) },
        payments: [
          newCard(world, random, {
            region: person.region,
            bin: pick(random, bins),
            fromMs: person.registration.createdAtMs,
          }),
        ],
      }))
    }),
})

/** One researcher with a few accounts in the open: one device, one VPN, one card. */
export const researcher = defineScenario({
  name: 'researcher',
  class: 'innocent',
  description: 'one person with three accounts: one device, one card, long tenure',
  knobs: { groups: knob('groups', 4, [1, 10_000], 'people') },
  plan: (context) =>
    groupsOf(context, 'researcher', (network, kind) => {
      const { world, random } = context
      const region = someRegion(random)
      const card = newCard(world, random, { region, fromMs: world.startMs - 600 * DAY_MS })
      const device = newDevice(world, random, CLIENT.cli)
      const home = world.addPlace(homePlace(world.internet, random, region))
      const wish = {
        region,
        isMachine: false,
        createdBetween: [world.startMs - 700 * DAY_MS, world.startMs - 200 * DAY_MS] as const,
      }
      return people(context, { network, kind, count: 3, wish }, (person) => ({
        registration: { plan: 'pro' },
        payments: [{ ...card, fromMs: person.registration.createdAtMs }],
        places: [home, home, ...person.places.slice(3)],
        devices: [device, device, ...person.devices.slice(0, 1)],
      }))
    }),
})
