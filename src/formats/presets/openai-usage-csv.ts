import type { Preset } from '../preset.ts'

/** OpenAI dashboard usage CSV. Source: elastic/integrations, openai audit test@c500220c. */
export const openaiUsageCsv: Preset = {
  id: 'openai_usage_csv',
  title: 'OpenAI dashboard usage CSV',
  kind: 'usage',
  detect: {
    all: ['num_model_requests', 'input_tokens', 'output_tokens', 'model'],
    any: ['start_time', 'api_key_id'],
    none: [],
    values: {},
  },
  time: ['start_time'],
  fields: {
    account_id: ['user_id'],
    api_key_id: ['api_key_id'],
    organization_id: ['project_id'],
    model: ['model'],
    input_tokens: ['input_tokens'],
    output_tokens: ['output_tokens'],
  },
}
