import type { Preset } from '../preset.ts'

/** Anthropic Admin API usage report. Source: platform.claude.com, Admin and Compliance API pages. */
export const anthropicUsageReport: Preset = {
  id: 'anthropic_usage_report',
  title: 'Anthropic Admin API usage report',
  kind: 'usage',
  detect: {
    all: ['results', 'starting_at', 'ending_at'],
    any: [],
    none: [],
    values: {},
  },
  time: ['starting_at'],
  fields: {
    account_id: ['results.account_id', 'results.service_account_id'],
    api_key_id: ['results.api_key_id'],
    organization_id: ['results.workspace_id'],
    model: ['results.model'],
    input_tokens: ['results.uncached_input_tokens'],
    output_tokens: ['results.output_tokens'],
    cached_tokens: ['results.cache_read_input_tokens'],
  },
  inputTokens: 'without-cache',
}
