import type { Preset } from '../preset.ts'

/** LiteLLM StandardLoggingPayload (S3/GCS object). Source: BerriAI/litellm, schema.prisma@029f645f and litellm/types/utils.py. */
export const litellmSlp: Preset = {
  id: 'litellm_slp',
  title: 'LiteLLM StandardLoggingPayload (S3/GCS object)',
  kind: 'request',
  detect: {
    all: ['id', 'call_type', 'response_cost', 'metadata', 'startTime', 'hidden_params'],
    any: ['metadata.user_api_key_hash', 'model_parameters', 'completionStartTime'],
    none: [],
    values: {},
  },
  time: ['startTime'],
  fields: {
    request_id: ['id'],
    account_id: ['metadata.user_api_key_user_id'],
    end_user_id: ['end_user', 'metadata.user_api_key_end_user_id'],
    organization_id: ['metadata.user_api_key_team_id', 'metadata.user_api_key_org_id'],
    api_key_id: ['metadata.user_api_key_hash'],
    ip: ['requester_ip_address', 'metadata.requester_ip_address'],
    user_agent: ['metadata.user_agent', 'request_tags|tag:User-Agent'],
    email: ['metadata.user_api_key_user_email'],
    device_fingerprint: ['metadata.requester_custom_headers.x-device-id'],
    model: ['model', 'model_group'],
    input_tokens: ['prompt_tokens'],
    output_tokens: ['completion_tokens'],
    status: ['status', 'error_information.error_code'],
    latency_ms: ['response_time|mul:1000'],
    user_prompt: ['messages'],
    system_prompt: [
      'messages|json|at:[role=system/developer].content',
      'messages|json|at:messages[role=system/developer].content',
    ],
    template_id: ['metadata.prompt_management_metadata.prompt_id'],
    tools_hash: ['model_parameters.tools[].function.name'],
    stop_reason: ['response.choices[0].finish_reason'],
    session_id: ['trace_id'],
  },
}
