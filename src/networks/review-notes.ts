import type { DeclaredMembers, NetworkReview, Severity } from '../model.ts'
import type { Declaration } from '../review/declaration.ts'
import type { Review } from './review.ts'
import type { Seeds } from './seeds.ts'

/**
 * What declarations and labels say of the members of a group.
 *
 * @param ids of all accounts, by number
 * @returns `null` where they say nothing
 */
export function describeReview(
  members: Int32Array,
  ids: readonly string[],
  { declared, decisions }: Review,
  outside: Seeds['outside'],
): Omit<NetworkReview<Severity>, 'severityByEvidence'> | null {
  const named = (accounts: Iterable<number>): string[] =>
    [...new Set(accounts)].sort((a, b) => a - b).map((account) => ids[account]!)
  const confirmed = members.filter((member) => decisions.get(member)?.verdict === 'confirmed')
  const cleared = members.filter((member) => decisions.get(member)?.verdict === 'cleared')
  const byOwner = ownersOf(members, declared)
  if (confirmed.length === 0 && cleared.length === 0 && byOwner.length === 0) return null
  return {
    confirmed: named(confirmed),
    cleared: named(cleared),
    declared: byOwner.map(
      ({ owner, accounts, lines }): DeclaredMembers => ({
        owner,
        reason: reasonOf(lines),
        until: lastDayOf(lines),
        accounts: named(accounts),
      }),
    ),
    linkedOutside: named([...confirmed].flatMap((member) => outside.get(member) ?? [])),
  }
}

/** The members that one owner answers for, and the line of each. */
export interface OwnedMembers {
  readonly owner: string
  readonly accounts: readonly number[]
  readonly lines: readonly Declaration[]
}

/** By owner, most members first, then by name. */
export function ownersOf(members: Int32Array, declared: Review['declared']): OwnedMembers[] {
  const owners = new Map<string, { accounts: number[]; lines: Declaration[] }>()
  for (const member of members) {
    const line = declared.get(member)
    if (line === undefined) continue
    const own = owners.get(line.owner) ?? { accounts: [], lines: [] }
    own.accounts.push(member)
    own.lines.push(line)
    owners.set(line.owner, own)
  }
  return [...owners]
    .map(([owner, own]) => ({ owner, ...own }))
    .sort((a, b) => b.accounts.length - a.accounts.length || (a.owner < b.owner ? -1 : 1))
}

/** Reason and group of most of the lines; of equals the first by code units. */
export const reasonOf = (lines: readonly Declaration[]): string =>
  commonest(lines.map(({ reason, group }) => (group === '' ? reason : `${reason}, ${group}`)))

/** The earliest: from then on the declaration no longer covers all of them. */
export const lastDayOf = (lines: readonly Declaration[]): string => lines.map(({ expires }) => expires).sort()[0]!

function commonest(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]![0]
}
