import type { Random } from '../../random.ts'
import { chance } from '../draw.ts'
import { word } from '../names.ts'
import { type AccountPlan, knob } from '../plan.ts'
import type { World } from '../world.ts'

/** The knob of {@link withGaps}. */
export const missingKnob = knob(
  'share',
  0.15,
  [0, 1],
  'share of accounts whose device fingerprint is not sent; a third as many have no card on record',
)

/** Shares of strangers without a phone number, with a referral code, and without a TLS fingerprint. */
const WITHOUT_PHONE = 0.2
const WITH_REFERRAL = 0.12
const WITHOUT_TLS = 0.03

/**
 * An operator's account with the gaps of anybody's: a field that every planted account fills would give it away.
 *
 * @param missing share in [0, 1]; 0 leaves the account as it is
 */
export function withGaps(world: World, random: Random, account: AccountPlan, missing: number): AccountPlan {
  if (missing <= 0) return account
  const { registration } = account
  const hasDevice = !chance(random, missing)
  const hasTls = !chance(random, WITHOUT_TLS)
  return {
    ...account,
    registration: {
      ...registration,
      phonePrefix: chance(random, WITHOUT_PHONE) ? '' : registration.phonePrefix,
      referralCode: chance(random, WITH_REFERRAL)
        ? `${word(random).toUpperCase()}${20 + random.below(40)}`
        : registration.referralCode,
    },
    payments: chance(random, missing / 3) ? [] : account.payments,
    devices:
      hasDevice && hasTls ? account.devices : account.devices.map((each) => blank(world, each, hasDevice, hasTls)),
  }
}

/** The same installation, which sends less. */
function blank(world: World, number: number, hasDevice: boolean, hasTls: boolean): number {
  const device = world.devices[number]
  if (!device) return number
  return world.addDevice({
    ...device,
    fingerprint: hasDevice ? device.fingerprint : '',
    tls: hasTls ? device.tls : '',
  })
}
