import type { GroupEvents } from '../signals/group-events.ts'

/** Hours of sleep, one after the other. */
const SLEEP_HOURS = 8

/** Requests below which a group's day has no shape. */
const MIN_REQUESTS = 100

/**
 * Share in [0, 1/3] of a group's requests in the eight hours of the day (UTC) in which it makes fewest: next to nothing for
 * people of one place, a third for what runs around the clock. It does not grow with the length of the log, as the number
 * of hours ever used does.
 *
 * @returns `null` with fewer than a hundred requests
 */
export function quietShare({ atMs, count }: Pick<GroupEvents, 'atMs' | 'count'>): number | null {
  if (count < MIN_REQUESTS) return null
  const byHour = new Float64Array(24)
  for (const at of atMs) byHour[Math.floor(at / 3_600_000) % 24]!++
  let least = count
  for (let from = 0; from < 24; from++) {
    let sum = 0
    for (let hour = from; hour < from + SLEEP_HOURS; hour++) sum += byHour[hour % 24]!
    least = Math.min(least, sum)
  }
  return least / count
}
