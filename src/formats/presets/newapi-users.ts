import type { Preset } from '../preset.ts'

/**
 * one-api / new-api users. Source: QuantumNous/new-api, model/log.go@00423442, model/user.go and
 * model/topup.go@0089a12f.
 * No organisation: `group` is a price list, which most users share. The referral code is the one that was used.
 */
export const newapiUsers: Preset = {
  id: 'newapi_users',
  title: 'one-api / new-api users',
  kind: 'account',
  detect: {
    all: ['id', 'username', 'aff_code', 'inviter_id', 'used_quota'],
    any: ['github_id', 'oidc_id'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['id'],
    email: ['email'],
    referral_code: ['inviter_id'],
    account_fingerprint: ['github_id', 'oidc_id', 'discord_id', 'wechat_id', 'telegram_id', 'linux_do_id', 'lark_id'],
    customer_id: ['stripe_customer'],
    account_status: ['status'],
    created_at: ['created_at'],
    display_name: ['display_name'],
  },
}
