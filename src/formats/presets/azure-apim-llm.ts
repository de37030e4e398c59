import type { Preset } from '../preset.ts'

/**
 * Azure APIM GatewayLlmLogs (Event Hub/Storage). Source: MicrosoftDocs/azure-docs,
 * api-management-howto-llm-logs.md@1da23e8b; elastic/integrations azure_openai@104cd7b4.
 * No organisation: `resourceId` is the gateway, which all rows share.
 */
export const azureApimLlm: Preset = {
  id: 'azure_apim_llm',
  title: 'Azure APIM GatewayLlmLogs (Event Hub/Storage)',
  kind: 'request',
  detect: {
    all: ['category', 'correlationId', 'properties'],
    any: ['properties.promptTokens', 'properties.modelName'],
    none: [],
    values: { category: '^GatewayLlmLogs$' },
  },
  time: ['time'],
  fields: {
    request_id: ['correlationId'],
    model: ['properties.modelName', 'properties.deploymentName'],
    input_tokens: ['properties.promptTokens'],
    output_tokens: ['properties.completionTokens'],
    cached_tokens: ['properties.promptCachedTokens'],
    user_prompt: ['properties.requestMessages|json'],
    system_prompt: ['properties.requestMessages|json|at:[role=system/developer].content'],
  },
  mergesRows: true,
  notes: [
    'one call is several rows: tokens, request and response, merged by correlationId',
    'rows name no account: the gateway log does',
  ],
}
