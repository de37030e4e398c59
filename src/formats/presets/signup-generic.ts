import type { Preset } from '../preset.ts'

/** generic sign-up table. Source: column names by convention. */
export const signupGeneric: Preset = {
  id: 'signup_generic',
  title: 'generic sign-up table',
  kind: 'account',
  detect: {
    all: ['created_at', 'email', 'signup_ip'],
    any: ['referral_code', 'phone', 'device_id', 'user_id'],
    none: ['raw_user_meta_data', 'aff_code', 'amount'],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['user_id', 'account_id', 'id'],
    ip: ['signup_ip'],
    user_agent: ['user_agent'],
    device_fingerprint: ['device_id'],
    email: ['email'],
    phone: ['phone'],
    referral_code: ['referred_by', 'referral_code'],
    country: ['country'],
    created_at: ['created_at'],
  },
  isOpen: true,
}
