import { sharedValueSignal } from '../shared-value.ts'

/** Accounts driven from the same device, or with the same owner fingerprint computed upstream. */
export const sharedDevice = sharedValueSignal({
  id: 'shared-device',
  family: 'client',
  title: 'Same device',
  why: 'A device fingerprint on several accounts means one machine signs in as several people.',
  innocentCauses: ['a household or lab computer', 'a container image with a fixed fingerprint', 'a shared build agent'],
  fields: ['device_fingerprint', 'account_fingerprint'],
  agreement: 0.7,
  isIdentifier: true,
  noun: ['device', 'devices'],
})
