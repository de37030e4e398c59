import type { Random } from '../../random.ts'
import { PURPOSE } from '../catalog.ts'
import { between, chance, numbers } from '../draw.ts'
import { type AccountPlan, defineScenario, knob } from '../plan.ts'
import { DAY_MS, HOUR_MS } from '../time.ts'
import { asWorkers, extractionJob, paraphraseKnob, queuesWithRewording, ringKnobs } from './jobs.ts'
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
    paraphrase: paraphraseKnob,
    carry: knob('share', 0.05, [0, 1], 'share of a new wave that goes on with a card or device of the wave before'),
    waves: knob('waves', 3, [2, 12], 'pools one after another; each ends in a ban'),
    gap: knob('h', 3, [0, 240], 'hours from a ban to the next sign-ups'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const network = nextNetwork()
    const client = ringClient(random)
    const jobs = numbers(2).map(() => extractionJob(world, random, 1, PURPOSE.grading))
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
        missing: knobs.missing,
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
    const dispatches = queuesWithRewording(world, random, carried(random, accounts, knobs), {
      rate: knobs.rate,
      jobs,
      paraphrase: knobs.paraphrase,
      purpose: PURPOSE.grading,
      sessionRequests: 10,
      gapSeconds: 8,
    })
    return { accounts: dispatches.flatMap((each) => each.members), dispatches }
  },
})

/** Some of each new wave with a card or a device of the wave before: what an operator had left over. */
function carried(
  random: Random,
  accounts: readonly AccountPlan[],
  { carry, waves }: { readonly carry: number; readonly waves: number },
): AccountPlan[] {
  const size = accounts.length / Math.round(waves)
  return accounts.map((account, i) => {
    const wave = Math.floor(i / size)
    if (wave === 0 || !chance(random, carry)) return account
    const former = accounts[Math.floor((wave - 1) * size) + random.below(Math.floor(size))] as AccountPlan
    if (chance(random, 0.5)) return { ...account, devices: former.devices }
    const { createdAtMs } = account.registration
    return { ...account, payments: former.payments.map((card) => ({ ...card, fromMs: createdAtMs })) }
  })
}
