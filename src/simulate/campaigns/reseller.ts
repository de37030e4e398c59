import { defineScenario, knob } from '../plan.ts'
import { asWorkers, customerJobs, extractionJob, queueOver, ringKnobs } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * A concealed reseller: extraction mixed into ordinary customers' traffic over the same accounts.
 *
 * A proxy network of over 20,000 accounts mixed both (report of 23 February 2026).
 * Rate: 13 requests/account/day, 400,000 in 20 days over 1,500 accounts (report of 10 September 2026,
 * GTG-16008). Mix by judgement (5–100 %).
 */
export const reseller = defineScenario({
  name: 'reseller',
  class: 'fraud',
  description: 'concealed reseller: 70 % ordinary customers, 30 % extraction over the same pool',
  knobs: {
    ...ringKnobs({ accounts: 100, rate: 13, perCard: 8, perDevice: 6, exitBlocks: 5, bursts: 5 }),
    ordinary: knob('share', 0.7, [0, 1], 'share of sessions that are ordinary customers'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const ring = createRing(world, random, {
      network: nextNetwork(),
      kind: 'reseller',
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
    const customers = customerJobs(world, random, requestsPerDay)
    const weight = customers.reduce((sum, job) => sum + job.weight, 0)
    const scaled = customers.map((job) => ({ ...job, weight: (job.weight / weight) * knobs.ordinary }))
    const extraction = knobs.ordinary < 1 ? [extractionJob(world, random, 1 - knobs.ordinary)] : []
    const dispatch = queueOver(world, accounts, {
      requestsPerDay,
      jobs: [...scaled, ...extraction],
      gapSeconds: 45,
      failoverShare: 0.03,
    })
    return { accounts, dispatches: [dispatch] }
  },
})
