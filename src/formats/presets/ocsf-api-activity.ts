import type { Preset } from '../preset.ts'

/**
 * OCSF API Activity (6003). Source: ocsf/ocsf-schema@a5cfc68e, class 6003.
 * No postal code: that of an address is geography, not what somebody pays from.
 */
export const ocsfApiActivity: Preset = {
  id: 'ocsf_api_activity',
  title: 'OCSF API Activity (6003)',
  kind: 'request',
  detect: {
    all: ['class_uid', 'time', 'actor', 'api'],
    any: ['src_endpoint', 'metadata'],
    none: [],
    values: { class_uid: '^6003$' },
  },
  time: ['time'],
  fields: {
    request_id: ['http_request.uid', 'api.request.uid', 'metadata.uid'],
    account_id: ['actor.user.uid', 'actor.user.name'],
    organization_id: ['actor.user.org.uid'],
    api_key_id: ['actor.user.credential_uid'],
    ip: ['src_endpoint.ip'],
    asn: ['src_endpoint.autonomous_system.number'],
    country: ['src_endpoint.location.country'],
    user_agent: ['http_request.user_agent'],
    email: ['actor.user.email_addr'],
    model: ['ai_model.name'],
    input_tokens: ['message_context.prompt_tokens'],
    output_tokens: ['message_context.completion_tokens'],
    status: ['http_response.code', 'status_code', 'status_id'],
    latency_ms: ['duration'],
    user_prompt: ['message_context.prompt_text'],
    session_id: ['actor.session.uid'],
    tls_fingerprint: ['ja4_fingerprint_list[].value', 'tls.ja3_hash.value'],
  },
  isOpen: true,
}
