import { defineScenario, knob } from '../plan.ts'
import { asWorkers, customerJobs, queueOver, ringKnobs } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * A silent relay of many users: content is diverse, but one dispatcher gives each session to the account idle longest.
 *
 * Dispatch after claude-relay-service (July 2026): least recently used, sessions
 * sticky, refused sessions sent on. Rate: 5.6 requests/account/day, 300,000 in ten days over 5,380 accounts
 * (report of 10 September 2026, GTG-16002).
 */
export const relay = defineScenario({
  name: 'relay',
  class: 'fraud',
  description: 'relay of diverse users: least-recently-used dispatch, one client tuple, shared cards and devices',
  knobs: {
    ...ringKnobs({ accounts: 80, rate: 5.6, perCard: 5, perDevice: 8, exitBlocks: 3, bursts: 4 }),
    failover: knob('share', 0.03, [0, 1], 'share of sessions that are refused once and sent on'),
    replay: knob('share', 0.03, [0, 1], 'share of sessions that replay the transcript of another, from any account'),
    random: knob('0/1', 0, [0, 1], '1: random instead of least-recently-used dispatch'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const ring = createRing(world, random, {
      network: nextNetwork(),
      kind: 'relay',
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
    const requestsPerDay = knobs.rate * accounts.length
    const dispatch = queueOver(world, accounts, {
      policy: knobs.random >= 0.5 ? 'random' : 'lru',
      requestsPerDay,
      jobs: customerJobs(world, random, requestsPerDay),
      profile: world.addProfile('waking', 8),
      gapSeconds: 60,
      failoverShare: knobs.failover,
      replayShare: knobs.replay,
    })
    return { accounts, dispatches: [dispatch] }
  },
})
