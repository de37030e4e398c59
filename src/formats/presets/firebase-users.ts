import type { Preset } from '../preset.ts'

/** Firebase auth:export. Source: Firebase, auth:export. */
export const firebaseUsers: Preset = {
  id: 'firebase_users',
  title: 'Firebase auth:export',
  kind: 'account',
  detect: {
    all: ['localId', 'createdAt'],
    any: ['email', 'phoneNumber'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['localId'],
    email: ['email'],
    phone: ['phoneNumber'],
    created_at: ['createdAt'],
  },
}
