import type { Proposal } from './propose-networks.ts'
import type { Review } from './review.ts'

/**
 * Groups in which evidence worth a link of two families ties a confirmed account to one that no review cleared: a direct
 * link, or the core of a kept hub.
 *
 * @param groups disjoint sets of account numbers
 * @returns positions in `groups`
 */
export function tiedToConfirmed(
  groups: readonly Int32Array[],
  { links, cores, minBits }: Pick<Proposal, 'links' | 'cores' | 'minBits'>,
  { decisions }: Review,
): ReadonlySet<number> {
  const tied = new Set<number>()
  if (decisions.size === 0) return tied
  const groupOf = new Map(groups.flatMap((members, group) => [...members].map((member) => [member, group] as const)))
  const tell = (members: Iterable<number>): void => {
    const confirmed = new Set<number>()
    const others = new Map<number, number>()
    for (const member of members) {
      const group = groupOf.get(member)
      const verdict = decisions.get(member)?.verdict
      if (group === undefined || verdict === 'cleared') continue
      others.set(group, (others.get(group) ?? 0) + 1)
      if (verdict === 'confirmed') confirmed.add(group)
    }
    for (const group of confirmed) if (others.get(group)! >= 2) tied.add(group)
  }
  for (const { a, b, bits } of links) if (bits >= minBits) tell([a, b])
  for (const { members, bits } of cores) if (bits >= minBits) tell(members)
  return tied
}
