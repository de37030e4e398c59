import type { Config } from '../config.ts'
import { meetingDiscount } from '../signals/rarity.ts'
import { holdersOf, type Incidence } from './incidence.ts'

/** Share of all accounts from which a value is everybody's: a load balancer's address, a container image's device. */
const COMMON_SHARE = 0.2

/** What two accounts' numbers of values take off a value that they share. */
export interface Meetings {
  /** Bits, at least 0. */
  discount(value: number, a: number, b: number): number
}

/**
 * Counts the values by which each account could have met others. Values that a fifth of all accounts hold are left
 * out: everybody has them, and they make nobody busier.
 */
export function createMeetings(incidence: Incidence, { maxHoldersPerLink }: Config): Meetings {
  const { values, fields, accounts } = incidence.tables
  const held = fields.map(({ valuesHeld }) => valuesHeld.slice())
  const least = Math.max(maxHoldersPerLink, COMMON_SHARE * accounts.count)
  for (let value = 0; value < values.count; value++) {
    if (values.holders[value]! <= least) continue
    for (const holder of holdersOf(incidence, value)) held[values.field[value]!]![holder]!--
  }
  return {
    discount(value, a, b) {
      const own = held[values.field[value]!]!
      return meetingDiscount(own[a]!, own[b]!)
    },
  }
}
