import type { Preset } from '../preset.ts'

/** Cloudflare account-abuse events. Source: cloudflare/cloudflare-docs, account_abuse_protection_events.md@3eaa479a. */
export const cfAccountAbuse: Preset = {
  id: 'cf_account_abuse',
  title: 'Cloudflare account-abuse events',
  kind: 'auth',
  detect: {
    all: ['Timestamp', 'EventType', 'UserID', 'ClientIP'],
    any: ['EphemeralID', 'FraudEmailRisk'],
    none: [],
    values: {},
  },
  time: ['Timestamp'],
  fields: {
    account_id: ['UserID'],
    ip: ['ClientIP'],
    asn: ['ClientASN'],
    country: ['ClientCountry|upper'],
    user_agent: ['UserAgent'],
    device_fingerprint: ['EphemeralID'],
    email: ['Email'],
    tls_fingerprint: ['JA4'],
  },
}
