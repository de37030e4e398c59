import type { Preset } from '../preset.ts'

/** Traefik JSON access log. Source: traefik/traefik, pkg/middlewares/accesslog/logdata.go@0620cf26. */
export const traefik: Preset = {
  id: 'traefik',
  title: 'Traefik JSON access log',
  kind: 'edge',
  detect: {
    all: ['ClientAddr', 'DownstreamStatus', 'StartUTC', 'RequestPath'],
    any: [],
    none: [],
    values: {},
  },
  time: ['StartUTC'],
  fields: {
    account_id: ['ClientUsername'],
    ip: ['request_X-Forwarded-For', 'ClientHost', 'ClientAddr'],
    user_agent: ['request_User-Agent'],
    status: ['DownstreamStatus'],
    latency_ms: ['Duration|div:1000000'],
  },
}
