import { homePlace } from '../addresses.ts'
import { newDevice } from '../belongings.ts'
import { newCard } from '../cards.ts'
import { CLIENT, PURPOSE } from '../catalog.ts'
import { hex, numbers } from '../draw.ts'
import { type AccountPlan, defineScenario, knob } from '../plan.ts'
import { asWorkers, extractionJob, queueOver } from './jobs.ts'
import { beforeWindow, createRing, ringClient } from './ring.ts'

/**
 * Accounts in a row, each tied to the next by one value only: a card, then a device, then an address, and so on.
 * No two kinds of tie coincide; every account otherwise has its own values. Tests that thin links carry through.
 * Construction by judgement; rate: 13 requests/account/day (report of 10 September 2026, GTG-16008).
 */
export const chain = defineScenario({
  name: 'chain',
  class: 'fraud',
  description: 'chain: first and second share a card, second and third a device, third and fourth an address',
  knobs: {
    accounts: knob('accounts', 10, [3, 1000], 'length of the chain'),
    rate: knob('requests/account/day', 13, [0.1, 2000], 'mean volume'),
  },
  plan: ({ world, random, knobs, nextNetwork }) => {
    const ring = createRing(world, random, {
      network: nextNetwork(),
      kind: 'chain',
      accounts: knobs.accounts,
      accountsPerCard: 1,
      accountsPerDevice: 1,
      client: ringClient(random),
      exitBlocks: 0,
      bursts: 1,
      createdBetween: beforeWindow(world),
      strength: 0,
      missing: 0,
    })
    const links = numbers(ring.length).map((i) => ({
      card: newCard(world, random, {
        region: ring[i]?.region ?? 0,
        fromMs: ring[i]?.registration.createdAtMs ?? world.startMs,
      }),
      device: newDevice(world, random, CLIENT.cli, hex(random, 16)), // the tie: never a container image's
      place: world.addPlace({ ...homePlace(world.internet, random, ring[i]?.region ?? 0), churn: 0 }),
    }))
    const accounts = asWorkers(ring.map((account, i) => tied(tied(account, i, links), i - 1, links)))
    const dispatches = accounts.map((account) =>
      queueOver(world, [account], {
        policy: 'random',
        requestsPerDay: knobs.rate,
        jobs: [extractionJob(world, random, 1, PURPOSE.reasoning)],
        failoverShare: 0,
      }),
    )
    return { accounts, dispatches }
  },
})

type Link = { readonly card: AccountPlan['payments'][number]; readonly device: number; readonly place: number }

/** The account with link `i` of the chain; kinds of tie take turns. */
function tied(account: AccountPlan, i: number, links: readonly Link[]): AccountPlan {
  const link = links[i]
  if (!link || i === links.length - 1) return account
  if (i % 3 === 0) return { ...account, payments: [{ ...link.card, fromMs: account.registration.createdAtMs }] }
  if (i % 3 === 1) return { ...account, devices: [link.device] }
  return { ...account, places: [link.place] }
}
