import type { Activity } from '../../model.ts'

const HOUR_MS = 3_600_000

/** Requests in equal stretches of time, the first of which begins at `fromMs`. */
export interface Buckets {
  readonly fromMs: number
  /** Hours that a bucket covers. */
  readonly hours: number
  readonly counts: readonly number[]
}

/** Hours of a bucket, ascending: parts and multiples of a day, so that a bucket never begins at an odd hour. */
const WIDTHS = [1, 3, 6, 12, 24, 48, 168, 336, 720] as const
const MAX_BUCKETS = 90

/** The narrowest buckets of which at most {@link MAX_BUCKETS} cover these hours. */
export const bucketHours = (hours: number): number =>
  WIDTHS.find((width) => hours / width <= MAX_BUCKETS - 1) ?? WIDTHS.at(-1)!

/**
 * Adds hourly requests up to buckets that begin at whole multiples of their width since 1970 UTC, so that two series
 * stand over each other.
 *
 * @returns `null` without any activity
 */
export function bucketed({ from, hourly }: Activity, hours: number): Buckets | null {
  if (from === null) return null
  const firstHour = Math.floor(Date.parse(from) / HOUR_MS)
  const first = Math.floor(firstHour / hours)
  const counts: number[] = []
  for (const [i, requests] of hourly.entries()) {
    const at = Math.floor((firstHour + i) / hours) - first
    while (counts.length <= at) counts.push(0)
    counts[at]! += requests
  }
  return { fromMs: first * hours * HOUR_MS, hours, counts }
}

/** Days of the week × hours of the day (UTC), Monday first: 7 rows of 24 sums. */
export function weekOf({ from, hourly }: Activity): readonly (readonly number[])[] {
  const week = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  if (from === null) return week
  const firstHour = Math.floor(Date.parse(from) / HOUR_MS)
  for (const [i, requests] of hourly.entries()) {
    const hour = firstHour + i
    const day = (Math.floor(hour / 24) + THURSDAY) % 7
    week[day]![hour % 24]! += requests
  }
  return week
}

/** 1 January 1970 was a Thursday, the fourth day of a week that begins on Monday. */
const THURSDAY = 3
