import { hypergeometricTail } from '../chance.ts'
import type { GroupEvents } from '../group-events.ts'
import { type Finding, nothing, type OrderInput, type OrderSignal } from '../order-signal.ts'

/** Bits at most: the cap of the family. */
const MOST_BITS = 4

const DAY_MS = 86_400_000

/** A model that is not seen in the log's first days was released in it. */
const MIN_LEAD_MS = 2 * DAY_MS

/** The release is when this many accounts have asked the model: one early request may be a mistake or a preview. */
const EARLY_ACCOUNTS = 5

/** Requests an account must make on the first day to be counted, and the share of them that makes it a switch. */
const MIN_REQUESTS = 5
const SWITCHED_SHARE = 0.3

/** Accounts that must be countable on both sides, the share of the group that switches, and its lift over strangers. */
const MIN_ACCOUNTS = 5
const MIN_GROUP_SHARE = 0.5
const MIN_LIFT = 3

/** Releases tested; the one with the most requests first. */
const MAX_MODELS = 4

/** Within a day of a release the group asks the new model, far more than everybody else does. */
export const releasePivot: OrderSignal = {
  id: 'release-pivot',
  family: 'lifecycle',
  title: 'Turns to a new model at once',
  why: 'Who copies a model wants the newest one the day it appears; products change models when they have been tested.',
  statistic:
    "share of accounts that send 30 % of their requests to a new model on its first day, beside strangers (Fisher's exact test over accounts)",
  innocentCauses: ['enthusiasts on release day', 'an evaluation suite', 'a client that always takes the newest model'],
  role: 'corroborator',
  needs: ['model'],
  measure,
}

function measure({ events, background }: OrderInput): Finding | null {
  const releases = releasesOf(events, background)
  if (releases.length === 0) return null
  const tests = releases.map(({ model, atMs }) => {
    const group = switchesOf(events, model, atMs)
    const strangers = switchesOf(background, model, atMs)
    const p = hypergeometricTail(
      group.switched,
      group.counted,
      group.switched + strangers.switched,
      group.counted + strangers.counted,
    )
    return { model, group, strangers, p }
  })
  const best = tests.reduce((a, b) => (b.p < a.p ? b : a))
  const { group, strangers } = best
  if (group.counted < MIN_ACCOUNTS || strangers.counted < MIN_ACCOUNTS) return null
  const share = group.switched / group.counted
  const lift = (group.switched + 0.5) / (group.counted + 1) / ((strangers.switched + 0.5) / (strangers.counted + 1))
  const statistic = `switched share ${share.toFixed(2)}, of strangers ${(strangers.switched / strangers.counted).toFixed(2)}`
  const summary = `${group.switched} of ${group.counted} accounts turned to ${events.models[best.model]} on its first day, ${strangers.switched} of ${strangers.counted} strangers`
  if (share < MIN_GROUP_SHARE || lift < MIN_LIFT) return nothing(statistic, summary)
  return {
    bits: Math.min(MOST_BITS, Math.log2(lift)),
    p: Math.min(1, best.p * releases.length),
    hasEffect: true,
    statistic,
    summary,
    accounts: group.switched,
  }
}

interface Release {
  readonly model: number
  readonly atMs: number
}

/** Models that begin inside the log, by requests. */
function releasesOf(events: GroupEvents, background: GroupEvents): readonly Release[] {
  const requests = new Map<number, number>()
  const early = new Map<number, Map<number, number>>()
  let fromMs = Number.POSITIVE_INFINITY
  for (const { count, atMs, model, member, accounts } of [events, background]) {
    for (let i = 0; i < count; i++) {
      fromMs = Math.min(fromMs, atMs[i]!)
      if (model[i]! < 0) continue
      requests.set(model[i]!, (requests.get(model[i]!) ?? 0) + 1)
      const users = early.get(model[i]!) ?? new Map<number, number>()
      early.set(model[i]!, users)
      const account = accounts[member[i]!]!
      if (!users.has(account)) users.set(account, atMs[i]!)
    }
  }
  return [...early]
    .filter(([, users]) => users.size >= EARLY_ACCOUNTS)
    .map(([model, users]) => ({ model, atMs: [...users.values()].sort((a, b) => a - b)[EARLY_ACCOUNTS - 1]! }))
    .filter(({ atMs }) => atMs >= fromMs + MIN_LEAD_MS)
    .sort((a, b) => requests.get(b.model)! - requests.get(a.model)! || a.model - b.model)
    .slice(0, MAX_MODELS)
}

/** Accounts with enough requests on the first day of the model, and those of them that switched. */
function switchesOf(events: GroupEvents, model: number, releasedMs: number) {
  const all = new Int32Array(events.accounts.length)
  const fresh = new Int32Array(events.accounts.length)
  for (let i = 0; i < events.count; i++) {
    if (events.atMs[i]! < releasedMs || events.atMs[i]! >= releasedMs + DAY_MS) continue
    all[events.member[i]!]!++
    if (events.model[i] === model) fresh[events.member[i]!]!++
  }
  const counted = all.reduce((n, each) => n + (each >= MIN_REQUESTS ? 1 : 0), 0)
  const switched = all.reduce(
    (n, each, i) => n + (each >= MIN_REQUESTS && fresh[i]! >= SWITCHED_SHARE * each ? 1 : 0),
    0,
  )
  return { counted, switched }
}
