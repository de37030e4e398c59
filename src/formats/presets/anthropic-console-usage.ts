import type { Preset } from '../preset.ts'

/** Anthropic Console usage CSV. Source: platform.claude.com, Admin and Compliance API pages. */
export const anthropicConsoleUsage: Preset = {
  id: 'anthropic_console_usage',
  title: 'Anthropic Console usage CSV',
  kind: 'usage',
  detect: {
    all: ['usage_date_utc', 'model_version', 'api_key', 'usage_input_tokens_no_cache', 'usage_output_tokens'],
    any: [],
    none: [],
    values: {},
  },
  time: ['usage_date_utc'],
  fields: {
    api_key_id: ['api_key'],
    model: ['model_version'],
    input_tokens: ['usage_input_tokens_no_cache'],
    output_tokens: ['usage_output_tokens'],
    cached_tokens: ['usage_input_tokens_cache_read'],
  },
  inputTokens: 'without-cache',
}
