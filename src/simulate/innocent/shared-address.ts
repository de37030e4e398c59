import { CHURN, mobilePlace, officePlace, type Place, tunnelPlace } from '../addresses.ts'
import { REGIONS } from '../catalog.ts'
import { numbers, pick } from '../draw.ts'
import { defineScenario, knob } from '../plan.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** Strangers who work in the same building: one address, nothing else in common. */
export const office = defineScenario({
  name: 'office',
  class: 'innocent',
  description: 'people behind one office address, each with a private account',
  knobs: groupKnobs(40, 2),
  plan: (context) =>
    groupsOf(context, 'office', (network, kind) => {
      const { world, random } = context
      const region = someRegion(random)
      const place = world.addPlace(officePlace(world.internet, random, region))
      return people(
        context,
        { network, kind, count: context.knobs.accounts, wish: { region, isMachine: false } },
        (person) => ({
          places: [place, place, person.places[0] as number],
        }),
      )
    }),
})

/** Freelancers and small firms in a co-working house: one address by day, homes by night. */
export const coworking = defineScenario({
  name: 'coworking',
  class: 'innocent',
  description: 'co-working house: one office address, otherwise strangers',
  knobs: groupKnobs(60, 1),
  plan: (context) =>
    groupsOf(context, 'coworking', (network, kind) => {
      const { world, random } = context
      const region = someRegion(random)
      const place = world.addPlace(officePlace(world.internet, random, region, 2))
      return people(context, { network, kind, count: context.knobs.accounts, wish: { region } }, (person) => ({
        places: [place, place, ...person.places],
      }))
    }),
})

/** Customers of one public VPN: dozens of exits for everybody, from all regions. */
export const vpn = defineScenario({
  name: 'vpn',
  class: 'innocent',
  description: 'users of one public VPN service: strangers on the same few exits',
  knobs: groupKnobs(150, 1),
  plan: (context) =>
    groupsOf(context, 'vpn', (network, kind) => {
      const { world, random } = context
      const service = random.below(world.internet.tunnels.length)
      return people(context, { network, kind, count: context.knobs.accounts }, () => ({
        places: [world.addPlace(tunnelPlace(world.internet, random, service))],
      }))
    }),
})

/**
 * Phone users behind carrier-grade NAT: hundreds to thousands of people per IPv4 address
 * (Cloudflare, "One IP address, many users", 29 October 2025).
 */
export const carrierNat = defineScenario({
  name: 'carrier-nat',
  class: 'innocent',
  description: 'phone users behind carrier-grade NAT: strangers on very few addresses',
  knobs: { ...groupKnobs(300, 1), addresses: knob('addresses', 8, [1, 256], 'addresses of the NAT') },
  plan: (context) =>
    groupsOf(context, 'carrier-nat', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const pool = natPool(
        mobilePlace(world.internet, random, region),
        pick(random, world.internet.carriers[region] ?? []).v4.base,
        knobs.addresses,
      )
      const place = world.addPlace(pool)
      return people(
        context,
        { network, kind, count: knobs.accounts, wish: { region, isMachine: false } },
        (person) => ({
          places: [place, place, place, ...person.places.slice(0, 1)],
        }),
      )
    }),
})

const natPool = (place: Place, base: number, addresses: number): Place => ({
  ...place,
  family: 4,
  base,
  span: addresses,
  isPerAccount: true,
  churn: CHURN.session,
})

/** A university: thousands behind a handful of addresses, one mail domain for most, cards of their own. */
export const campus = defineScenario({
  name: 'campus',
  class: 'innocent',
  description: 'campus: many people behind few addresses, the university mail domain, own cards',
  knobs: { ...groupKnobs(300, 1), addresses: knob('addresses', 4, [1, 64], 'public addresses of the campus') },
  plan: (context) =>
    groupsOf(context, 'campus', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const place = world.addPlace(officePlace(world.internet, random, region, Math.max(2, knobs.addresses)))
      const town = pick(random, ['northvale', 'eastmere', 'lakeholm', 'oldbridge'])
      const domain = `${pick(random, ['students', 'uni', 'mail', 'cs'])}.${town}-${random.below(900)}.example`
      const profile = world.addProfile('student', REGIONS[region]?.zoneHours ?? 0)
      return numbers(knobs.accounts).flatMap(() => {
        const isStudent = random.next() < 0.7
        const wish = { region, isMachine: false, ...(isStudent ? { domain } : {}) }
        return people(context, { network, kind, count: 1, wish }, (person) => ({
          places: [place, place, ...person.places],
          behaviour: { profile },
        }))
      })
    }),
})
