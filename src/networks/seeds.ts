import { declaredOrganizations } from './groups.ts'
import type { Link } from './links.ts'
import type { Review } from './review.ts'
import { createUnionFind, setsOf } from './union-find.ts'

/** Groups that are reported for a confirmed account in them, however small. */
export interface Seeds {
  /** Disjoint, ascending, no member in any other group; in the order of their first member. */
  readonly groups: readonly Int32Array[]
  /** Confirmed account in a group → accounts in no group that a link ties to it. */
  readonly outside: ReadonlyMap<number, readonly number[]>
}

/**
 * What links tie to confirmed accounts beyond the groups: a new account beside one that was confirmed is no group of the
 * usual size, and one that was put out of a group may still be tied to a confirmed member. A label makes no link; it
 * only lets one be told that is there. Accounts that a review cleared, and colleagues of one declared organisation, are
 * not told.
 *
 * @param links direct links of the log
 * @param groups the groups that need no label
 */
export function seedGroups(
  links: readonly Link[],
  groups: readonly Int32Array[],
  organization: readonly (string | null)[],
  { decisions }: Review,
): Seeds {
  const isConfirmed = (account: number): boolean => decisions.get(account)?.verdict === 'confirmed'
  const isCleared = (account: number): boolean => decisions.get(account)?.verdict === 'cleared'
  const inGroup = new Set(groups.flatMap((members) => [...members]))
  const declaredBy = declaredOrganizations(organization)
  const sets = createUnionFind(organization.length)
  const outside = new Map<number, number[]>()
  const seeded = new Set<number>()
  for (const { a, b } of links) {
    if (isCleared(a) || isCleared(b) || (declaredBy[a] !== null && declaredBy[a] === declaredBy[b])) continue
    if (!isConfirmed(a) && !isConfirmed(b)) continue
    if (!inGroup.has(a) && !inGroup.has(b)) {
      sets.union(a, b)
      seeded.add(a).add(b)
    } else {
      if (isConfirmed(a) && inGroup.has(a) && !inGroup.has(b)) outside.set(a, [...(outside.get(a) ?? []), b])
      if (isConfirmed(b) && inGroup.has(b) && !inGroup.has(a)) outside.set(b, [...(outside.get(b) ?? []), a])
    }
  }
  return {
    groups: setsOf(sets, Int32Array.from(seeded).sort()),
    outside,
  }
}
