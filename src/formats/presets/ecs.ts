import type { Preset } from '../preset.ts'

/** Elastic ECS document / hit. Source: elastic/ecs, fields.csv. */
export const ecs: Preset = {
  id: 'ecs',
  title: 'Elastic ECS document / hit',
  kind: 'request',
  detect: {
    all: ['@timestamp'],
    any: ['source.ip', 'client.ip', 'user.id', 'user.name', 'user.hash'],
    none: ['protoPayload', 'account_id', 'resourceSpans'],
    values: {},
  },
  time: ['@timestamp'],
  fields: {
    account_id: ['user.id', 'user.name', 'user.email', 'user.hash'],
    ip: ['source.ip', 'client.ip'],
    asn: ['source.as.number'],
    country: ['source.geo.country_iso_code'],
    user_agent: ['user_agent.original'],
    email: ['user.email'],
    model: ['gen_ai.request.model'],
    input_tokens: ['gen_ai.usage.input_tokens'],
    output_tokens: ['gen_ai.usage.output_tokens'],
    status: ['http.response.status_code', 'event.outcome'],
    latency_ms: ['event.duration|div:1000000'],
    tls_fingerprint: ['tls.client.ja4', 'tls.client.ja3'],
  },
  isOpen: true,
}
