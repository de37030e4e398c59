import type { Preset } from '../preset.ts'

/** LiteLLM SpendLogs (psql CSV / UI JSON). Source: BerriAI/litellm, schema.prisma@029f645f and litellm/types/utils.py. */
export const litellmSpendlogs: Preset = {
  id: 'litellm_spendlogs',
  title: 'LiteLLM SpendLogs (psql CSV / UI JSON)',
  kind: 'request',
  detect: {
    all: ['request_id', 'call_type', 'api_key', 'spend', 'startTime', 'endTime', 'model'],
    any: ['cache_key', 'request_tags', 'custom_llm_provider'],
    none: [],
    values: {},
  },
  time: ['startTime'],
  fields: {
    request_id: ['request_id'],
    account_id: ['user', 'metadata|json|at:user_api_key_user_id'],
    end_user_id: ['end_user'],
    organization_id: ['team_id', 'organization_id'],
    api_key_id: ['api_key'],
    ip: ['requester_ip_address', 'metadata|json|at:requester_ip_address'],
    user_agent: ['request_tags|json|tag:User-Agent', 'metadata|json|at:user_agent'],
    model: ['model', 'model_group'],
    input_tokens: ['prompt_tokens'],
    output_tokens: ['completion_tokens'],
    status: ['status', 'metadata|json|at:status', 'metadata|json|at:error_information.error_code'],
    latency_ms: ['request_duration_ms'],
    user_prompt: ['messages', 'proxy_server_request|json|at:messages'],
    system_prompt: [
      'messages|json|at:[role=system/developer].content',
      'proxy_server_request|json|at:messages[role=system/developer].content',
      'proxy_server_request|json|at:system',
    ],
    tools_hash: ['proxy_server_request|json|at:tools[].function.name'],
    stop_reason: ['response|json|at:choices[0].finish_reason'],
    session_id: ['session_id'],
  },
}
