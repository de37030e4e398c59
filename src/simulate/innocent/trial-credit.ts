import { missingKnob } from '../campaigns/gaps.ts'
import { createRing } from '../campaigns/ring.ts'
import { CLIENT, MODEL } from '../catalog.ts'
import { between, numbers } from '../draw.ts'
import { defineScenario, knob } from '../plan.ts'
import { DAY_MS } from '../time.ts'
import { changed } from './group.ts'

/**
 * Trial-credit abuse: one hand, many sign-ups, each used a little for ordinary things until the credit ends.
 * Common control without extraction (class `abuse`). More than one in six AI sign-ups (Stripe Radar, 27 May 2026).
 */
export const trialCredit = defineScenario({
  name: 'trial-credit',
  class: 'abuse',
  description:
    'trial-credit abusers: shared cards and devices, patterned sign-ups, little ordinary use, stop with the credit',
  knobs: {
    accounts: knob('accounts', 12, [2, 5000], 'accounts of each abuser'),
    groups: knob('groups', 3, [1, 2000], 'abusers'),
    missing: missingKnob,
    credit: knob('requests', 40, [1, 5000], 'requests that a credit pays for'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => ({
    accounts: numbers(knobs.groups).flatMap(() => {
      const spanMs = Math.max(DAY_MS, world.endMs - world.startMs - 3 * DAY_MS)
      const ring = createRing(world, random, {
        network: nextNetwork(),
        kind: 'trial-credit',
        accounts: knobs.accounts,
        accountsPerCard: 6,
        accountsPerDevice: 12,
        client: CLIENT.browser,
        exitBlocks: 0,
        bursts: Math.ceil(knobs.accounts / 4),
        createdBetween: [world.startMs, world.startMs + spanMs],
        strength: 1,
        missing: knobs.missing,
      })
      return ring.map((account) => {
        const fromMs = Math.max(world.startMs, account.registration.createdAtMs)
        return changed(account, {
          class: 'abuse',
          models: [MODEL.base, MODEL.mini],
          registration: { plan: 'trial' },
          behaviour: {
            fromMs,
            toMs: Math.min(world.endMs, fromMs + 2 * DAY_MS),
            requestsPerDay: knobs.credit * between(random, 0.35, 0.5),
            activeShare: 1,
            bannedMs: null,
            pivotMs: null,
          },
        })
      })
    }),
  }),
})
