import type { Preset } from '../preset.ts'

/** AWS WAF log. Source: elastic/integrations, test-waf.log@9c26298c; AWS WAF API reference. */
export const awsWaf: Preset = {
  id: 'aws_waf',
  title: 'AWS WAF log',
  kind: 'edge',
  detect: {
    all: ['webaclId', 'httpRequest', 'timestamp', 'action'],
    any: [],
    none: [],
    values: {},
  },
  time: ['timestamp'],
  fields: {
    request_id: ['httpRequest.requestId'],
    ip: ['httpRequest.headers[name=X-Forwarded-For].value', 'httpRequest.clientIp'],
    asn: ['clientAsn'],
    country: ['httpRequest.country'],
    user_agent: ['httpRequest.headers[name=User-Agent].value'],
    status: ['responseCodeSent', 'action'],
    tls_fingerprint: ['ja4Fingerprint', 'ja3Fingerprint'],
  },
}
