import { type GroupEvents, rowsByMember } from '../group-events.ts'

const HOUR_MS = 3_600_000
const SLOT_MS = 300_000

/** An account that was silent for so long and comes back has restarted, ms. */
const SILENCE_MS = 2 * HOUR_MS

/** Shares beyond which a slot of five minutes, or an hour, is the service's doing and not the accounts'. */
const MAX_RESTARTED = 0.2
const ERROR_FACTOR = 3
const MIN_ERROR_SHARE = 0.05

/** Strangers without whom nothing is known of everybody. */
const MIN_ACCOUNTS = 20

/**
 * Hours since the epoch in which everybody's use was shaped by the service: accounts in no group failed together (5xx
 * above three times the median hour and 5 %), or a fifth of them came back within five minutes. What coincides there
 * says nothing: after an outage all return at once.
 */
export function outageHours(background: GroupEvents): ReadonlySet<number> {
  const known = cache.get(background)
  if (known) return known
  const hours =
    background.accounts.length < MIN_ACCOUNTS ? [] : [...failedHours(background), ...restartHours(background)]
  const found = new Set(hours)
  cache.set(background, found)
  return found
}

const cache = new WeakMap<GroupEvents, ReadonlySet<number>>()

function failedHours({ atMs, status, count }: GroupEvents): number[] {
  const hours = new Map<number, { requests: number; failed: number }>()
  for (let i = 0; i < count; i++) {
    const hour = Math.floor(atMs[i]! / HOUR_MS)
    const seen = hours.get(hour) ?? { requests: 0, failed: 0 }
    seen.requests++
    if (status[i]! >= 500) seen.failed++
    hours.set(hour, seen)
  }
  const share = ({ requests, failed }: { requests: number; failed: number }): number => failed / (requests + 20)
  const shares = [...hours.values()].map(share).sort((a, b) => a - b)
  const limit = Math.max(MIN_ERROR_SHARE, ERROR_FACTOR * (shares[shares.length >> 1] ?? 0))
  return [...hours].filter(([, seen]) => share(seen) > limit).map(([hour]) => hour)
}

function restartHours(events: GroupEvents): number[] {
  const { from, row } = rowsByMember(events)
  const restarts = new Map<number, number>()
  for (let member = 0; member < events.accounts.length; member++) {
    const own = row.subarray(from[member]!, from[member + 1]!)
    for (let i = 1; i < own.length; i++) {
      const at = events.atMs[own[i]!]!
      if (at - events.atMs[own[i - 1]!]! < SILENCE_MS) continue
      const slot = Math.floor(at / SLOT_MS)
      restarts.set(slot, (restarts.get(slot) ?? 0) + 1)
    }
  }
  const limit = MAX_RESTARTED * events.accounts.length
  return [...restarts].filter(([, n]) => n > limit).map(([slot]) => Math.floor((slot * SLOT_MS) / HOUR_MS))
}
