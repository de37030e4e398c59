import type { Preset } from '../preset.ts'

/** Azure portal CSV of ApiManagementGatewayLlmLog. Source: MicrosoftDocs/azure-docs, api-management-howto-llm-logs.md@1da23e8b; elastic/integrations azure_openai@104cd7b4. */
export const azureApimLlmPortal: Preset = {
  id: 'azure_apim_llm_portal',
  title: 'Azure portal CSV of ApiManagementGatewayLlmLog',
  kind: 'request',
  detect: {
    all: ['TimeGenerated [UTC]', 'CorrelationId', 'ModelName', 'PromptTokens'],
    any: [],
    none: [],
    values: {},
  },
  time: ['TimeGenerated [UTC]'],
  fields: {
    request_id: ['CorrelationId'],
    model: ['ModelName', 'DeploymentName'],
    input_tokens: ['PromptTokens'],
    output_tokens: ['CompletionTokens'],
    user_prompt: ['RequestMessages|json'],
    system_prompt: ['RequestMessages|json|at:[role=system/developer].content'],
  },
  mergesRows: true,
  notes: ['one call is several rows, merged by CorrelationId', 'rows name no account: the gateway log does'],
}
