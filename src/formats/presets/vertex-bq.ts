import type { Preset } from '../preset.ts'

/**
 * GCP Vertex AI request-response logging (BigQuery). Source: elastic/integrations, gcp_vertexai fields.yml@288cc6d5.
 * No organisation: `endpoint` is the deployment, which all rows share.
 */
export const vertexBq: Preset = {
  id: 'vertex_bq',
  title: 'GCP Vertex AI request-response logging (BigQuery)',
  kind: 'request',
  detect: {
    all: ['logging_time', 'request_payload', 'response_payload', 'deployed_model_id'],
    any: ['full_request', 'model'],
    none: [],
    values: {},
  },
  time: ['logging_time'],
  fields: {
    request_id: ['request_id'],
    model: ['model', 'full_response|json|at:model_version'],
    input_tokens: ['full_response|json|at:usage_metadata.prompt_token_count'],
    output_tokens: ['full_response|json|at:usage_metadata.candidates_token_count'],
    latency_ms: ['metadata|json|at:request_latency'],
    user_prompt: ['full_request|json|at:contents'],
    system_prompt: ['full_request|json|at:system_instruction.parts[].text'],
    tools_hash: ['full_request|json|at:tools[].function_declarations[].name'],
    stop_reason: ['full_response|json|at:candidates[0].finish_reason'],
  },
  notes: ['shares no key with the audit log, and is not joined to it'],
}
