import type { Preset } from '../preset.ts'

/**
 * Anthropic Compliance Activity Feed. Source: platform.claude.com, Admin and Compliance API pages.
 * No organisation: the feed is that of one, which all rows share.
 */
export const anthropicCompliance: Preset = {
  id: 'anthropic_compliance',
  title: 'Anthropic Compliance Activity Feed',
  kind: 'auth',
  detect: {
    all: ['id', 'created_at', 'organization_id', 'actor', 'type'],
    any: [],
    none: [],
    values: { id: '^activity_' },
  },
  time: ['created_at'],
  fields: {
    account_id: ['actor.user_id', 'actor.email_address'],
    api_key_id: ['api_key_id'],
    ip: ['actor.ip_address'],
    user_agent: ['actor.user_agent'],
    email: ['actor.email_address'],
  },
}
