import { corroboratorSignal } from '../corroborator.ts'

/** Days of activity below which an account's hours say nothing. */
const MIN_DAYS = 3

/** Share of the day's hours in which an account that never sleeps is active on an average day: 20 of 24. */
const SLEEPLESS_SHARE = 20 / 24

/** Accounts in use nearly every hour of their active days (a service does the same, so it never confirms). */
export const roundTheClock = corroboratorSignal({
  id: 'round-the-clock-use',
  family: 'lifecycle',
  title: 'Round-the-clock use',
  why: 'People sleep; pools of accounts that serve many people, and scripts, do not.',
  statistic: `share of members active in ${Math.round(SLEEPLESS_SHARE * 24)} or more hours of an average active day`,
  innocentCauses: ['any service or scheduled job', 'a team in several time zones'],
  needs: ['timestamp'],
  bits: 2,
  verb: 'are in use round the clock',
  shows({ tables: { accounts } }, account) {
    const days = accounts.activeDays[account]!
    return days >= MIN_DAYS && accounts.activeHours[account]! >= days * 24 * SLEEPLESS_SHARE
  },
})
