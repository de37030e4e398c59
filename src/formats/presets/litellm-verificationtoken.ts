import type { Preset } from '../preset.ts'

/** LiteLLM VerificationToken (key to user). Source: BerriAI/litellm, schema.prisma@029f645f and litellm/types/utils.py. */
export const litellmVerificationtoken: Preset = {
  id: 'litellm_verificationtoken',
  title: 'LiteLLM VerificationToken (key to user)',
  kind: 'account',
  detect: {
    all: ['token', 'key_alias', 'user_id', 'team_id', 'created_at'],
    any: ['key_name'],
    none: [],
    values: {},
  },
  time: [],
  fields: {
    account_id: ['user_id'],
    api_key_id: ['token'],
    organization_id: ['team_id'],
    created_at: ['created_at'],
  },
}
