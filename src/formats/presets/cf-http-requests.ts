import type { Preset } from '../preset.ts'

/** Cloudflare HTTP requests Logpush. Source: cloudflare/cloudflare-docs, datasets/zone/http_requests.md@0c7dc2b0. */
export const cfHttpRequests: Preset = {
  id: 'cf_http_requests',
  title: 'Cloudflare HTTP requests Logpush',
  kind: 'edge',
  detect: {
    all: ['RayID', 'ClientIP', 'EdgeStartTimestamp'],
    any: ['ClientRequestHost', 'EdgeResponseStatus', 'ClientASN'],
    none: [],
    values: {},
  },
  time: ['EdgeStartTimestamp'],
  fields: {
    request_id: ['ResponseHeaders.x-request-id', 'RayID'],
    account_id: ['RequestHeaders.x-account-id'],
    ip: ['ClientIP'],
    asn: ['ClientASN'],
    country: ['ClientCountry|upper'],
    user_agent: ['ClientRequestUserAgent'],
    device_fingerprint: ['RequestHeaders.cf-device', 'ClientMTLSAuthCertFingerprint'],
    status: ['EdgeResponseStatus'],
    latency_ms: ['OriginResponseDurationMs', 'OriginResponseTime|div:1000000'],
    tls_fingerprint: ['JA4', 'JA3Hash'],
  },
}
