import type { Preset } from '../preset.ts'

/** Portkey logs export. Source: Portkey-AI/docs-core, product/observability/logs-export.mdx@08d4d1e1. */
export const portkey: Preset = {
  id: 'portkey',
  title: 'Portkey logs export',
  kind: 'request',
  detect: {
    all: ['request.body', 'ai_model', 'req_units', 'res_units', 'response_status_code'],
    any: [],
    none: [],
    values: {},
  },
  time: ['created_at'],
  fields: {
    request_id: ['trace_id'],
    account_id: ['__meta._user'],
    api_key_id: ['virtual_key'],
    model: ['ai_model'],
    input_tokens: ['req_units'],
    output_tokens: ['res_units'],
    status: ['response_status_code'],
    latency_ms: ['response_time'],
    user_prompt: ['request.body|json|at:messages'],
    system_prompt: ['request.body|json|at:messages|at:[role=system/developer].content'],
    template_id: ['prompt_slug'],
    tools_hash: ['request.body|json|at:tools[].function.name'],
    stop_reason: ['response.body|json|at:choices[0].finish_reason'],
    user_agent: ['runtime'],
  },
}
