import type { Preset } from '../preset.ts'

/**
 * Azure APIM GatewayLogs. Source: MicrosoftDocs/azure-docs, api-management-howto-llm-logs.md@1da23e8b;
 * elastic/integrations azure_openai@104cd7b4.
 * No organisation: `resourceId` is the gateway, which all rows share.
 */
export const azureApimGw: Preset = {
  id: 'azure_apim_gw',
  title: 'Azure APIM GatewayLogs',
  kind: 'edge',
  detect: {
    all: ['category', 'correlationId', 'callerIpAddress', 'properties'],
    any: ['properties.apiId', 'properties.backendMethod'],
    none: [],
    values: { category: '^GatewayLogs$' },
  },
  time: ['time'],
  fields: {
    request_id: ['correlationId'],
    account_id: ['properties.apimSubscriptionId'],
    ip: ['callerIpAddress'],
    user_agent: [
      'properties.requestHeaders.User-Agent',
      'properties.requestHeaders|json|at:User-Agent',
      'properties.requestHeaders.user-agent',
    ],
    status: ['properties.responseCode'],
    latency_ms: ['durationMs'],
    user_prompt: ['properties.requestBody|json|at:messages'],
  },
}
