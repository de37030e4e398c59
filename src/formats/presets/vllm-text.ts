import type { Preset } from '../preset.ts'

/** vLLM server text log. Source: vllm-project/vllm, vllm/entrypoints/logger.py@01ff1262. */
export const vllmText: Preset = {
  id: 'vllm_text',
  title: 'vLLM server text log',
  kind: 'request',
  detect: {
    all: ['__vllm'],
    any: [],
    none: [],
    values: {},
  },
  time: ['ts'],
  zone: 'local',
  fields: {
    request_id: ['rid'],
    ip: ['ip'],
    user_prompt: ['prompt'],
    status: ['status'],
  },
  notes: ['a prompt and its access line share no id, and are not joined', 'stamps have no year'],
}
