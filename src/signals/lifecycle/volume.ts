import { corroboratorSignal } from '../corroborator.ts'

/** Requests per active day above which an account is busier than a person at a keyboard: one every five minutes. */
const BUSY_PER_DAY = 288

/** Accounts with more requests a day than a person types (advisory AA26-251A, 2026; never confirms). */
export const volume = corroboratorSignal({
  id: 'high-volume',
  family: 'lifecycle',
  title: 'High volume',
  why: 'Extraction at scale needs volume; so does every honest product.',
  statistic: `share of members with ${BUSY_PER_DAY} or more requests per active day`,
  innocentCauses: ['a product in production', 'an evaluation run', 'an agent that works overnight'],
  needs: ['timestamp'],
  bits: 1,
  verb: `send ${BUSY_PER_DAY} or more requests a day`,
  shows({ tables: { accounts } }, account) {
    const days = accounts.activeDays[account]!
    return days > 0 && accounts.requests[account]! >= BUSY_PER_DAY * days
  },
})
