import type { Preset } from '../preset.ts'

/** nginx JSON access log (convention). Source: names by convention: operators write the format themselves. */
export const nginxJson: Preset = {
  id: 'nginx_json',
  title: 'nginx JSON access log (convention)',
  kind: 'edge',
  detect: {
    all: ['remote_addr', 'status'],
    any: ['time_iso8601', 'time_local', 'msec'],
    none: ['ClientAddr'],
    values: {},
  },
  time: ['time_iso8601', 'time_local', 'msec'],
  fields: {
    request_id: ['request_id'],
    ip: ['http_x_forwarded_for', 'remote_addr'],
    api_key_id: ['http_x_api_key_id'],
    user_agent: ['http_user_agent'],
    status: ['status'],
    latency_ms: ['request_time|mul:1000'],
    user_prompt: ['request_body|json|at:messages'],
    system_prompt: ['request_body|json|at:messages|at:[role=system/developer].content'],
    tls_fingerprint: ['http_ja4', 'ssl_ja4', 'ssl_ja3_hash', 'ssl_ja3'],
  },
  notes: ['names are those of the variables; --map fills what an operator called otherwise'],
  isOpen: true,
}
