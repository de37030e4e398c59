import type { Preset } from '../preset.ts'

/** OpenAI usage/completions buckets. Source: elastic/integrations, openai audit test@c500220c. */
export const openaiUsage: Preset = {
  id: 'openai_usage',
  title: 'OpenAI usage/completions buckets',
  kind: 'usage',
  detect: {
    all: ['results', 'start_time', 'end_time'],
    any: [],
    none: [],
    values: { object: '^bucket$' },
  },
  time: ['start_time'],
  fields: {
    account_id: ['results.user_id'],
    api_key_id: ['results.api_key_id'],
    organization_id: ['results.project_id'],
    model: ['results.model'],
    input_tokens: ['results.input_tokens'],
    output_tokens: ['results.output_tokens'],
    cached_tokens: ['results.input_cached_tokens'],
  },
}
