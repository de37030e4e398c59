import { poissonTail } from '../chance.ts'
import { isOneOrganization } from '../declared.ts'
import type { GroupEvents } from '../group-events.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'

/** Bits at most: the cap of the family. */
const MOST_BITS = 12

/** Replays without which it is an accident, such as one conversation that somebody passed on. */
const MIN_REPLAYS = 3
const MIN_ACCOUNTS = 2

/** Replays of one signature in 10,000 are granted to strangers even if none was seen. */
const LEAST_RATE = 1e-4

/** Reasoning that the model signed for one account is sent back by another: a trace was carried between them. */
export const signatureReplay: OrderSignal = {
  id: 'signature-replay',
  family: 'purpose',
  title: 'Signed reasoning replayed',
  why: 'The signature of a reasoning trace belongs to one conversation; on another account it means that traces are collected and fed back.',
  statistic: 'reasoning signatures seen first on one member and later on another, beside the same rate among strangers',
  innocentCauses: ['a conversation that was shared or forked', 'a team that moved its sessions to another key'],
  role: 'pattern',
  needs: ['signature_hash'],
  measure,
}

function measure({ set, events, background }: OrderInput): Finding | null {
  if (isOneOrganization(set) || !events.signature.some((each) => each >= 0)) return null
  const inside = replaysOf(events)
  const outside = replaysOf(background)
  const rate = Math.max(LEAST_RATE, outside.replays / Math.max(1, outside.signatures))
  const expected = rate * inside.signatures
  const statistic = `replays ${inside.replays}, by chance ${expected.toFixed(2)}`
  const summary = `${inside.replays} of ${inside.signatures} reasoning signatures came back from another of ${inside.accounts} accounts`
  if (inside.replays < MIN_REPLAYS || inside.accounts < MIN_ACCOUNTS) return nothing(statistic, summary)
  const p = poissonTail(inside.replays, expected)
  return {
    bits: Math.min(MOST_BITS, -Math.log2(p)),
    p,
    hasEffect: inside.replays >= 3 * expected,
    statistic,
    summary,
    accounts: inside.accounts,
  }
}

/** Signatures, those that another account sent later, and the accounts on both ends. */
function replaysOf({ count, signature, member }: GroupEvents) {
  const owner = new Map<number, number>()
  const replayed = new Set<number>()
  const accounts = new Set<number>()
  for (let i = 0; i < count; i++) {
    if (signature[i]! < 0) continue
    const first = owner.get(signature[i]!)
    if (first === undefined) owner.set(signature[i]!, member[i]!)
    else if (first !== member[i]) {
      replayed.add(signature[i]!)
      accounts.add(first).add(member[i]!)
    }
  }
  return { signatures: owner.size, replays: replayed.size, accounts: accounts.size }
}
