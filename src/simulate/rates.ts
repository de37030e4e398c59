import type { SimulateOptions } from './options.ts'
import type { AccountPlan, DispatchPlan } from './plan.ts'
import { DAY_MS } from './time.ts'

/** Accounts and the queues that feed some of them. */
export interface Population {
  readonly accounts: readonly AccountPlan[]
  readonly dispatches: readonly DispatchPlan[]
}

/** Requests that an account is expected to make inside the window. */
export function expectedRequests(options: SimulateOptions, account: AccountPlan): number {
  const { behaviour } = account
  const endMs = options.startMs + options.days * DAY_MS
  const openMs =
    Math.min(behaviour.toMs, behaviour.bannedMs ?? endMs, endMs) - Math.max(behaviour.fromMs, options.startMs)
  return (behaviour.requestsPerDay * Math.max(0, openMs)) / DAY_MS
}

/** Requests that accounts are expected to make together. */
export const expectedOf = (options: SimulateOptions, accounts: readonly AccountPlan[]): number =>
  accounts.reduce((sum, account) => sum + expectedRequests(options, account), 0)

/** What scenarios want, of innocent kinds or of the others. */
export const demandOf = (options: SimulateOptions, planned: Population, isInnocent: boolean): number =>
  expectedOf(
    options,
    planned.accounts.filter((each) => !each.isDispatched && (each.class === 'innocent') === isInnocent),
  ) +
  planned.dispatches
    .filter((each) => (each.members[0]?.class === 'innocent') === isInnocent)
    .reduce((sum, each) => sum + queuedRequests(options, each), 0)

/** Requests that a queue is expected to feed to its members inside the window. */
export const queuedRequests = (options: SimulateOptions, plan: DispatchPlan): number =>
  (expectedOf(
    options,
    plan.members.map((each) => withRate(each, 1 / each.behaviour.requestsPerDay)),
  ) *
    plan.requestsPerDay) /
  Math.max(1, plan.members.length)

/** The account made busier or quieter; quieter means fewer and shorter sessions alike. */
export function withRate(account: AccountPlan, factor: number): AccountPlan {
  if (factor === 1) return account
  const { behaviour } = account
  const sessionRequests = Math.max(1, behaviour.sessionRequests * Math.min(1, Math.sqrt(factor)))
  return { ...account, behaviour: { ...behaviour, sessionRequests, requestsPerDay: behaviour.requestsPerDay * factor } }
}

/** The account with at most so many requests per day. */
export const capRate = (account: AccountPlan, most: number): AccountPlan =>
  account.behaviour.requestsPerDay <= most
    ? account
    : { ...account, behaviour: { ...account.behaviour, requestsPerDay: most } }
