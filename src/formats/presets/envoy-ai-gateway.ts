import type { Preset } from '../preset.ts'

/** Envoy / Envoy AI Gateway JSON access log. Source: envoyproxy/ai-gateway, accesslogs.md@b20856a7. */
export const envoyAiGateway: Preset = {
  id: 'envoy_ai_gateway',
  title: 'Envoy / Envoy AI Gateway JSON access log',
  kind: 'request',
  detect: {
    all: ['start_time', 'response_code', 'duration', 'downstream_remote_address'],
    any: ['genai_model_name', 'genai_tokens_input', 'gen_ai.request.model', 'x-request-id'],
    none: [],
    values: {},
  },
  time: ['start_time'],
  fields: {
    request_id: ['x-request-id'],
    ip: ['x-forwarded-for', 'downstream_remote_address'],
    user_agent: ['user-agent'],
    model: ['genai_model_name', 'gen_ai.request.model'],
    input_tokens: ['genai_tokens_input', 'gen_ai.usage.input_tokens'],
    output_tokens: ['genai_tokens_output', 'gen_ai.usage.output_tokens'],
    status: ['response_code'],
    latency_ms: ['duration'],
    tls_fingerprint: ['tls_ja4_fingerprint', 'tls_ja3_fingerprint'],
  },
}
