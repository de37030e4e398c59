import type { Preset } from '../preset.ts'

/** Auth0 tenant logs. Source: Auth0, log event fixtures. */
export const auth0: Preset = {
  id: 'auth0',
  title: 'Auth0 tenant logs',
  kind: 'auth',
  detect: {
    all: ['date', 'type', 'ip', 'log_id'],
    any: ['client_id', 'connection', 'user_id'],
    none: [],
    values: {},
  },
  time: ['date'],
  fields: {
    account_id: ['user_id'],
    ip: ['ip'],
    country: ['location_info.country_code'],
    user_agent: ['user_agent'],
    email: ['user_name'],
    tls_fingerprint: ['security_context.ja4', 'security_context.ja3'],
  },
  notes: ['user agents are rewritten by the vendor, and compare within this format only'],
}
