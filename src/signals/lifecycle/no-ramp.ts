import { corroboratorSignal } from '../corroborator.ts'

/** Days of activity below which a ramp cannot be seen, and requests a day below which nothing ramps. */
const MIN_DAYS = 5
const MIN_MEAN_PER_DAY = 20

/** Accounts at full use on their first day (advisory AA26-251A, 2026; a migration does the same). */
export const noRamp = corroboratorSignal({
  id: 'no-ramp',
  family: 'lifecycle',
  title: 'No ramp-up',
  why: 'People grow into a service over days; a pool starts new accounts at full load.',
  statistic: 'share of members whose first active day reaches 80 % of their busiest',
  innocentCauses: ['a workload moved from another provider', 'a log that starts in the middle of an account’s life'],
  needs: ['timestamp', 'created_at'],
  bits: 1,
  verb: 'start at full use within a day of registration',
  shows({ tables: { accounts } }, account) {
    const days = accounts.activeDays[account]!
    const sinceCreated = accounts.firstAtMs[account]! - accounts.createdAtMs[account]!
    return (
      days >= MIN_DAYS &&
      sinceCreated < 86_400_000 && // NaN (unknown) is never below
      accounts.requests[account]! >= MIN_MEAN_PER_DAY * days &&
      accounts.firstDayRequests[account]! >= 0.8 * accounts.maxDayRequests[account]!
    )
  },
})
