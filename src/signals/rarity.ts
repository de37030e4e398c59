import type { FieldStats } from '../evidence/tables.ts'

/**
 * Share of the accounts outside a set that hold a value, smoothed, in (0, 1): the chance that a stranger agrees.
 * Leave-network-out, because a ring of 20,000 among 100,000 accounts makes its own values look common.
 *
 * Source: Fellegi & Sunter (1969) with the frequency weights of Winkler (2000); the leaving-out is ours
 * (docs/detection.md, "Rarity").
 *
 * @param holders accounts that hold the value, inside and outside
 * @param inside members of the set that hold it
 * @param insideField members of the set that hold any value of the field
 * @param isThing whether the value is one thing (a card) and not a kind (a browser) or a text (a prompt)
 */
export function strangerShare(
  field: FieldStats,
  holders: number,
  inside: number,
  insideField: number,
  isThing: boolean,
): number {
  // Half an account for every value is meant for one value each. Of prompts an account has hundreds: many different ones
  // do not make one of them rarer. Things are drawn from a space that many values show to be large.
  const values = isThing ? field.values : Math.min(field.values, field.accounts)
  const others = field.accounts - insideField + 0.5 * values + 1
  return (holders - inside + 0.5) / (others + (isThing ? IDENTIFIER_PRIOR : 0))
}

/**
 * Imaginary accounts, each with a value of its own, that are added for identifiers: cards and devices are drawn from a
 * space far larger than any log, so a log of fifty accounts does not make a shared card a common one. It adds about
 * seven bits in a log of fifty accounts, less than one in a log of ten thousand.
 */
const IDENTIFIER_PRIOR = 10_000

/**
 * Bits that agreement on a value says for "same operator": log2(m / p), at least 0.
 *
 * @param agreement m, the chance in (0, 1] that two accounts of one operator agree on the field
 */
export const agreementBits = (agreement: number, share: number): number => Math.max(0, Math.log2(agreement / share))

/**
 * Bits taken off because a busy account meets everybody: log2 of the number of ways in which two accounts with this
 * many values could have agreed (docs/detection.md, "Links"; the same discount as dividing by the product of their
 * numbers of values).
 */
export const meetingDiscount = (heldByA: number, heldByB: number): number =>
  Math.log2(Math.max(1, heldByA)) + Math.log2(Math.max(1, heldByB))

/** Bits within a family: the best match in full, others a quarter, at most its cap (docs/detection.md, "Links"). */
export function familyBits(matches: readonly number[], cap: number): number {
  const best = Math.max(0, ...matches)
  const sum = matches.reduce((total, bits) => total + Math.max(0, bits), 0)
  return Math.min(cap, best + 0.25 * (sum - best))
}
