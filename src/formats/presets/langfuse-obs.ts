import type { Preset } from '../preset.ts'

/** Langfuse observations (blob export). Source: langfuse/langfuse-docs, blob-storage-export-fields.mdx@05bdc0e1. */
export const langfuseObs: Preset = {
  id: 'langfuse_obs',
  title: 'Langfuse observations (blob export)',
  kind: 'request',
  detect: {
    all: ['id', 'trace_id', 'start_time', 'provided_model_name', 'usage_details'],
    any: ['type'],
    none: [],
    values: {},
  },
  time: ['start_time'],
  fields: {
    request_id: ['id'],
    account_id: ['user_id'],
    model: ['provided_model_name'],
    input_tokens: ['usage_details|json|at:input'],
    output_tokens: ['usage_details|json|at:output'],
    cached_tokens: ['usage_details|json|at:input_cached_tokens'],
    status: ['level'],
    latency_ms: ['latency|mul:1000'],
    user_prompt: ['input|json'],
    system_prompt: ['input|json|at:[role=system/developer].content'],
    template_id: ['prompt_name'],
    tools_hash: ['tool_call_names'],
    session_id: ['session_id'],
    ip: ['metadata|json|at:ip'],
    trace_id: ['trace_id', 'traceId'],
  },
  notes: ['older exports name the user in the traces: give both files'],
}
