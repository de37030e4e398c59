import type { Preset } from '../preset.ts'

/**
 * OpenAI organization audit log. Source: elastic/integrations, openai audit test@c500220c.
 * No organisation: a project costs nothing to make, and the log is that of one organisation.
 */
export const openaiAudit: Preset = {
  id: 'openai_audit',
  title: 'OpenAI organization audit log',
  kind: 'auth',
  detect: {
    all: ['id', 'type', 'effective_at', 'actor'],
    any: [],
    none: [],
    values: { id: '^audit_log-' },
  },
  time: ['effective_at'],
  fields: {
    account_id: [
      'actor.session.user.id',
      'actor.api_key.user.id',
      'actor.api_key.service_account.id',
      'actor.session.user.email',
    ],
    api_key_id: ['actor.api_key.id'],
    ip: ['actor.session.ip_address'],
    asn: ['actor.session.ip_address_details.asn'],
    country: ['actor.session.ip_address_details.country'],
    user_agent: ['actor.session.user_agent'],
    email: ['actor.session.user.email', 'actor.api_key.user.email'],
    tls_fingerprint: ['actor.session.ja4', 'actor.session.ja3'],
  },
}
