import type { Preset } from '../preset.ts'

/**
 * new-api logs. Source: QuantumNous/new-api, model/log.go@00423442, model/user.go and model/topup.go@0089a12f.
 * No organisation: `group` is a price list, which most users share. No request id but its own: a user sees `id`
 * modulo 1024, so that it repeats.
 */
export const newapiLogs: Preset = {
  id: 'newapi_logs',
  title: 'new-api logs',
  kind: 'request',
  detect: {
    all: ['user_id', 'created_at', 'type', 'token_name', 'model_name', 'use_time', 'other'],
    any: ['token_id', 'ip', 'group'],
    none: [],
    values: {},
  },
  time: ['created_at'],
  fields: {
    request_id: ['request_id'],
    account_id: ['user_id', 'username'],
    api_key_id: ['token_id', 'token_name'],
    ip: ['ip'],
    model: ['model_name', 'other|json|at:upstream_model_name'],
    input_tokens: ['prompt_tokens'],
    output_tokens: ['completion_tokens'],
    cached_tokens: ['other|json|at:cache_tokens'],
    latency_ms: ['use_time|mul:1000'],
    stop_reason: ['other|json|at:stream_status.end_reason'],
  },
  keep: { type: [2, 5] },
  notes: [
    'top-ups, refunds and system events among the rows are passed over',
    'addresses are logged only for users who allowed it',
  ],
}
