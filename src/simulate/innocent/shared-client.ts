import { cloudPlace, officePlace } from '../addresses.ts'
import { frameworkTemplate, newDevice, ownTemplate } from '../belongings.ts'
import { customerJobs, queueOver } from '../campaigns/jobs.ts'
import { newCard } from '../cards.ts'
import { CLIENT } from '../catalog.ts'
import { between, chance, hex, numbers, pick } from '../draw.ts'
import { localPart, ownDomain, personName } from '../names.ts'
import { type AccountPlan, type DispatchPlan, defineScenario, knob } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** Users of one agent framework: published template and tools, one user agent, thousands of unrelated payers. */
export const framework = defineScenario({
  name: 'framework',
  class: 'innocent',
  description: 'popular agent framework: the same template, tools and user agent over many strangers',
  knobs: { ...groupKnobs(250, 1), edits: knob('share', 0.15, [0, 1], 'share of users with own edits') },
  plan: (context) =>
    groupsOf(context, 'framework', (network, kind) => {
      const { world, random, knobs } = context
      const number = random.below(5)
      return people(context, { network, kind, count: knobs.accounts }, (person) => ({
        devices: [newDevice(world, random, CLIENT.agentkit)],
        templates: [
          frameworkTemplate(world, random, number, knobs.edits),
          ...(chance(random, 0.2) ? person.templates : []),
        ],
      }))
    }),
})

/** Users of one SDK release: user agent and handshake equal by construction. */
export const sdk = defineScenario({
  name: 'sdk',
  class: 'innocent',
  description: 'popular SDK: strangers on one pinned release with one handshake',
  knobs: groupKnobs(200, 1),
  plan: (context) =>
    groupsOf(context, 'sdk', (network, kind) => {
      const { world, random, knobs } = context
      const client = pick(random, [CLIENT.python, CLIENT.node])
      const lagDays = 30 + random.below(120)
      return people(context, { network, kind, count: knobs.accounts, wish: { isMachine: true } }, () => ({
        devices: [
          world.addDevice({
            client,
            lagDays,
            isPinned: true,
            tls: world.tlsOf(client, 0),
            fingerprint: chance(random, 0.2) ? hex(random, 16) : '',
          }),
        ],
      }))
    }),
})

/** Customers of one vendor's product, each with an account and a key of their own: same template, same client stack. */
export const vendorProduct = defineScenario({
  name: 'vendor-product',
  class: 'innocent',
  description: 'customers of one product: strangers on its template and its client stack, own cards and addresses',
  knobs: groupKnobs(70, 1),
  plan: (context) =>
    groupsOf(context, 'vendor-product', (network, kind) => {
      const { world, random, knobs } = context
      const templates = numbers(3).map(() =>
        world.addTemplate({ system: world.newKey(), tools: world.newKey(), periodDays: 25 }),
      )
      const client = pick(random, [CLIENT.java, CLIENT.node, CLIENT.go])
      return people(context, { network, kind, count: knobs.accounts }, () => ({
        registration: { plan: pick(random, ['payg', 'pro', 'team']) },
        devices: [
          world.addDevice({ client, lagDays: 20, isPinned: true, tls: world.tlsOf(client, 1), fingerprint: '' }),
        ],
        templates,
      }))
    }),
})

/** An agency: one card, one office, one SDK; its clients' work is diverse, and accounts came one by one. */
export const agency = defineScenario({
  name: 'agency',
  class: 'innocent',
  description: "agency: an account per client, one card, one office, one SDK, clients' diverse content",
  knobs: groupKnobs(12, 2),
  plan: (context) =>
    groupsOf(context, 'agency', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const card = newCard(world, random, { region, fromMs: world.startMs - 600 * DAY_MS })
      const place = world.addPlace(officePlace(world.internet, random, region))
      const domain = ownDomain(random)
      const laptops = numbers(3).map(() => newDevice(world, random, CLIENT.python))
      return people(context, { network, kind, count: knobs.accounts, wish: { region } }, (person) => ({
        registration: {
          email: `${localPart(random, personName(random))}@${chance(random, 0.5) ? domain : ownDomain(random)}`,
          plan: 'payg',
        },
        payments: [{ ...card, fromMs: person.registration.createdAtMs }],
        places: [place, place, world.addPlace(cloudPlace(world.internet, random))],
        devices: [pick(random, laptops), newDevice(world, random, CLIENT.python)],
        templates: numbers(2).map(() => ownTemplate(world, random)),
        behaviour: { bannedMs: null },
      }))
    }),
})

/** A reseller that says so: an organization_id, one payer, a dispatcher, sub-users of all kinds. */
export const declaredReseller = defineScenario({
  name: 'declared-reseller',
  class: 'innocent',
  description: 'declared reseller: organization_id and one payer, a dispatcher over its keys, diverse customers',
  knobs: { ...groupKnobs(30, 1), rate: knob('requests/account/day', 40, [1, 2000], 'mean volume') },
  plan: (context) => {
    const { world, random, knobs } = context
    const dispatches: DispatchPlan[] = []
    const group = groupsOf(context, 'declared-reseller', (network, kind) => {
      const region = someRegion(random)
      const card = newCard(world, random, { region, fromMs: world.startMs - 200 * DAY_MS })
      const organizationId = `org_${hex(random, 10)}`
      const places = numbers(2).map(() => world.addPlace(cloudPlace(world.internet, random)))
      const device = newDevice(world, random, CLIENT.go)
      const domain = ownDomain(random)
      const accounts = people(
        context,
        { network, kind, count: knobs.accounts, wish: { region, domain } },
        (person): Partial<AccountPlan> => ({
          registration: { ...person.registration, organizationId, plan: 'enterprise' },
          payments: [{ ...card, fromMs: person.registration.createdAtMs }],
          places,
          devices: [device],
          isDispatched: true,
          endUsers: Math.max(20, Math.round((knobs.accounts * knobs.rate) / 3)),
          behaviour: { ...person.behaviour, fromMs: world.startMs, toMs: world.endMs, bannedMs: null },
        }),
      )
      const requestsPerDay = knobs.rate * accounts.length
      dispatches.push(
        queueOver(world, accounts, {
          requestsPerDay,
          jobs: customerJobs(world, random, requestsPerDay),
          profile: world.addProfile('waking', 0),
          gapSeconds: between(random, 30, 70),
          replayShare: 0.01,
        }),
      )
      return accounts
    })
    return { ...group, dispatches }
  },
})
