import type { Preset } from '../preset.ts'

/** Kong AI Gateway audit log. Source: Kong/developer.konghq.com, ai-audit-log-reference. */
export const kongAi: Preset = {
  id: 'kong_ai',
  title: 'Kong AI Gateway audit log',
  kind: 'request',
  detect: {
    all: ['started_at', 'client_ip', 'latencies', 'request'],
    any: ['ai', 'workspace', 'upstream_uri'],
    none: [],
    values: {},
  },
  time: ['started_at'],
  fields: {
    request_id: ['request.id'],
    account_id: ['consumer.custom_id', 'consumer.username', 'consumer.id'],
    api_key_id: ['authenticated_entity.id'],
    ip: ['client_ip'],
    user_agent: ['request.headers.user-agent'],
    model: [
      'ai.proxy.meta.response_model',
      'ai.proxy.meta.request_model',
      'ai.ai-proxy.meta.response_model',
      'ai.ai-proxy.meta.request_model',
    ],
    input_tokens: ['ai.proxy.usage.prompt_tokens', 'ai.ai-proxy.usage.prompt_token'],
    output_tokens: ['ai.proxy.usage.completion_tokens', 'ai.ai-proxy.usage.completion_token'],
    status: ['response.status', 'upstream_status'],
    latency_ms: ['latencies.request'],
    user_prompt: ['ai.proxy.payload.request|json|at:messages', 'ai.payload.request|json|at:messages'],
    system_prompt: [
      'ai.proxy.payload.request|json|at:messages[role=system/developer].content',
      'ai.payload.request|json|at:messages[role=system/developer].content',
    ],
    tools_hash: [
      'ai.proxy.payload.request|json|at:tools[].function.name',
      'ai.payload.request|json|at:tools[].function.name',
    ],
  },
}
