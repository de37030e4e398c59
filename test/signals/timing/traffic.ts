import type { Random } from '../../../src/random.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, type Request, START_MS } from '../order-input.ts'

/** Small worlds of 14 days in which accounts work, each the way one kind of customer does. */

export const DAYS = 14
const END_MS = START_MS + DAYS * DAY_MS
const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.next())

/** Instants of a Poisson stream, sessions a day. */
function poisson(random: Random, perDay: number): number[] {
  const found: number[] = []
  for (let at = START_MS; ; ) {
    at += exponential(random, DAY_MS / perDay)
    if (at >= END_MS) return found
    found.push(Math.floor(at))
  }
}

/** A session each `request` requests a minute apart, with an id. */
const session = (account: number, atMs: number, id: number, requests = 3): Request[] =>
  Array.from({ length: requests }, (_, i) => ({ account, atMs: atMs + i * MINUTE_MS, session: id }))

/** Strangers whose work arrives at any time, volumes log-normal with this sigma. */
export const services = (random: Random, accounts: number, perDay: number, sigma: number): Request[] =>
  Array.from({ length: accounts }, (_, account) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
    return poisson(random, perDay * Math.exp(sigma * normal)).flatMap((at, i) => session(account, at, i))
  }).flat()

/** People in an office: sessions in bursts between 9 and 18 h on workdays. */
export const office = (random: Random, accounts: number): Request[] =>
  Array.from({ length: accounts }, (_, account) =>
    poisson(random, 20)
      .filter(
        (at) =>
          (at % DAY_MS) / HOUR_MS >= 9 && (at % DAY_MS) / HOUR_MS < 18 && Math.floor((at - START_MS) / DAY_MS) % 7 < 5,
      )
      .flatMap((at, i) => session(account, at, i)),
  ).flat()

/** Jobs every `periodMs` at a minute of their own or on the hour, jittered by a share of the period. */
export const cron = (random: Random, accounts: number, periodMs: number, jitter: number, isOnHour = false): Request[] =>
  Array.from({ length: accounts }, (_, account) => {
    const phaseMs = isOnHour ? 0 : Math.floor(random.next() * periodMs)
    return Array.from({ length: Math.floor((DAYS * DAY_MS) / periodMs) }, (_, i) =>
      session(account, Math.floor(START_MS + phaseMs + i * periodMs + (random.next() - 0.5) * jitter * periodMs), i, 1),
    ).flat()
  }).flat()

/** One queue over all accounts: the one idle longest is next, `share` of the time, any at other times. */
export function queue(random: Random, accounts: number, perAccountDay: number, share = 1): Request[] {
  const last = Array.from({ length: accounts }, (_, i) => i - accounts)
  return poisson(random, accounts * perAccountDay).flatMap((at, i) => {
    const idle = last.indexOf(Math.min(...last))
    const account = random.next() < share ? idle : random.below(accounts)
    last[account] = at
    return session(account, at, i)
  })
}

/** The accounts of a script that starts all of them at the same moments, within `jitterMs`. */
export const bursts = (random: Random, accounts: number, perDay: number, jitterMs: number): Request[] =>
  poisson(random, perDay).flatMap((at, i) =>
    Array.from({ length: accounts }, (_, account) =>
      session(account, Math.floor(at + random.next() * jitterMs), i, 2).map((each) => ({ ...each, template: 1 })),
    ).flat(),
  )
