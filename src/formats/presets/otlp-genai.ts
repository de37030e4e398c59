import type { Preset } from '../preset.ts'

/**
 * OpenTelemetry GenAI spans/logs (OTLP JSON). Source: open-telemetry/semantic-conventions v1.41.0 and
 * semantic-conventions-genai@002c8a6e; both generations of names.
 * Without an id of the response the span stands for the request: a trace may hold several.
 */
export const otlpGenai: Preset = {
  id: 'otlp_genai',
  title: 'OpenTelemetry GenAI spans/logs (OTLP JSON)',
  kind: 'request',
  detect: {
    all: ['__otlp'],
    any: [
      'attr|key:gen_ai.operation.name',
      'attr|key:gen_ai.request.model',
      'attr|key:gen_ai.system',
      'attr|key:gen_ai.provider.name',
    ],
    none: [],
    values: {},
  },
  time: ['startTimeUnixNano', 'timeUnixNano', 'observedTimeUnixNano'],
  fields: {
    request_id: ['attr|key:gen_ai.response.id', 'spanId'],
    account_id: [
      'attr|key:user.id',
      'attr|key:enduser.id',
      'attr|key:enduser.pseudo.id',
      'attr|key:user.email',
      'attr|key:user.hash',
    ],
    ip: ['attr|key:client.address', 'attr|key:http.request.header.x-forwarded-for'],
    country: ['attr|key:geo.country.iso_code'],
    user_agent: ['attr|key:user_agent.original'],
    email: ['attr|key:user.email'],
    model: ['attr|key:gen_ai.response.model', 'attr|key:gen_ai.request.model'],
    input_tokens: ['attr|key:gen_ai.usage.input_tokens', 'attr|key:gen_ai.usage.prompt_tokens'],
    output_tokens: ['attr|key:gen_ai.usage.output_tokens', 'attr|key:gen_ai.usage.completion_tokens'],
    cached_tokens: ['attr|key:gen_ai.usage.cache_read.input_tokens'],
    status: ['attr|key:error.type', 'attr|key:http.response.status_code', 'status.code'],
    latency_ms: ['__dur_ns|div:1000000'],
    user_prompt: ['attr|key:gen_ai.input.messages', 'attr|key:gen_ai.prompt', 'body'],
    system_prompt: ['attr|key:gen_ai.system_instructions'],
    tools_hash: ['attr|key:gen_ai.tool.definitions|json|at:[].name', 'attr|key:gen_ai.tool.name'],
    stop_reason: ['attr|key:gen_ai.response.finish_reasons'],
    session_id: ['attr|key:gen_ai.conversation.id'],
    tls_fingerprint: ['attr|key:tls.client.ja4', 'attr|key:tls.client.ja3'],
    trace_id: ['traceId'],
  },
}
