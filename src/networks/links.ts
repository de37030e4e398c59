import { type Checkpoint, NO_CHECKPOINT } from '../checkpoint.ts'
import { FAMILIES, type Family } from '../model.ts'
import { familyBits } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import type { Incidence } from './incidence.ts'
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
export async function findLinks(
  incidence: Incidence,
  scales: LinkScales,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<Link[]> {
  const links: Link[] = []
  const partnersOf = createPartners(incidence, scales.weights)
  const bitsOf = createLinkBits(scales)
  const { count } = incidence.tables.accounts
  for (let a = 0; a < count; a++) {
    if (a % ACCOUNTS_AT_ONCE === 0) await checkpoint('links', a / count)
    partnersOf(a, (b, values) => {
      const bits = bitsOf(values, a, b)
      if (bits > 0) links.push({ a, b, bits })
    })
  }
  return links
}

/** Accounts between two checkpoints, a tenth of a second or so. */
const ACCOUNTS_AT_ONCE = 10_000

type EachPartner = (a: number, visit: (b: number, values: readonly number[]) => void) => void

/**
 * Goes through the accounts after `a` that share enough linking values with it to be tied to it, ascending, with those values,
 * ascending too; the list of values is valid until the next account. Most accounts share nothing, and leave nothing behind.
 */
function createPartners(incidence: Incidence, weights: LinkWeights): EachPartner {
  const { accountStart, accountValue, valueStart, tables } = incidence
  const holder = tables.holdings.account
  /** Of each account, the position of its last value in `shared`; -1 without. */
  const lastOf = new Int32Array(tables.accounts.count).fill(-1)
  const shared: { readonly value: number; readonly before: number }[] = []
  const collect = (a: number): number[] => {
    const partners: number[] = []
    for (let at = accountStart[a]!; at < accountStart[a + 1]!; at++) {
      const value = accountValue[at]!
      if (weights.bits[value] === 0) continue
      for (let row = valueStart[value + 1]! - 1; row >= valueStart[value]! && holder[row]! > a; row--) {
        const b = holder[row]!
        if (lastOf[b]! < 0) partners.push(b)
        lastOf[b] = shared.push({ value, before: lastOf[b]! }) - 1
      }
    }
    return partners.sort((x, y) => x - y)
  }
  const values: number[] = []
  return (a, visit) => {
    for (const b of collect(a)) {
      values.length = 0
      for (let at = lastOf[b]!; at >= 0; at = shared[at]!.before) values.push(shared[at]!.value)
      lastOf[b] = -1
      if (mayLink(values, weights)) visit(b, values.reverse())
    }
    shared.length = 0
  }
}

/** Whether values could tie two accounts at all: one of a thing, or of two families. Most pairs share one prompt or browser. */
const mayLink = (values: readonly number[], { family, isThing }: LinkWeights): boolean =>
  values.some((value) => isThing[value] === 1 || family[value] !== family[values[0]!])

/** What a second shared card or device adds of its bits: two counterparties in common are seldom independent. */
const FURTHER_IDENTIFIER = 0.5

/** Bits of a pair that shares values, 0 if they do not suffice. */
function createLinkBits({ weights, onsets, meetings, minBits, minInstrumentBits }: LinkScales) {
  const matches = new Map<Family, number[]>(FAMILIES.map((family) => [family, []]))
  return (values: readonly number[], a: number, b: number): number => {
    const families: Family[] = []
    let best = 0
    let sum = 0
    for (const value of values) {
      const bits = weights.bits[value]! - meetings.discount(value, a, b)
      if (bits <= 0) continue
      const family = FAMILIES[weights.family[value]!]!
      const own = matches.get(family)!
      if (!families.includes(family)) {
        families.push(family)
        own.length = 0
      }
      own.push(bits)
      if (weights.isThing[value] === 1) {
        best = Math.max(best, bits)
        sum += bits
      }
    }
    if (families.length === 0) return 0
    const total = families.reduce((bits, family) => bits + familyBits(matches.get(family)!, FAMILY_CAP_BITS[family]), 0)
    const onset = onsets.bitsOf(a, b)
    const identifier = best + FURTHER_IDENTIFIER * (sum - best)
    // Also for accounts with one card each: without, shuffled copies of a log hold networks of chance at every score.
    const isLinked =
      (families.length >= 2 && total + onset >= minBits) || (best > 0 && identifier + onset >= minInstrumentBits)
    return isLinked ? Math.max(1, total + onset) : 0
  }
}
