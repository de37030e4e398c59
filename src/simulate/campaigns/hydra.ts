import { between, numbers } from '../draw.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS, HOUR_MS } from '../time.ts'
import { asWorkers, extractionJob, queueOver, ringKnobs } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * Replacement after bans: when a wave of accounts is closed, the next goes on with the same template and client stack
 * under a new payer.
 *
 * Rate: 857 requests/account/day at the peak, 3 M a day over 3,500 accounts; ban of the first pool, quick shift to a
 * second (report of 10 September 2026, GTG-16005).
 */
export const hydra = defineScenario({
  name: 'hydra',
  class: 'fraud',
  description: 'replacement after bans: waves that go on with template and client under a new payer',
  knobs: {
    ...ringKnobs({ accounts: 24, rate: 857, perCard: 4, perDevice: 4, exitBlocks: 3, bursts: 1 }),
    waves: knob('waves', 3, [2, 12], 'pools one after another; each ends in a ban'),
    gap: knob('h', 3, [0, 240], 'hours from a ban to the next sign-ups'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const network = nextNetwork()
    const client = ringClient(random)
    const jobs = numbers(2).map(() => extractionJob(world, random, 1))
    const waves = Math.round(knobs.waves)
    const lengthMs = (world.endMs - world.startMs) / waves
    const accounts = numbers(waves).flatMap((wave) => {
      const bannedMs = Math.floor(world.startMs + (wave + 1) * lengthMs - between(random, 0, 6 * HOUR_MS))
      const opensMs = Math.floor(world.startMs + wave * lengthMs + knobs.gap * HOUR_MS)
      const isFirst = wave === 0
      const ring = createRing(world, random, {
        network,
        kind: 'hydra',
        accounts: Math.max(1, Math.round(knobs.accounts / waves)),
        accountsPerCard: knobs.perCard,
        accountsPerDevice: knobs.perDevice,
        client,
        exitBlocks: knobs.exitBlocks,
        bursts: knobs.bursts,
        createdBetween: isFirst ? beforeWindow(world) : [opensMs, opensMs + Math.min(2 * HOUR_MS, lengthMs / 4)],
        strength: knobs.strength,
      })
      return asWorkers(ring).map((account) => {
        const fromMs = isFirst ? world.startMs : Math.max(account.behaviour.fromMs, opensMs)
        const closedMs = wave === waves - 1 ? null : bannedMs + random.below(1_200_000)
        return {
          ...account,
          behaviour: {
            ...account.behaviour,
            fromMs,
            toMs: Math.min(world.endMs, (closedMs ?? world.endMs) + DAY_MS),
            bannedMs: closedMs,
          },
        }
      })
    })
    const dispatch = queueOver(world, accounts, {
      requestsPerDay: knobs.rate * accounts.length,
      jobs,
      sessionRequests: 10,
      gapSeconds: 8,
    })
    return { accounts, dispatches: [dispatch] }
  },
})
