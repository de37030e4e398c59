import type { Random } from '../random.ts'
import type { GroupEvents } from './group-events.ts'
import type { AccountSet, Signal } from './signal.ts'

/** What a test of order is given. */
export interface OrderInput {
  /** The whole group, with the evidence tables. */
  readonly set: AccountSet
  /** Requests of the members under watch. */
  readonly events: GroupEvents
  /** Requests of accounts in no group. */
  readonly background: GroupEvents
  /** Accounts in no group that are under watch, ascending. */
  readonly strangers: Int32Array
}

/** What a test of order found. */
export interface Finding {
  /** Above the null, >= 0, not rounded, within the cap of the family; 0 without an effect. */
  readonly bits: number
  /** Chance in (0, 1] of as much under the null; 1 where the effect is too small for the null to be drawn. */
  readonly p: number
  /** Whether the effect is large enough to matter, however unlikely it is by chance. */
  readonly hasEffect: boolean
  /** Name and value of the statistic beside what chance gives: `idle rank 0.97, by chance 0.93`. */
  readonly statistic: string
  /** One sentence with numbers. */
  readonly summary: string
  /** Members it covers. */
  readonly accounts: number
}

/**
 * A detector on the order of requests. It is measured once for each group, on the second reading, and brings a null of
 * its own: shuffling who did what is not enough where everybody keeps the same hours.
 */
export interface OrderSignal
  extends Pick<Signal, 'id' | 'family' | 'title' | 'why' | 'statistic' | 'innocentCauses' | 'needs'> {
  /** `pattern`: may confirm a network. `corroborator`: is reported and never confirms. */
  readonly role: 'pattern' | 'corroborator'
  /** `null`: this group cannot be tested (too few accounts, no such column, a clock too coarse). Pure. */
  measure(input: OrderInput, random: Random): Finding | null
}

/** What a test says that looked and found nothing worth a null. */
export const nothing = (statistic: string, summary: string): Finding => ({
  bits: 0,
  p: 1,
  hasEffect: false,
  statistic,
  summary,
  accounts: 0,
})
