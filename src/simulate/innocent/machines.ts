import { CHURN, cloudPlace } from '../addresses.ts'
import { newDevice, ownTemplate } from '../belongings.ts'
import { newCard } from '../cards.ts'
import { CLIENT, MODEL, PURPOSE } from '../catalog.ts'
import { between, chance, hex, logNormal, numbers, pick, weighted } from '../draw.ts'
import { ownDomain } from '../names.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { groupKnobs, groupsOf, people, someRegion } from './group.ts'

/** Build runners: one payer, one image, one or two templates, all day and night from a data centre. */
export const ciFarm = defineScenario({
  name: 'ci-farm',
  class: 'innocent',
  description: 'CI farm: one payer, one container image, regular, round the clock, data-centre egress',
  knobs: {
    ...groupKnobs(20, 2),
    declared: knob('share', 0.5, [0, 1], 'share of farms that declare an organization_id'),
  },
  plan: (context) =>
    groupsOf(context, 'ci-farm', (network, kind) => {
      const { world, random, knobs } = context
      const region = someRegion(random)
      const organizationId = chance(random, knobs.declared) ? `org_${hex(random, 10)}` : ''
      const card = newCard(world, random, { region, fromMs: world.startMs - 300 * DAY_MS })
      const device = newDevice(world, random, pick(random, [CLIENT.python, CLIENT.go, CLIENT.node]), hex(random, 16))
      const places = numbers(3).map(() => world.addPlace(cloudPlace(world.internet, random, CHURN.session)))
      const templates = numbers(2).map(() => ownTemplate(world, random))
      const wish = { region, domain: ownDomain(random), isMachine: true }
      return people(context, { network, kind, count: knobs.accounts, wish }, (person, i) => ({
        registration: { organizationId, plan: 'team', email: `build-${i + 1}@${wish.domain}` },
        payments: [{ ...card, fromMs: person.registration.createdAtMs }],
        devices: [device],
        places,
        templates,
        behaviour: {
          requestsPerDay: logNormal(random, 60, 0.3),
          activeShare: 1,
          regularity: 0.8,
          daySigma: 0.15,
          profile: world.addProfile('always', 0),
          weekend: 0.9,
          bannedMs: null,
        },
      }))
    }),
})

/** Strangers with scheduled jobs on the hour: they coincide without knowing each other. */
export const cronFleet = defineScenario({
  name: 'cron-fleet',
  class: 'innocent',
  description: 'cron fleet: strangers whose jobs start on the hour',
  knobs: groupKnobs(80, 1),
  plan: (context) =>
    groupsOf(context, 'cron-fleet', (network, kind) => {
      const { random, knobs } = context
      return people(context, { network, kind, count: knobs.accounts, wish: { isMachine: true } }, () => ({
        behaviour: {
          periodSeconds: weighted(random, [
            [900, 1],
            [3600, 6],
            [86_400, 2],
          ] as const),
          phaseSeconds: weighted(random, [
            [0, 6],
            [1800, 1],
            [7200, 2],
          ] as const),
          requestsPerDay: between(random, 20, 120),
          activeShare: 1,
          regularity: 1,
          bannedMs: null,
        },
      }))
    }),
})

/** Teams that use more than anybody, for themselves; one client can be 16 % of a service (ServeGen 2025). */
export const heavyUser = defineScenario({
  name: 'heavy-user',
  class: 'innocent',
  description: 'heavy single users: thousands of requests a day from one account',
  knobs: { ...groupKnobs(6, 1), rate: knob('requests/account/day', 1500, [1, 200_000], 'median volume') },
  plan: (context) =>
    groupsOf(context, 'heavy-user', (network, kind) => {
      const { random, knobs } = context
      return people(context, { network, kind, count: knobs.accounts, wish: { isMachine: true } }, () => ({
        registration: { plan: pick(random, ['payg', 'enterprise']) },
        behaviour: {
          requestsPerDay: logNormal(random, knobs.rate, 0.6),
          sessionRequests: 40,
          gapSeconds: 2,
          activeShare: 1,
          bannedMs: null,
        },
      }))
    }),
})

/** A public test suite run by strangers: the same prompts under the same harness, often on release day. */
export const evaluation = defineScenario({
  name: 'evaluation',
  class: 'innocent',
  description: 'evaluation suite: strangers who run one public suite, same prompts and harness, on release day',
  knobs: { ...groupKnobs(12, 1), prompts: knob('prompts', 400, [10, 100_000], 'size of the suite') },
  plan: (context) =>
    groupsOf(context, 'evaluation', (network, kind) => {
      const { world, random, knobs } = context
      const harness = ownTemplate(world, random, PURPOSE.suite)
      const promptPool = world.newKey()
      return people(context, { network, kind, count: knobs.accounts, wish: { isMachine: true } }, () => ({
        templates: [harness],
        models: [MODEL.base, MODEL.pro, MODEL.max],
        devices: [newDevice(world, random, CLIENT.python)],
        behaviour: {
          promptPool,
          promptPoolSize: knobs.prompts,
          promptShare: 0.95,
          activeShare: 0.3,
          requestsPerDay: between(random, 20, 80),
          sessionRequests: 60,
          pivotMs: world.releaseMs + random.below(DAY_MS),
          pivotShare: 0.9,
          bannedMs: null,
        },
      }))
    }),
})
