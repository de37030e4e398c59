import { type Overlap, weightOf } from './overlap.ts'

/** What a network goes on with. Numbers are positions of earlier networks. */
export interface Descent {
  /** The one whose id it takes; `null` if it has an id of its own. */
  readonly heirOf: number | null
  /** The one that it was split from, which another network goes on with. */
  readonly splitFrom: number | null
  /** Others that ended in it. */
  readonly merged: readonly number[]
}

/** Orders overlaps, the best first; never 0 for two different ones. */
export type Preference = (a: Overlap, b: Overlap) => number

/**
 * Who goes on with whom. Each network asks for the id of the earlier one it shares most with; who shares most with that one
 * gets it. Who does not, and has half of its accounts or rare values from there, is a part that was split off; any other asks
 * the next one. This is the deferred acceptance of D. Gale and L. S. Shapley, College Admissions and the Stability of Marriage,
 * American Mathematical Monthly 69:9-15 (1962): its outcome does not depend on the order in which networks ask.
 * An earlier network whose id nobody took ended in the one that shares most with it, if half of it is found there.
 *
 * @param count networks to decide on
 * @param prefer used for both sides
 */
export function findDescent(count: number, overlaps: readonly Overlap[], prefer: Preference): Descent[] {
  const byCurrent = grouped(overlaps, prefer, ({ current }) => current)
  const splitFrom = new Map<number, number>()
  const holders = new Map<number, Overlap>()
  const asking = [...byCurrent.keys()]
  const next = new Map<number, number>()
  for (let current = asking.pop(); current !== undefined; current = asking.pop()) {
    const at = next.get(current) ?? 0
    next.set(current, at + 1)
    const wish = byCurrent.get(current)![at]
    if (wish === undefined) continue
    const holder = holders.get(wish.earlier)
    const isBetter = holder === undefined || prefer(wish, holder) < 0
    if (isBetter) holders.set(wish.earlier, wish)
    const loser = isBetter ? holder : wish
    if (loser?.isHalfOfCurrent) splitFrom.set(loser.current, loser.earlier)
    else if (loser !== undefined) asking.push(loser.current)
  }
  const heirOf = new Map([...holders.values()].map(({ current, earlier }) => [current, earlier]))
  const merged = findMerged(overlaps, prefer, new Set(holders.keys()))
  return Array.from({ length: count }, (_, i) => ({
    heirOf: heirOf.get(i) ?? null,
    splitFrom: splitFrom.get(i) ?? null,
    merged: merged.get(i) ?? [],
  }))
}

/** Current network → earlier ones that ended in it. */
function findMerged(
  overlaps: readonly Overlap[],
  prefer: Preference,
  taken: ReadonlySet<number>,
): Map<number, number[]> {
  const merged = new Map<number, number[]>()
  for (const [earlier, [best]] of grouped(overlaps, prefer, (each) => each.earlier)) {
    if (best === undefined || taken.has(earlier) || !best.isHalfOfEarlier) continue
    merged.set(best.current, [...(merged.get(best.current) ?? []), earlier])
  }
  return merged
}

function grouped(
  overlaps: readonly Overlap[],
  prefer: Preference,
  by: (overlap: Overlap) => number,
): Map<number, Overlap[]> {
  const groups = new Map<number, Overlap[]>()
  for (const each of overlaps) {
    const group = groups.get(by(each))
    if (group === undefined) groups.set(by(each), [each])
    else group.push(each)
  }
  for (const group of groups.values()) group.sort(prefer)
  return groups
}

/** More in common first; then more accounts. What is left is for the caller to order by something unique. */
export const byWeight = (a: Overlap, b: Overlap): number => weightOf(b) - weightOf(a) || b.accounts - a.accounts
