import type { Member, Network } from '../model.ts'

/** Links that a report lists of a member at most: one with as many may hold more. */
const MAX_LISTED = 8

/**
 * Whether an account holds the value that its network rests on.
 *
 * @returns `null` if it rests on no value, on one that no member lists, or if the list of the account may be cut
 */
export function holdsFragile({ links }: Member, { fragile, members }: Network): boolean | null {
  if (fragile === null) return null
  const isIt = ({ field, value }: Member['links'][number]): boolean => `${field} ${value}` === fragile.dependsOn
  if (links.some(isIt)) return true
  if (links.length >= MAX_LISTED) return null
  return members.some((other) => other.links.some(isIt)) ? false : null
}
