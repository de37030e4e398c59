import { CHURN } from '../addresses.ts'
import { newCard } from '../cards.ts'
import { PURPOSE } from '../catalog.ts'
import { between, chance, numbers, pick } from '../draw.ts'
import { type AccountPlan, defineScenario, knob } from '../plan.ts'
import { createPerson } from '../population.ts'
import { DAY_MS } from '../time.ts'
import { asWorkers, extractionJob, queueOver } from './jobs.ts'

/**
 * The hard case: a virtual card each, a device each, a household exit of its own that nobody else ever has, sign-ups
 * spread over half a year in ordinary shapes, reworded templates and no common queue. What is left: the cards' common
 * range or run of numbers, and what is asked. Virtual cards and residential
 * proxies: report of 10 September 2026, GTG-16005.
 */
export const adaptive = defineScenario({
  name: 'adaptive',
  class: 'fraud',
  description: 'adaptive: a virtual card each of one range, own devices, exits that never overlap, reworded templates',
  knobs: {
    accounts: knob('accounts', 60, [2, 30_000], 'size of the network'),
    rate: knob('requests/account/day', 25.6, [0.1, 2000], 'mean volume'),
    runs: knob('cards/run', 8, [1, 100], 'cards issued in one order: consecutive last four digits, one expiry'),
    paraphrase: knob('share', 0.8, [0, 1], 'share of accounts with a wording of their own'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const network = nextNetwork()
    const bins = numbers(2).map(() => pick(random, world.issuers).bin)
    const order = { bin: '', last4: 0, expiry: '' }
    const accounts = asWorkers(
      numbers(knobs.accounts).map((i): AccountPlan => {
        const createdMs = between(random, world.startMs - 180 * DAY_MS, world.startMs - DAY_MS)
        const person = createPerson(world, random, { isMachine: false, createdBetween: [createdMs, createdMs] })
        const own = newCard(world, random, {
          region: person.region,
          fromMs: person.registration.createdAtMs,
          bin: pick(random, bins),
        })
        if (i % Math.round(knobs.runs) === 0)
          Object.assign(order, { bin: own.bin, last4: Number(own.last4), expiry: own.expiry })
        order.last4 = (order.last4 + 1) % 10_000
        return {
          ...person,
          network,
          class: 'fraud',
          kind: 'adaptive',
          registration: { ...person.registration, plan: pick(random, ['pro', 'pro', 'payg']) },
          payments: [{ ...own, bin: order.bin, expiry: order.expiry, last4: String(order.last4).padStart(4, '0') }],
          places: [ownExit(world, random)],
          behaviour: { ...person.behaviour, fromMs: world.startMs, toMs: world.endMs, bannedMs: null },
        }
      }),
    )
    const common = extractionJob(world, random, 1, PURPOSE.reasoning)
    const dispatches = accounts.map((account) =>
      queueOver(world, [account], {
        policy: 'random',
        requestsPerDay: knobs.rate,
        jobs: [chance(random, knobs.paraphrase) ? extractionJob(world, random, 1, PURPOSE.reasoning) : common],
        profile: account.behaviour.profile,
        failoverShare: 0,
      }),
    )
    return { accounts, dispatches }
  },
})

/** A household line nobody else has: one /48 of an ordinary provider, a new host part by the day. */
function ownExit(world: Parameters<typeof createPerson>[0], random: Parameters<typeof createPerson>[1]): number {
  const provider = pick(random, world.internet.homes.flat()).v6
  return world.addPlace({
    ...provider,
    base: provider.base + random.below(provider.span),
    span: 1,
    isPerAccount: false,
    churn: CHURN.fixed,
  })
}
