import type { Preset } from '../preset.ts'

/**
 * Azure OpenAI RequestResponse diagnostics. Source: elastic/integrations, azure_openai request-response
 * test@4275d16a.
 * No organisation: `resourceId` is the deployment, which all rows share.
 */
export const azureOpenai: Preset = {
  id: 'azure_openai',
  title: 'Azure OpenAI RequestResponse diagnostics',
  kind: 'request',
  detect: {
    all: ['category', 'callerIpAddress', 'event', 'operationName'],
    any: ['Tenant', 'properties'],
    none: [],
    values: { category: '^RequestResponse$' },
  },
  time: ['time'],
  fields: {
    request_id: ['correlationId'],
    ip: ['callerIpAddress'],
    account_id: ['properties|json|at:objectId'],
    model: ['properties|json|at:modelName', 'properties|json|at:modelDeploymentName'],
    status: ['resultSignature'],
    latency_ms: ['durationMs'],
  },
  notes: ['the last number of an address is masked at the source: only its block is known', 'no token counts'],
}
