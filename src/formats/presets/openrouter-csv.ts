import type { Preset } from '../preset.ts'

/** OpenRouter activity CSV. Source: header of the activity export; API page of /activity. */
export const openrouterCsv: Preset = {
  id: 'openrouter_csv',
  title: 'OpenRouter activity CSV',
  kind: 'request',
  detect: {
    all: ['generation_id', 'tokens_prompt', 'tokens_completion', 'model_permaslug'],
    any: [],
    none: [],
    values: {},
  },
  time: ['created_at'],
  fields: {
    request_id: ['generation_id'],
    account_id: ['api_key_name'],
    end_user_id: ['user'],
    api_key_id: ['api_key_name'],
    model: ['model_permaslug'],
    input_tokens: ['tokens_prompt'],
    output_tokens: ['tokens_completion'],
    cached_tokens: ['tokens_cached'],
    status: ['cancelled'],
    latency_ms: ['generation_time_ms'],
    template_id: ['app_name'],
    stop_reason: ['finish_reason_normalized', 'finish_reason_raw'],
  },
}
