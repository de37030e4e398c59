import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPreset } from '../../src/formats/check-preset.ts'
import { PRESETS } from '../../src/formats/presets.ts'
import { readVendor } from './read.ts'

/** Records of many products, every value invented, in which accounts A and B are one operator, and C and D ordinary. */

test.each(PRESETS.map((preset) => [preset.id, preset] as const))('the preset %s is well-formed', (id, preset) => {
  expect(checkPreset(JSON.parse(JSON.stringify(preset)), id).id).toBe(id)
})

test('no two presets have one id', () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length)
})

/** What most records of each sample are, and how many records it holds. */
const EXPECTED: Readonly<Record<string, readonly [preset: string, records: number]>> = {
  'adyen_notifications.ndjson': ['adyen', 3],
  'alb.log': ['alb', 5],
  'anthropic_compliance_activities.json': ['anthropic_compliance', 3],
  'anthropic_console_cost.csv': ['anthropic_console_cost', 3],
  'anthropic_console_usage.csv': ['anthropic_console_usage', 3],
  'anthropic_usage_report.json': ['anthropic_usage_report', 3],
  'apigee_analytics.csv': ['apigee', 5],
  'azure_apim_eventhub.ndjson': ['azure_apim_llm', 8],
  'azure_apim_llmlog_portal.csv': ['azure_apim_llm_portal', 4],
  'azure_llm_trace.csv': ['azure_llm_trace', 5],
  'azure_openai_requestresponse.ndjson': ['azure_openai', 3],
  'bedrock_invocation.ndjson': ['bedrock_invocation', 5],
  'braintree_transactions.ndjson': ['braintree', 3],
  'burstgpt.csv': ['burstgpt', 5],
  'cf_account_abuse.ndjson': ['cf_account_abuse', 4],
  'cf_aig_logpush.ndjson': ['cf_aig_logpush', 5],
  'cf_aig_logs_api.ndjson': ['cf_aig_api', 5],
  'cf_http_requests.ndjson': ['cf_http_requests', 5],
  'claude_relay_dump.ndjson': ['claude_relay_dump', 6],
  'claude_relay_requestdetail.ndjson': ['claude_relay', 5],
  'cloudfront.log': ['cloudfront', 5],
  'cloudtrail_bedrock.json': ['cloudtrail', 4],
  'ecs_events.ndjson': ['ecs', 5],
  'firebase_users.json': ['firebase_users', 3],
  'gcp_audit_vertex.ndjson': ['gcp_audit', 4],
  'helicone_requests.ndjson': ['helicone', 5],
  'langfuse_observations_legacy.csv': ['langfuse_obs', 4],
  'langfuse_traces.csv': ['langfuse_traces', 4],
  'litellm_slp.ndjson': ['litellm_slp', 5],
  'litellm_spendlogs.csv': ['litellm_spendlogs', 5],
  'litellm_verificationtoken.csv': ['litellm_verificationtoken', 3],
  'newapi_logs_api.json': ['newapi_logs', 5],
  'newapi_topups.csv': ['newapi_topups', 3],
  'newapi_users.csv': ['newapi_users', 4],
  'nginx_json.ndjson': ['nginx_json', 5],
  'oneapi_logs.csv': ['oneapi_logs', 6],
  'oneapi_users.csv': ['newapi_users', 4],
  'openai_dashboard_usage.csv': ['openai_usage_csv', 3],
  'openai_usage_completions.json': ['openai_usage', 3],
  'openrouter_activity.csv': ['openrouter_csv', 5],
  'openrouter_activity_api.json': ['openrouter_api', 3],
  'otlp_genai_traces.ndjson': ['otlp_genai', 6],
  'portkey_logs_export.ndjson': ['portkey', 5],
  'sglang_request_log.ndjson': ['sglang', 8],
  'signup_generic.csv': ['signup_generic', 4],
  'stripe_charges.ndjson': ['stripe_charge', 3],
  'stripe_customers.csv': ['stripe_customers_csv', 3],
  'stripe_payment_methods.ndjson': ['stripe_payment_method', 3],
  'stripe_payments.csv': ['stripe_payments_csv', 3],
  'supabase_auth_users.csv': ['supabase_users', 3],
  'traefik_access.ndjson': ['traefik', 5],
  'tyk_analytics.ndjson': ['tyk_json', 5],
  'vllm_server.log': ['vllm_text', 4],
}

test('every sample is expected', () => {
  const names = readdirSync('fixtures/vendor').filter((name) => name !== 'traps' && name !== 'EXPECTED_LINKS.json')
  expect(names.sort()).toEqual(Object.keys(EXPECTED).sort())
})

describe('a sample is recognised, and all of its records are read or told apart', () => {
  test.each(Object.entries(EXPECTED))('%s', async (name, [preset, records]) => {
    const { plan, ledger } = await readVendor(`fixtures/vendor/${name}`)
    expect({ preset: plan.preset, records: ledger.records + ledger.rejects.count }).toEqual({ preset, records })
    expect(
      [...ledger.rejects.reasons.keys()].filter((reason) => !/^no (account id|timestamp)|^unreadable/.test(reason)),
    ).toEqual(
      name === 'claude_relay_dump.ndjson' ? ['not JSON, or no known field'] : [], // a line that the relay cut
    )
  })
})

/** The field of the expectation → ours. */
const FIELD: Readonly<Record<string, string>> = {
  ...{ ja3: 'tls_fingerprint', ja4: 'tls_fingerprint', device_fp: 'device_fingerprint', end_user: 'end_user_id' },
  ...{
    template: 'template_id',
    user_agent: 'user_agent',
    country: 'country',
    asn: 'asn',
    system_prompt: 'system_prompt',
  },
  ...{ card_fp: 'card_fingerprint', billing_postcode: 'billing_postal_code', billing_address: 'billing_address_hash' },
  ...{
    card_name: 'billing_name_hash',
    card_bin: 'card_bin',
    phone: 'phone',
    ip24: 'ip',
    client_stack: 'client_headers',
  },
}

const links = JSON.parse(readFileSync('fixtures/vendor/EXPECTED_LINKS.json', 'utf8')) as Record<
  string,
  Record<string, string[][]>
>

describe('accounts share what they are expected to share', () => {
  const cases = Object.entries(links).flatMap(([name, fields]) =>
    Object.entries(fields).flatMap(([field, groups]) =>
      FIELD[field] === undefined || !(name in EXPECTED) ? [] : [{ name, field, groups }],
    ),
  )
  test('there are many', () => expect(cases.length).toBeGreaterThan(60))

  test.each(cases)('$name: $field', async ({ name, field, groups }) => {
    const { rows } = await readVendor(`fixtures/vendor/${name}`)
    const holders = new Map<string, Set<string>>()
    for (const row of rows) {
      const value = row[FIELD[field]!]
      const account = String(row.account_id ?? '').replace(/^(customer_id|api_key_id)=/, '')
      if (value === undefined || account === '') continue
      const key = field === 'ip24' ? block(String(value)) : String(value)
      holders.set(key, (holders.get(key) ?? new Set()).add(account))
    }
    const shared = [...holders.values()].map((each) => [...each].sort()).filter((each) => each.length > 1)
    for (const group of groups) {
      expect(shared.some((each) => group.every((account) => each.includes(account)))).toBe(true)
    }
  })
})

const block = (address: string): string =>
  address.includes(':') ? address.split(':').slice(0, 4).join(':') : address.split('.').slice(0, 3).join('.')
