import type { Preset } from '../preset.ts'

/** SGLang request log. Source: sgl-project/sglang, request_logger.py@01bb9120. */
export const sglang: Preset = {
  id: 'sglang',
  title: 'SGLang request log',
  kind: 'request',
  detect: {
    all: ['timestamp', 'event', 'rid', 'obj'],
    any: [],
    none: [],
    values: { event: '^request\\.(received|finished)$' },
  },
  time: ['timestamp'],
  zone: 'local',
  fields: {
    request_id: ['rid'],
    input_tokens: ['out.meta_info.prompt_tokens'],
    output_tokens: ['out.meta_info.completion_tokens'],
    latency_ms: ['out.meta_info.e2e_latency|mul:1000'],
    user_prompt: ['obj.text'],
    stop_reason: ['out.meta_info.finish_reason.type'],
  },
  mergesRows: true,
  notes: ['received and finished rows of a request are merged; stamps are local time (--time-zone)'],
}
