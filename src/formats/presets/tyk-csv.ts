import type { Preset } from '../preset.ts'

/**
 * Tyk pump CSV. Source: TykTechnologies/tyk-pump, analytics/analytics.go@042ea87a.
 * No organisation: `OrgID` is that of the gateway, which all rows share.
 */
export const tykCsv: Preset = {
  id: 'tyk_csv',
  title: 'Tyk pump CSV',
  kind: 'edge',
  detect: {
    all: ['APIKey', 'TimeStamp', 'IPAddress', 'ResponseCode', 'OrgID'],
    any: [],
    none: [],
    values: {},
  },
  time: ['TimeStamp'],
  fields: {
    account_id: ['Alias', 'APIKey'],
    api_key_id: ['APIKey'],
    ip: ['IPAddress'],
    country: ['GeoData.Country.ISOCode'],
    user_agent: ['UserAgent'],
    status: ['ResponseCode'],
    latency_ms: ['RequestTime'],
    user_prompt: ['RawRequest'],
  },
}
