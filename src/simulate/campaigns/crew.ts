import { PURPOSE } from '../catalog.ts'
import { defineScenario, knob } from '../plan.ts'
import { asWorkers, extractionJob, queueOver, ringKnobs } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * A small crew whose accounts start the same jobs at the same moments.
 *
 * Rate: 282 requests/account/day, 770,609 in ten days over 273 rotated accounts (report of 10
 * September 2026, GTG-16006); synchronised traffic: report of 23 February 2026.
 */
export const crew = defineScenario({
  name: 'crew',
  class: 'fraud',
  description: 'small synchronous crew: the same jobs at the same moments, shared cards, devices and template',
  knobs: {
    ...ringKnobs({ accounts: 12, rate: 282, perCard: 4, perDevice: 3, exitBlocks: 2, bursts: 1 }),
    jitter: knob('s', 20, [0, 3600], 'width of the scatter around a common start'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const ring = createRing(world, random, {
      network: nextNetwork(),
      kind: 'crew',
      accounts: knobs.accounts,
      accountsPerCard: knobs.perCard,
      accountsPerDevice: knobs.perDevice,
      client: ringClient(random),
      exitBlocks: knobs.exitBlocks,
      bursts: knobs.bursts,
      createdBetween: beforeWindow(world),
      strength: knobs.strength,
      missing: knobs.missing,
    })
    const accounts = asWorkers(ring)
    const dispatch = queueOver(world, accounts, {
      policy: 'sync',
      requestsPerDay: knobs.rate * accounts.length,
      jobs: [extractionJob(world, random, 1, PURPOSE.cleaning)],
      sessionRequests: Math.max(1.5, Math.min(12, knobs.rate / 4)),
      gapSeconds: 8,
      jitterSeconds: knobs.jitter,
      profile: world.addProfile('waking', 5),
    })
    return { accounts, dispatches: [dispatch] }
  },
})
