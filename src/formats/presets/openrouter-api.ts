import type { Preset } from '../preset.ts'

/** OpenRouter /activity buckets. Source: header of the activity export; API page of /activity. */
export const openrouterApi: Preset = {
  id: 'openrouter_api',
  title: 'OpenRouter /activity buckets',
  kind: 'usage',
  detect: {
    all: ['date', 'model_permaslug', 'usage', 'requests', 'prompt_tokens'],
    any: [],
    none: [],
    values: {},
  },
  time: ['date'],
  fields: {
    model: ['model_permaslug'],
    input_tokens: ['prompt_tokens'],
    output_tokens: ['completion_tokens'],
  },
}
