import { PURPOSE } from '../catalog.ts'
import { numbers } from '../draw.ts'
import { defineScenario, knob } from '../plan.ts'
import { asWorkers, extractionJob, paraphraseKnob, queuesWithRewording, ringKnobs } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * Extraction by a private pipeline: one queue of tasks under fixed templates over accounts with shared payment methods.
 *
 * Rate: 25.6 requests/account/day, 28.8 M exchanges over about 25,000 accounts in 45 days
 * (letter of 10 June 2026); shared payment methods and coordinated timing: report of 23 February 2026.
 */
export const pipeline = defineScenario({
  name: 'pipeline',
  class: 'fraud',
  description: 'extraction pipeline: fixed private templates, shared cards and devices, burst sign-ups, rented exits',
  knobs: {
    ...ringKnobs({ accounts: 60, rate: 25.6, perCard: 6, perDevice: 5, exitBlocks: 4, bursts: 3 }),
    templates: knob('templates', 2, [1, 50], 'private templates of the pipeline'),
    paraphrase: paraphraseKnob,
    random: knob('0/1', 0, [0, 1], '1: random instead of least-recently-used dispatch'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const ring = createRing(world, random, {
      network: nextNetwork(),
      kind: 'pipeline',
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
    const jobs = numbers(knobs.templates).map(() => extractionJob(world, random, 1, PURPOSE.reasoning))
    const accounts = asWorkers(ring)
    const dispatches = queuesWithRewording(world, random, accounts, {
      policy: knobs.random >= 0.5 ? 'random' : 'lru',
      jobs,
      rate: knobs.rate,
      paraphrase: knobs.paraphrase,
      purpose: PURPOSE.reasoning,
    })
    return { accounts, dispatches }
  },
})
