import type { Preset } from '../preset.ts'

/** Langfuse traces (blob export). Source: langfuse/langfuse-docs, blob-storage-export-fields.mdx@05bdc0e1. */
export const langfuseTraces: Preset = {
  id: 'langfuse_traces',
  title: 'Langfuse traces (blob export)',
  kind: 'edge',
  detect: {
    all: ['id', 'timestamp', 'user_id', 'session_id', 'bookmarked', 'public'],
    any: [],
    none: [],
    values: {},
  },
  time: ['timestamp'],
  fields: {
    request_id: ['id'],
    account_id: ['user_id'],
    session_id: ['session_id'],
    ip: ['metadata|json|at:ip'],
    user_prompt: ['input'],
  },
}
