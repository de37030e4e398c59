import type { ScanResult } from './model.ts'

const HOUR_MS = 3_600_000

/** Holes that are listed; a log of a few requests has one between any two of them. */
const MAX_GAPS = 1000

/**
 * The hours without any record between the first and the last one: an export with a hole fakes first and last sightings.
 *
 * @param hours epoch hours (UTC) that hold a record, ascending, without repeats
 * @returns by time; of more than a thousand the longest
 */
export function findGaps(hours: ArrayLike<number>): ScanResult['gaps'] {
  const gaps: { from: string; to: string; hours: number }[] = []
  for (let i = 1; i < hours.length; i++) {
    const missing = hours[i]! - hours[i - 1]! - 1
    if (missing > 0) gaps.push({ from: hourStart(hours[i - 1]! + 1), to: hourStart(hours[i]!), hours: missing })
  }
  if (gaps.length <= MAX_GAPS) return gaps
  const longest = gaps.toSorted((a, b) => b.hours - a.hours || (a.from < b.from ? -1 : 1)).slice(0, MAX_GAPS)
  return longest.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

const hourStart = (hour: number): string => new Date(hour * HOUR_MS).toISOString()
