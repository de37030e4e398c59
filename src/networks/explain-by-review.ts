import type { ExplainedGroup } from '../model.ts'
import type { Review } from './review.ts'
import { lastDayOf, ownersOf, reasonOf } from './review-notes.ts'

/**
 * Share of a group's accounts that one owner must answer for, or that reviews must have cleared, before the whole group is
 * explained. A fleet may grow by a quarter between two renewals without a false alarm; whoever joins it with more
 * accounts than that, or hides a ring behind a few declared ones, is ranked. Higher: every newcomer brings a fleet
 * back; lower: at one half, as many strangers as friends would pass.
 */
export const COVERED_SHARE = 0.8

/**
 * The explanation that declarations or reviews give of a group. A confirmed account is never explained away, and with it
 * none of its group.
 *
 * @returns `null` if too few members are covered
 */
export function explainByReview(
  members: Int32Array,
  ids: readonly string[],
  { declared, decisions }: Review,
): ExplainedGroup | null {
  const verdictOf = (member: number) => decisions.get(member)?.verdict
  if (members.some((member) => verdictOf(member) === 'confirmed')) return null
  const isEnough = (covered: number): boolean => covered >= COVERED_SHARE * members.length
  const explainedBy = (basis: ExplainedGroup['basis'], why: string, covered: ReadonlySet<number>): ExplainedGroup => {
    const uncovered = [...members].filter((member) => !covered.has(member)).map((member) => ids[member]!)
    return {
      accounts: [...members].map((member) => ids[member]!),
      accountCount: members.length,
      explanation: uncovered.length === 0 ? why : `${why}: ${covered.size} of the accounts, not ${someOf(uncovered)}`,
      basis,
      uncovered,
    }
  }
  const [most] = ownersOf(members, declared)
  if (most !== undefined && isEnough(most.accounts.length)) {
    const words = `declared: ${reasonOf(most.lines)} (${most.owner}, until ${lastDayOf(most.lines)})`
    return explainedBy('declaration', words, new Set(most.accounts))
  }
  const cleared = [...members].filter((member) => verdictOf(member) === 'cleared')
  if (!isEnough(cleared.length) || cleared.length === 0) return null
  const dates = cleared.flatMap((member) => decisions.get(member)!.date ?? []).sort()
  const when = dates.length === 0 ? 'cleared by review' : `cleared by review on ${dates.at(-1)}`
  return explainedBy('review', when, new Set(cleared))
}

/** Ids that the sentence names; the document lists all. */
const MAX_NAMED = 3

const someOf = (ids: readonly string[]): string =>
  ids.slice(0, MAX_NAMED).join(', ') + (ids.length > MAX_NAMED ? ` and ${ids.length - MAX_NAMED} more` : '')
