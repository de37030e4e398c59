import type { Preset } from '../preset.ts'

/** Apigee analytics export. Source: Google Apigee, analytics reference. */
export const apigee: Preset = {
  id: 'apigee',
  title: 'Apigee analytics export',
  kind: 'edge',
  detect: {
    all: ['client_id', 'developer_app', 'apiproxy'],
    any: ['ax_resolved_client_ip', 'gateway_flow_id'],
    none: [],
    values: {},
  },
  time: ['client_received_start_timestamp'],
  fields: {
    request_id: ['gateway_flow_id'],
    account_id: ['developer_email', 'developer', 'developer_app'],
    api_key_id: ['client_id'],
    ip: ['ax_resolved_client_ip', 'ax_true_client_ip', 'x_forwarded_for_ip'],
    country: ['ax_geo_country'],
    user_agent: ['useragent'],
    email: ['developer_email'],
    status: ['response_status_code'],
    latency_ms: ['total_response_time'],
  },
}
