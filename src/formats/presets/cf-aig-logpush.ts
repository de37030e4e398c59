import type { Preset } from '../preset.ts'

/** Cloudflare AI Gateway Logpush. Source: cloudflare/cloudflare-typescript, src/resources/ai-gateway/logs.ts; cloudflare-docs, ai-gateway logpush.mdx. */
export const cfAigLogpush: Preset = {
  id: 'cf_aig_logpush',
  title: 'Cloudflare AI Gateway Logpush',
  kind: 'request',
  detect: {
    all: ['Gateway', 'Provider', 'Model', 'StatusCode'],
    any: ['RequestBody', 'Metadata'],
    none: [],
    values: {},
  },
  time: ['Datetime'],
  fields: {
    model: ['Model'],
    status: ['StatusCode'],
  },
  notes: ['prompts and metadata are encrypted: decrypt them first'],
}
