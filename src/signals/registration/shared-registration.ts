import { sharedValueSignal } from '../shared-value.ts'

/** Accounts registered with the same details. */
export const sharedRegistration = sharedValueSignal({
  id: 'shared-registration-details',
  family: 'registration',
  title: 'Same registration details',
  why: 'Accounts made by one hand reuse mailboxes (with a tag), names and invitation codes.',
  innocentCauses: ['one person with two accounts', 'a referral campaign', 'common names'],
  fields: ['email', 'phone', 'display_name', 'referral_code'],
  agreement: 0.6,
  isIdentifier: false,
  noun: ['registration detail', 'registration details'],
})
