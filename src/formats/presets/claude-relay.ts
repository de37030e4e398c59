import type { Preset } from '../preset.ts'

/**
 * claude-relay-service request detail. Source: Wei-Shaw/claude-relay-service,
 * src/services/requestDetailService.js@8479c7ce.
 * No organisation: `accountId` is the pooled account behind the relay, which customers share.
 */
export const claudeRelay: Preset = {
  id: 'claude_relay',
  title: 'claude-relay-service request detail',
  kind: 'request',
  detect: {
    all: ['requestId', 'timestamp', 'apiKeyId', 'accountId', 'accountType', 'inputTokens'],
    any: [],
    none: [],
    values: {},
  },
  time: ['requestStartedAt', 'timestamp'],
  fields: {
    request_id: ['requestId'],
    account_id: ['apiKeyId'],
    api_key_id: ['apiKeyId'],
    model: ['model'],
    input_tokens: ['inputTokens'],
    output_tokens: ['outputTokens'],
    cached_tokens: ['cacheReadTokens'],
    status: ['statusCode'],
    latency_ms: ['durationMs'],
    user_prompt: ['requestBodySnapshot.messages'],
    system_prompt: ['requestBodySnapshot.system'],
    tools_hash: ['requestBodySnapshot.tools[].name'],
  },
  inputTokens: 'without-cache',
  notes: ['texts are cut at 80 characters, so they compare within this format only'],
}
