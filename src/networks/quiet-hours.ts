/** Hours of sleep, one after the other. */
const SLEEP_HOURS = 8

/** Requests below which a group's day has no shape. */
const MIN_REQUESTS = 100

/**
 * Share in [0, 1/3] of a group's requests in the eight hours of the day (UTC) in which it makes fewest: next to nothing for
 * people of one place, a third for what runs around the clock. It does not grow with the length of the log, as the number
 * of hours ever used does.
 *
 * @param hours hour since the Unix epoch → requests
 * @returns `null` with fewer than a hundred requests
 */
export function quietShare(hours: ReadonlyMap<number, number>): number | null {
  const byHour = new Float64Array(24)
  for (const [hour, requests] of hours) byHour[hour % 24]! += requests
  const count = byHour.reduce((sum, requests) => sum + requests, 0)
  if (count < MIN_REQUESTS) return null
  let least = count
  for (let from = 0; from < 24; from++) {
    let sum = 0
    for (let hour = from; hour < from + SLEEP_HOURS; hour++) sum += byHour[hour % 24]!
    least = Math.min(least, sum)
  }
  return least / count
}
