import type { Preset } from '../preset.ts'

/** Helicone requests. Source: Helicone/helicone, packages/llm-mapper/types.ts@301a87bc. */
export const helicone: Preset = {
  id: 'helicone',
  title: 'Helicone requests',
  kind: 'request',
  detect: {
    all: ['request_id', 'request_created_at', 'response_status', 'delay_ms'],
    any: ['request_path', 'helicone_user', 'provider'],
    none: [],
    values: {},
  },
  time: ['request_created_at'],
  fields: {
    request_id: ['request_id'],
    account_id: ['request_user_id'],
    end_user_id: ['request_body|json|at:user'],
    country: ['country_code'],
    model: ['response_model', 'request_model', 'model_override'],
    input_tokens: ['prompt_tokens'],
    output_tokens: ['completion_tokens'],
    cached_tokens: ['prompt_cache_read_tokens'],
    status: ['response_status'],
    latency_ms: ['delay_ms'],
    user_prompt: ['request_body|json|at:messages'],
    system_prompt: ['request_body|json|at:messages[role=system/developer].content'],
    template_id: ['prompt_id'],
    stop_reason: ['response_body|json|at:choices[0].finish_reason'],
    tools_hash: ['request_body|json|at:tools[].function.name'],
  },
}
