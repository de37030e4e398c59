import type { Preset } from '../preset.ts'

/** Cloudflare AI Gateway logs (API). Source: cloudflare/cloudflare-typescript, src/resources/ai-gateway/logs.ts; cloudflare-docs, ai-gateway logpush.mdx. */
export const cfAigApi: Preset = {
  id: 'cf_aig_api',
  title: 'Cloudflare AI Gateway logs (API)',
  kind: 'request',
  detect: {
    all: ['id', 'tokens_in', 'tokens_out', 'provider', 'cached', 'success'],
    any: ['step', 'custom_cost'],
    none: [],
    values: {},
  },
  time: ['created_at'],
  fields: {
    request_id: ['id'],
    account_id: ['metadata|json|at:user'],
    model: ['model'],
    input_tokens: ['tokens_in'],
    output_tokens: ['tokens_out'],
    status: ['status_code'],
    latency_ms: ['duration'],
    user_prompt: ['request_head|json|at:messages'],
    system_prompt: ['request_head|json|at:messages|at:[role=system/developer].content'],
  },
}
