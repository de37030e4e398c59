import { FAMILIES, type Family } from '../model.ts'
import { familyBits } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import { holdersOf, type Incidence, valuesOf } from './incidence.ts'
import type { LinkScales } from './link-scales.ts'
import type { LinkWeights } from './link-weights.ts'

/** Two accounts that agree on rare values, `a` < `b`. */
export interface Link {
  readonly a: number
  readonly b: number
  readonly bits: number
}

/**
 * Links between accounts that share values held by at most `maxHoldersPerLink`: at most 25 pairs per incidence, so
 * work stays linear. Two accounts are linked if their matches reach `minLinkBits` in two families or more, raised to
 * log2(accounts) + 2 so that chance pairs stay rarer than accounts; or if the identifiers they share (cards, devices)
 * are worth `minInstrumentBits` in sum, each after the discount for how many values both hold: two busy accounts that
 * share two values of a hundred by chance are common, two that share five are not.
 */
export function findLinks(incidence: Incidence, scales: LinkScales): Link[] {
  const links: Link[] = []
  for (let a = 0; a < incidence.tables.accounts.count; a++) {
    for (const [b, values] of partnersOf(incidence, scales.weights, a)) {
      const bits = linkBits(scales, values, a, b)
      if (bits > 0) links.push({ a, b, bits })
    }
  }
  return links
}

/** Accounts after `a` that share a linking value with it, ascending, with those values. */
function partnersOf(incidence: Incidence, weights: LinkWeights, a: number): [number, number[]][] {
  const partners = new Map<number, number[]>()
  for (const value of valuesOf(incidence, a)) {
    if (weights.bits[value] === 0) continue
    for (const b of holdersOf(incidence, value)) {
      if (b <= a) continue
      const shared = partners.get(b)
      if (shared) shared.push(value)
      else partners.set(b, [value])
    }
  }
  return [...partners].sort(([x], [y]) => x - y)
}

/** What a second shared card or device adds of its bits: two counterparties in common are seldom independent. */
const FURTHER_IDENTIFIER = 0.5

/** Bits of a pair, 0 if they do not suffice. */
function linkBits(
  { weights, onsets, meetings, minBits, minInstrumentBits }: LinkScales,
  values: readonly number[],
  a: number,
  b: number,
): number {
  const byFamily = new Map<Family, number[]>()
  const identifiers: number[] = []
  for (const value of values) {
    const bits = weights.bits[value]! - meetings.discount(value, a, b)
    if (bits <= 0) continue
    const family = FAMILIES[weights.family[value]!]!
    byFamily.set(family, [...(byFamily.get(family) ?? []), bits])
    if (weights.isThing[value] === 1) identifiers.push(bits)
  }
  const total = [...byFamily].reduce((sum, [family, matches]) => sum + familyBits(matches, FAMILY_CAP_BITS[family]), 0)
  if (total === 0) return 0
  const onset = onsets.bitsOf(a, b)
  const best = Math.max(0, ...identifiers)
  const identifier = best + FURTHER_IDENTIFIER * (identifiers.reduce((sum, bits) => sum + bits, 0) - best)
  // Also for accounts with one card each: without, shuffled copies of a log hold networks of chance at every score.
  const isLinked =
    (byFamily.size >= 2 && total + onset >= minBits) || (best > 0 && identifier + onset >= minInstrumentBits)
  return isLinked ? Math.max(1, total + onset) : 0
}
