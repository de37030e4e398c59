import type { Random } from '../../random.ts'
import { drawNull, spreadOf } from '../chance.ts'
import type { Sessions } from './sessions.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Two sessions start together when they are at most so far apart, ms. */
const TOGETHER_MS = 2000

/** Draws of the null, and session starts looked at. */
const DRAWS = 60
const MAX_STARTS = 20_000

/** How often sessions of different accounts start together. */
export interface CoFiring {
  /** Pairs of starts within two seconds. */
  readonly pairs: number
  /** The same by chance, with its standard score. */
  readonly expected: number
  readonly z: number
  /** Accounts that start together with another at least thrice. */
  readonly accounts: number
}

/**
 * Pairs of session starts of different accounts within two seconds, beside the same with each account moved by a whole
 * number of days around those on which the group was active: that keeps its minute of the hour and its hour of the day, so everybody's job at 02:00
 * coincides as before. `null` where the clock is coarser than a second or nobody starts anything.
 */
export function coFiring(
  { member, startMs, resolutionMs }: Sessions,
  masked: ReadonlySet<number>,
  random: Random,
): CoFiring | null {
  if (resolutionMs > 1000) return null
  const kept = [...member.keys()].filter((i) => !masked.has(Math.floor(startMs[i]! / HOUR_MS)))
  kept.sort((a, b) => startMs[a]! - startMs[b]!)
  const used = kept.slice(0, MAX_STARTS)
  if (used.length < 2) return null
  const { at, days } = onActiveDays(used.map((i) => startMs[i]!))
  if (days < 3) return null
  const members = used.reduce((most, i) => Math.max(most, member[i]!), 0) + 1
  const starts = { at, of: Int32Array.from(used, (i) => member[i]!) }
  const observed = countTogether(starts, members)
  const drawPairs = (): number => {
    const shift = Float64Array.from({ length: members }, () => random.below(days) * DAY_MS)
    const at = starts.at.map((each, i) => (each + shift[starts.of[i]!]!) % (days * DAY_MS))
    return countTogether({ at, of: starts.of }, members).pairs
  }
  const draws = drawNull(drawPairs, DRAWS, observed.pairs)
  const { mean, deviation } = spreadOf(draws)
  const z = (observed.pairs - mean) / Math.max(deviation, Math.sqrt(mean + 1))
  return { pairs: observed.pairs, expected: mean, z, accounts: observed.accounts }
}

/**
 * Instants as if the days on which nobody started anything were not there, from the first day on, ms. A single record
 * of 2001 is one day more; over the 9,000 between, shifts by whole days would never meet.
 *
 * @param instants ascending
 */
function onActiveDays(instants: readonly number[]): { readonly at: Float64Array; readonly days: number } {
  let days = 0
  let last = Number.NaN
  const at = Float64Array.from(instants, (each) => {
    const day = Math.floor(each / DAY_MS)
    if (day !== last) days++
    last = day
    return (days - 1) * DAY_MS + (each - day * DAY_MS)
  })
  return { at, days }
}

interface Starts {
  /** From the first active day on, ms, in any order. */
  readonly at: Float64Array
  readonly of: Int32Array
}

/** An account's own starts are not counted with each other; starts at more than 64 others' moment count with 64. */
const MAX_NEIGHBOURS = 64
const MEMBERS = 1024

function countTogether({ at, of }: Starts, members: number): { readonly pairs: number; readonly accounts: number } {
  const keys = Float64Array.from(at, (each, i) => Math.round(each) * MEMBERS + of[i]!).sort()
  const partners = new Int32Array(members)
  let pairs = 0
  for (let i = 0; i < keys.length; i++) {
    const from = Math.floor(keys[i]! / MEMBERS)
    const own = keys[i]! % MEMBERS
    for (let j = i + 1; j < keys.length && j <= i + MAX_NEIGHBOURS; j++) {
      if (Math.floor(keys[j]! / MEMBERS) - from > TOGETHER_MS) break
      const other = keys[j]! % MEMBERS
      if (other === own) continue
      pairs++
      partners[own]!++
      partners[other]!++
    }
  }
  return { pairs, accounts: partners.reduce((count, each) => count + (each >= 3 ? 1 : 0), 0) }
}
