import type { Network } from '../model.ts'
import type { EarlierNetwork, History } from './history.ts'
import { keyOf, rareValues } from './rare-values.ts'

/** What a network has in common with an earlier one. Positions are those in the lists that were compared. */
export interface Overlap {
  readonly current: number
  readonly earlier: number
  readonly accounts: number
  readonly values: number
  /** Whether half of the accounts or of the rare values of that side are shared. */
  readonly isHalfOfCurrent: boolean
  readonly isHalfOfEarlier: boolean
}

/** Accounts and values together: how much of one network is found in another. */
export const weightOf = ({ accounts, values }: Overlap): number => accounts + values

/** Stands for the owner of a value that two networks of one side claim: it speaks for neither. */
const SEVERAL = -1

/**
 * Every pair that has an account or a rare value in common. Time and memory are linear in accounts and values, for both
 * sides are only looked up in indexes; no two networks are compared that share nothing.
 *
 * @param earlier in an order that does not depend on how the history lists them: an account in two belongs to the first
 */
export function findOverlaps(
  networks: readonly Network[],
  earlier: readonly EarlierNetwork[],
  formsOf: History['formsOf'],
): Overlap[] {
  const counts = networks.map(() => new Map<number, { accounts: number; values: number }>())
  const countOf = (current: number, other: number) => {
    const known = counts[current]!.get(other) ?? { accounts: 0, values: 0 }
    counts[current]!.set(other, known)
    return known
  }
  const ownerOf = accountOwners(earlier)
  for (const [i, { accounts }] of networks.entries()) {
    for (const account of accounts) {
      const owner = ownerOf.get(account)
      if (owner !== undefined) countOf(i, owner).accounts++
    }
  }
  const rare = networks.map(rareValues)
  for (const { current, owner } of sharedValues(rare, earlier, formsOf)) countOf(current, owner).values++
  return counts.flatMap((each, current) =>
    [...each].map(([other, shared]) => ({
      current,
      earlier: other,
      ...shared,
      isHalfOfCurrent: isHalf(shared, networks[current]!.accounts.length, rare[current]!.length),
      isHalfOfEarlier: isHalf(shared, earlier[other]!.accounts.length, earlier[other]!.values.length),
    })),
  )
}

const isHalf = (
  shared: { readonly accounts: number; readonly values: number },
  accounts: number,
  values: number,
): boolean =>
  (shared.accounts > 0 && 2 * shared.accounts >= accounts) || (shared.values > 0 && 2 * shared.values >= values)

function accountOwners(earlier: readonly EarlierNetwork[]): Map<string, number> {
  const owners = new Map<string, number>()
  for (const [i, { accounts }] of earlier.entries()) {
    for (const account of accounts) if (!owners.has(account)) owners.set(account, i)
  }
  return owners
}

/** Each value that one network of either side holds, once: a shortened value may stand for several whole ones. */
function sharedValues(
  rare: ReadonlyArray<ReturnType<typeof rareValues>>,
  earlier: readonly EarlierNetwork[],
  formsOf: History['formsOf'],
): { readonly current: number; readonly owner: number }[] {
  const owners = new Map<string, number>()
  for (const [i, { values }] of earlier.entries()) for (const held of values) claim(owners, keyOf(held), i)
  const holders = new Map<string, number>()
  for (const [current, values] of rare.entries()) {
    for (const held of values) {
      const key = formsOf(held)
        .map((value) => keyOf({ field: held.field, value }))
        .find((each) => owners.has(each))
      if (key !== undefined) claim(holders, key, current)
    }
  }
  return [...holders]
    .map(([key, current]) => ({ current, owner: owners.get(key)! }))
    .filter(({ current, owner }) => current !== SEVERAL && owner !== SEVERAL)
}

function claim(owners: Map<string, number>, key: string, owner: number): void {
  const known = owners.get(key)
  owners.set(key, known === undefined || known === owner ? owner : SEVERAL)
}
