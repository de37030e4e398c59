import type { Preset } from '../preset.ts'

/**
 * Tyk pump JSON. Source: TykTechnologies/tyk-pump, analytics/analytics.go@042ea87a.
 * No organisation: `org_id` is that of the gateway, which all rows share.
 */
export const tykJson: Preset = {
  id: 'tyk_json',
  title: 'Tyk pump JSON',
  kind: 'edge',
  detect: {
    all: ['api_key', 'ip_address', 'request_time', 'api_id', 'org_id'],
    any: [],
    none: [],
    values: {},
  },
  time: ['timestamp'],
  fields: {
    account_id: ['alias', 'api_key'],
    api_key_id: ['api_key'],
    ip: ['ip_address'],
    country: ['geo.country.iso_code'],
    user_agent: ['user_agent'],
    status: ['response_code'],
    latency_ms: ['request_time'],
    user_prompt: ['raw_request'],
  },
}
