import type { Preset } from '../preset.ts'

/** Anthropic Console cost CSV. Source: platform.claude.com, Admin and Compliance API pages. */
export const anthropicConsoleCost: Preset = {
  id: 'anthropic_console_cost',
  title: 'Anthropic Console cost CSV',
  kind: 'usage',
  detect: {
    all: ['usage_date_utc', 'model', 'cost_usd', 'token_type', 'list_price_usd'],
    any: [],
    none: [],
    values: {},
  },
  time: ['usage_date_utc'],
  fields: {
    api_key_id: ['api_key_id', 'api_key'],
    model: ['model'],
    status: ['api_key_status'],
  },
}
