import type { Preset } from '../preset.ts'

/** one-api logs. Source: songquanpeng/one-api, model/log.go@8df4a267. */
export const oneapiLogs: Preset = {
  id: 'oneapi_logs',
  title: 'one-api logs',
  kind: 'request',
  detect: {
    all: ['user_id', 'created_at', 'type', 'token_name', 'model_name', 'quota', 'prompt_tokens'],
    any: ['elapsed_time', 'request_time', 'channel', 'channel_id'],
    none: ['use_time', 'other'],
    values: {},
  },
  time: ['created_at'],
  fields: {
    request_id: ['request_id', 'id'],
    account_id: ['user_id', 'username'],
    api_key_id: ['token_name'],
    model: ['model_name'],
    input_tokens: ['prompt_tokens'],
    output_tokens: ['completion_tokens'],
    latency_ms: ['elapsed_time'],
  },
  keep: { type: [2, 5] },
  notes: ['top-ups and system events among the rows are passed over; no addresses are logged'],
}
