import { PURPOSE } from '../catalog.ts'
import { between } from '../draw.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { asWorkers, extractionJob, paraphraseKnob, queuesWithRewording, ringKnobs } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * A pipeline that turns to a new model on the day it comes out.
 *
 * "Pivot within 24 h, about half the traffic" (report of 23 February 2026).
 */
export const pivot = defineScenario({
  name: 'pivot',
  class: 'fraud',
  description: 'release pivot: within a day of a release half the traffic asks the new model',
  knobs: {
    ...ringKnobs({ accounts: 50, rate: 25.6, perCard: 5, perDevice: 5, exitBlocks: 3, bursts: 2 }),
    paraphrase: paraphraseKnob,
    share: knob('share', 0.5, [0, 1], 'share of the traffic that moves'),
    delay: knob('h', 20, [0, 240], 'hours from the release until the last account has moved'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const ring = createRing(world, random, {
      network: nextNetwork(),
      kind: 'pivot',
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
    const accounts = asWorkers(ring).map((account) => ({
      ...account,
      behaviour: {
        ...account.behaviour,
        pivotMs: Math.floor(world.releaseMs + between(random, 0, (knobs.delay / 24) * DAY_MS)),
        pivotShare: knobs.share,
      },
    }))
    const dispatches = queuesWithRewording(world, random, accounts, {
      jobs: [extractionJob(world, random, 1, PURPOSE.tags)],
      rate: knobs.rate,
      paraphrase: knobs.paraphrase,
      purpose: PURPOSE.tags,
    })
    return { accounts, dispatches }
  },
})
