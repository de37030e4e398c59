import type { Config } from '../config.ts'
import { FAMILIES, type Family } from '../model.ts'
import { agreementBits, familyBits, meetingDiscount, strangerShare } from '../signals/rarity.ts'
import { FAMILY_CAP_BITS } from '../signals/registry.ts'
import { fieldOf, type Signal } from '../signals/signal.ts'
import { mostHoldersOfLink } from './hubs.ts'
import { holdersOf, type Incidence, valuesOf } from './incidence.ts'

/** Two accounts that agree on rare values, `a` < `b`. */
export interface Link {
  readonly a: number
  readonly b: number
  readonly bits: number
}

/** What a value is worth as a link, by value number: 0 for what may not link. */
interface LinkWeights {
  readonly bits: Float64Array
  readonly family: Uint8Array
  readonly isIdentifier: Uint8Array
}

/**
 * Links between accounts that share values held by at most `maxHoldersPerLink`: at most 25 pairs per incidence, so
 * work stays linear. Two accounts are linked if their matches reach `minLinkBits` in two families or more, raised to
 * log2(accounts) + 2 so that chance pairs stay rarer than accounts; or if the identifiers they share (cards, devices)
 * are worth `minInstrumentBits` in sum, each after the discount for how many values both hold: two busy accounts that
 * share two values of a hundred by chance are common, two that share five are not.
 */
export function findLinks(incidence: Incidence, signals: readonly Signal[], config: Config): Link[] {
  const weights = weigh(incidence, signals, config)
  const minBits = leastLinkBits(incidence.tables.accounts.count, config)
  const links: Link[] = []
  for (let a = 0; a < incidence.tables.accounts.count; a++) {
    for (const [b, values] of partnersOf(incidence, weights, a)) {
      const bits = linkBits(incidence, weights, values, a, b, minBits, config.minInstrumentBits)
      if (bits > 0) links.push({ a, b, bits })
    }
  }
  return links
}

/** Bits that a link must carry: `minLinkBits`, and more among many accounts, so that chance pairs stay rare. */
export const leastLinkBits = (accounts: number, { minLinkBits }: Config): number =>
  Math.max(minLinkBits, Math.log2(Math.max(2, accounts)) + 2)

function weigh(incidence: Incidence, signals: readonly Signal[], config: Config): LinkWeights {
  const { values, fields } = incidence.tables
  const bits = new Float64Array(values.count)
  const family = new Uint8Array(values.count)
  const isIdentifier = new Uint8Array(values.count)
  const limitOf = mostHoldersOfLink(incidence.tables.accounts.count, config)
  const bySignal = fields.map(({ name }) =>
    signals.find((signal) => signal.role === 'link' && signal.fields.includes(name)),
  )
  for (let value = 0; value < values.count; value++) {
    const signal = bySignal[values.field[value]!]
    if (!signal || values.holders[value]! > limitOf(signal)) continue
    const share = strangerShare(fieldOf(incidence.tables, value), values.holders[value]!, 0, 0, signal.isIdentifier)
    bits[value] = agreementBits(signal.agreement, share)
    family[value] = FAMILIES.indexOf(signal.family)
    isIdentifier[value] = signal.isIdentifier ? 1 : 0
  }
  return { bits, family, isIdentifier }
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

/** Bits of a pair, 0 if they do not suffice. */
function linkBits(
  incidence: Incidence,
  weights: LinkWeights,
  values: readonly number[],
  a: number,
  b: number,
  minBits: number,
  minInstrumentBits: number,
): number {
  const byFamily = new Map<Family, number[]>()
  let identifier = 0
  for (const value of values) {
    const held = fieldOf(incidence.tables, value).valuesHeld
    const bits = weights.bits[value]! - meetingDiscount(held[a]!, held[b]!)
    if (bits <= 0) continue
    const family = FAMILIES[weights.family[value]!]!
    byFamily.set(family, [...(byFamily.get(family) ?? []), bits])
    if (weights.isIdentifier[value] === 1) identifier += bits
  }
  const total = [...byFamily].reduce((sum, [family, matches]) => sum + familyBits(matches, FAMILY_CAP_BITS[family]), 0)
  return (byFamily.size >= 2 && total >= minBits) || identifier >= minInstrumentBits ? total : 0
}
