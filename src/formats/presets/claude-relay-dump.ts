import type { Preset } from '../preset.ts'

/** claude-relay-service raw dump. Source: Wei-Shaw/claude-relay-service, src/services/requestDetailService.js@8479c7ce. */
export const claudeRelayDump: Preset = {
  id: 'claude_relay_dump',
  title: 'claude-relay-service raw dump',
  kind: 'request',
  detect: {
    all: ['ts', 'requestId', 'url', 'headers', 'body', 'meta'],
    any: [],
    none: [],
    values: {},
  },
  time: ['ts'],
  fields: {
    request_id: ['requestId'],
    api_key_id: ['headers.authorization', 'headers.x-api-key'],
    ip: ['ip'],
    user_agent: ['headers.user-agent'],
    device_fingerprint: ['body.metadata.user_id|device'],
    model: ['body.model'],
    user_prompt: ['body.messages'],
    system_prompt: ['body.system'],
    tools_hash: ['body.tools[].name'],
    client_headers: ['headers.x-stainless-package-version', 'headers.x-stainless-runtime-version'],
  },
}
