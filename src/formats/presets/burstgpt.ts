import type { Preset } from '../preset.ts'

/** BurstGPT trace. Source: HPMLL/BurstGPT, README@e92f533b. */
export const burstgpt: Preset = {
  id: 'burstgpt',
  title: 'BurstGPT trace',
  kind: 'request',
  detect: {
    all: ['Timestamp', 'Request tokens', 'Response tokens', 'Log Type'],
    any: [],
    none: [],
    values: {},
  },
  time: ['Timestamp'],
  fields: {
    session_id: ['Session ID'],
    model: ['Model'],
    input_tokens: ['Request tokens'],
    output_tokens: ['Response tokens'],
    latency_ms: ['Elapsed time|mul:1000'],
  },
  notes: ['no identity, and times count from the first day'],
}
