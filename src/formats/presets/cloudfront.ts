import type { Preset } from '../preset.ts'

/** CloudFront standard log. Source: elastic/integrations, test-cloudfront.log@0ad96f51; AWS, standard logs. */
export const cloudfront: Preset = {
  id: 'cloudfront',
  title: 'CloudFront standard log',
  kind: 'edge',
  detect: {
    all: ['c-ip', 'x-edge-request-id', 'sc-status', 'cs(User-Agent)'],
    any: [],
    none: [],
    values: {},
  },
  time: ['date'],
  fields: {
    request_id: ['x-edge-request-id'],
    ip: ['c-ip'],
    user_agent: ['cs(User-Agent)|urldecode'],
    status: ['sc-status'],
    latency_ms: ['time-taken|mul:1000'],
  },
}
