import type { Preset } from '../preset.ts'

/** AWS ALB access log. Source: elastic/integrations, test-alb.log@06ef7ddb; AWS, access log entries. */
export const alb: Preset = {
  id: 'alb',
  title: 'AWS ALB access log',
  kind: 'edge',
  detect: {
    all: ['__alb'],
    any: [],
    none: [],
    values: {},
  },
  time: ['time'],
  fields: {
    request_id: ['trace_id'],
    ip: ['client'],
    user_agent: ['user_agent'],
    status: ['elb_status_code'],
    latency_ms: ['target_processing_time|mul:1000'],
  },
}
