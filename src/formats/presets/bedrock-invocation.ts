import type { Preset } from '../preset.ts'

/** AWS Bedrock model invocation log. Source: elastic/integrations, aws_bedrock invocation tests@06a6cc62. */
export const bedrockInvocation: Preset = {
  id: 'bedrock_invocation',
  title: 'AWS Bedrock model invocation log',
  kind: 'request',
  detect: {
    all: ['schemaType', 'accountId', 'modelId', 'requestId'],
    any: ['identity.arn', 'identity[0].arn', 'input', 'output'],
    none: [],
    values: { schemaType: '^ModelInvocationLog$' },
  },
  time: ['timestamp'],
  fields: {
    request_id: ['requestId'],
    account_id: ['identity.arn', 'identity[0].arn', 'accountId'],
    organization_id: ['accountId'],
    end_user_id: ['requestMetadata.tenant'],
    model: ['modelId'],
    input_tokens: ['input.inputTokenCount'],
    output_tokens: ['output.outputTokenCount'],
    cached_tokens: ['input.cacheReadInputTokenCount'],
    status: ['errorCode'],
    latency_ms: [
      'output.outputBodyJson[-1].amazon-bedrock-invocationMetrics.invocationLatency',
      'output.outputBodyJson.metrics.latencyMs',
    ],
    user_prompt: [
      'input.inputBodyJson|json|at:messages',
      'input.inputBodyJson|json|at:prompt',
      'input.inputBodyJson|json|at:inputText',
    ],
    system_prompt: ['input.inputBodyJson|json|at:system'],
    device_fingerprint: ['input.inputBodyJson|json|at:metadata.user_id|device'],
    tools_hash: [
      'input.inputBodyJson|json|at:tools[].name',
      'input.inputBodyJson|json|at:toolConfig.tools[].toolSpec.name',
    ],
    stop_reason: [
      'output.outputBodyJson.stop_reason',
      'output.outputBodyJson.stopReason',
      'output.outputBodyJson[].delta.stop_reason',
    ],
  },
  inputTokens: 'without-cache',
}
