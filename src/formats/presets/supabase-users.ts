import type { Preset } from '../preset.ts'

/** Supabase auth.users. Source: supabase/auth, internal/models/user.go@008bb4d1. */
export const supabaseUsers: Preset = {
  id: 'supabase_users',
  title: 'Supabase auth.users',
  kind: 'account',
  detect: {
    all: ['id', 'email', 'raw_user_meta_data', 'created_at'],
    any: ['phone', 'is_anonymous', 'aud'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['id'],
    email: ['email'],
    phone: ['phone'],
    referral_code: ['raw_user_meta_data|json|at:referral'],
    account_status: ['banned_until'],
    created_at: ['created_at'],
  },
}
