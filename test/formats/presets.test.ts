import { describe, expect, test } from 'vitest'
import { ScanError } from '../../src/errors.ts'
import { checkPreset } from '../../src/formats/check-preset.ts'
import { compileExpression } from '../../src/formats/expression.ts'
import { PRESETS } from '../../src/formats/presets.ts'
import { createRecogniser } from '../../src/formats/recognise.ts'
import { unwrap } from '../../src/formats/unwrap.ts'

type Row = Readonly<Record<string, unknown>>

const recognise = createRecogniser(PRESETS)

/** What the format of the first record in it says of a field, as it stands there. */
function read(value: Row, field: string, id: string): unknown {
  const [record] = unwrap(value)
  const preset = recognise(record!)
  expect(preset?.id).toBe(id)
  return (preset!.fields[field] ?? [])
    .map((each) => compileExpression(each)(record!))
    .find((each) => each !== undefined)
}

const expressionsOf = ({ fields, time, detect }: (typeof PRESETS)[number]): readonly string[] => [
  ...[...Object.values(fields).flat(), ...time],
  ...[...detect.all, ...detect.any, ...detect.none, ...Object.keys(detect.values)],
]

describe('all formats', () => {
  test.each(PRESETS.map((preset) => [preset.id, preset] as const))('%s', (_, preset) => {
    for (const text of expressionsOf(preset)) {
      expect(() => compileExpression(text)).not.toThrow()
      expect(text).not.toMatch(/^[?%~]/) // a mark of a catalogue, which no key begins with
      expect(text).not.toMatch(/passw|secret|private_key|access_token|cookie/i)
    }
  })

  test('what everybody in a deployment has in common is no organisation', () => {
    const shared = /resourceId|^group$|project|endpoint|^org_?id$|^organization_id$|^accountId$/i
    const scanned = PRESETS.filter(({ kind }) => kind !== 'usage')
    const taken = scanned.filter(({ fields }) => fields.organization_id?.some((each) => shared.test(each)))
    // An Amazon account is opened by a customer; a team's proxy gives it an organisation.
    expect(taken.map(({ id }) => id)).toEqual(['litellm_spendlogs', 'bedrock_invocation'])
  })

  test('a customer of the payment system is no account of the service', () => {
    for (const { kind, fields } of PRESETS.filter(({ id }) => id.startsWith('stripe_'))) {
      expect(['payment', 'account']).toContain(kind)
      expect(fields.customer_id).toBeDefined()
      for (const each of fields.account_id ?? []) expect(each).toMatch(/metadata/)
    }
  })

  test('what leaves cached tokens out says so', () => {
    const without = PRESETS.filter(({ inputTokens }) => inputTokens === 'without-cache').map(({ id }) => id)
    expect(without.sort()).toEqual([
      ...['anthropic_console_usage', 'anthropic_usage_report', 'bedrock_invocation', 'claude_relay'],
    ])
  })
})

const messages = [
  { role: 'developer', content: 'You grade answers.' },
  { role: 'user', content: 'Task 7' },
]

describe('other spellings of a format', () => {
  const bedrock = { schemaType: 'ModelInvocationLog', accountId: '1', modelId: 'm', requestId: 'r' }
  const bodies = { input: { inputBodyJson: JSON.stringify({ messages, system: 'You grade answers.' }) } }
  const kong = { started_at: 1, client_ip: '203.0.113.7', latencies: {}, request: { id: 'r' } }
  const helicone = { request_id: 'r', request_created_at: 't', response_status: 200, delay_ms: 1, provider: 'X' }
  const call = { request_id: 'r', call_type: 'c', api_key: 'k', spend: 0, startTime: 't', endTime: 't', model: 'm' }
  const edge = { RayID: 'r', ClientIP: '203.0.113.7', EdgeStartTimestamp: 1, EdgeResponseStatus: 200 }
  const traefik = { DownstreamStatus: 200, StartUTC: 't', RequestPath: '/', ClientAddr: '203.0.113.7:1' }
  const audit = { object: 'organization.audit_log', id: 'audit_log-1', type: 'login.succeeded', effective_at: 1 }

  test.each([
    ['bedrock_invocation', 'account_id', { ...bedrock, identity: [{ arn: 'a' }] }, 'a'],
    ['bedrock_invocation', 'account_id', { ...bedrock, identity: { arn: 'a' } }, 'a'],
    ['bedrock_invocation', 'system_prompt', { ...bedrock, ...bodies }, 'You grade answers.'],
    [
      'bedrock_invocation',
      'stop_reason',
      { ...bedrock, output: { outputBodyJson: [{ x: 1 }, { delta: { stop_reason: 'end_turn' } }] } },
      'end_turn',
    ],
    ['bedrock_invocation', 'stop_reason', { ...bedrock, output: { outputBodyJson: { stopReason: 'x' } } }, 'x'],
    ['kong_ai', 'input_tokens', { ...kong, ai: { 'ai-proxy': { usage: { prompt_token: 5 } } } }, 5],
    ['kong_ai', 'input_tokens', { ...kong, ai: { proxy: { usage: { prompt_tokens: 5 } } } }, 5],
    [
      'kong_ai',
      'system_prompt',
      { ...kong, ai: { payload: { request: JSON.stringify({ messages }) } } },
      'You grade answers.',
    ],
    ['helicone', 'system_prompt', { ...helicone, request_body: { messages } }, 'You grade answers.'],
    ['helicone', 'system_prompt', { ...helicone, request_body: JSON.stringify({ messages }) }, 'You grade answers.'],
    ['litellm_spendlogs', 'account_id', { ...call, cache_key: 'x', metadata: '{"user_api_key_user_id":"u1"}' }, 'u1'],
    [
      'litellm_spendlogs',
      'system_prompt',
      { ...call, cache_key: 'x', messages: '{}', proxy_server_request: JSON.stringify({ messages }) },
      'You grade answers.',
    ],
    ['cf_http_requests', 'latency_ms', { ...edge, OriginResponseTime: 5_000_000 }, 5],
    ['traefik', 'ip', traefik, '203.0.113.7:1'],
    ['openai_audit', 'account_id', { ...audit, actor: { api_key: { service_account: { id: 's1' } } } }, 's1'],
    ['ecs', 'user_agent', { '@timestamp': 't', 'user.id': 'u', 'user_agent.original': 'x/1' }, 'x/1'],
    ['ecs', 'user_agent', { '@timestamp': 't', user: { id: 'u' }, user_agent: { original: 'x/1' } }, 'x/1'],
  ])('%s: %s', (id, field, record, expected) => expect(read(record, field, id)).toEqual(expected))

  test('an older Stripe table, in which the time has no zone in its name', () => {
    const row = { id: 'ch_1', Amount: '5', Currency: 'usd', 'Card Fingerprint': 'f', 'Card Last4': '4242' }
    expect(read({ ...row, Created: '2026-03-01 09:10' }, 'paid_at', 'stripe_payments_csv')).toBe('2026-03-01 09:10')
    expect(
      read({ ...row, 'Created (UTC)': 't', 'user_id (metadata)': 'u1' }, 'account_id', 'stripe_payments_csv'),
    ).toBe('u1')
  })

  test('observations that name their user themselves', () => {
    const row = {
      id: 'o1',
      trace_id: 't1',
      start_time: 't',
      provided_model_name: 'm',
      type: 'GENERATION',
      user_id: 'u1',
    }
    const record = { ...row, usage_details: { input: 5, output: 7 }, input: JSON.stringify(messages) }
    expect(read(record, 'account_id', 'langfuse_obs')).toBe('u1')
    expect(read(record, 'input_tokens', 'langfuse_obs')).toBe(5)
    expect(read(record, 'system_prompt', 'langfuse_obs')).toBe('You grade answers.')
    expect(read(record, 'trace_id', 'langfuse_obs')).toBe('t1')
  })
})

describe('traps', () => {
  test('calls in one trace are several requests', () => {
    const span = (spanId: string) => ({
      ...{ traceId: 't1', spanId, startTimeUnixNano: '1' },
      attributes: [{ key: 'gen_ai.system', value: { stringValue: 'x' } }],
    })
    const ids = ['s1', 's2'].map((spanId) =>
      ['request_id', 'trace_id'].map((field) =>
        read({ resourceSpans: [{ scopeSpans: [{ spans: [span(spanId)] }] }] }, field, 'otlp_genai'),
      ),
    )
    expect(ids).toEqual([
      ['s1', 't1'],
      ['s2', 't1'],
    ])
  })

  test('when a user of a panel last signed in is not when the account was made', () => {
    const user = {
      id: 1,
      username: 'u',
      aff_code: 'own',
      inviter_id: 7,
      used_quota: 0,
      github_id: '',
      last_login_at: 9,
    }
    expect(read({ ...user, created_at: 5 }, 'created_at', 'newapi_users')).toBe(5)
    expect(read(user, 'created_at', 'newapi_users')).toBeUndefined()
    expect(read(user, 'referral_code', 'newapi_users')).toBe(7) // the one that was used
  })

  test('a row of a panel has no id but that of its request', () => {
    const row = {
      id: 7,
      user_id: 1,
      created_at: 5,
      type: 2,
      token_name: 'k',
      model_name: 'm',
      use_time: 1,
      other: '{}',
    }
    expect(read({ ...row, ip: '', request_id: 'r1' }, 'request_id', 'newapi_logs')).toBe('r1')
    expect(read({ ...row, ip: '' }, 'request_id', 'newapi_logs')).toBeUndefined()
  })

  test('where an address is on the map is not where somebody pays', () => {
    const location = { postal_code: '1012', country: 'NL' }
    const event = { class_uid: 6003, time: 1, actor: {}, api: {}, src_endpoint: { ip: '203.0.113.7', location } }
    expect(read(event, 'billing_postal_code', 'ocsf_api_activity')).toBeUndefined()
  })

  test('a header of a firewall in any case', () => {
    const headers = [
      { name: 'host', value: 'h' },
      { name: 'USER-AGENT', value: 'x/1' },
    ]
    const record = { webaclId: 'w', timestamp: 1, action: 'ALLOW', httpRequest: { headers, clientIp: '203.0.113.7' } }
    expect(read(record, 'user_agent', 'aws_waf')).toBe('x/1')
  })
})

describe('a preset of the user', () => {
  const own = {
    id: 'mine',
    title: 'Mine',
    kind: 'request',
    detect: { all: ['a'] },
    time: ['t'],
    fields: { ip: ['b|xff'] },
  }

  test('is taken as it is, with what it leaves out', () => {
    expect(checkPreset(own, 'preset 1')).toMatchObject({
      ...own,
      detect: { all: ['a'], any: [], none: [], values: {} },
    })
  })

  test.each([
    ['no object', 5, 'it'],
    ['an id with blanks', { ...own, id: 'my log' }, 'id'],
    ['an unknown kind', { ...own, kind: 'log' }, 'kind'],
    ['nothing to tell it by', { ...own, detect: { all: [] } }, 'detect.all'],
    ['an unknown field', { ...own, fields: { user_name: ['a'] } }, 'fields.user_name'],
    ['an unknown operation', { ...own, fields: { ip: ['a|nope'] } }, 'fields.ip.0'],
    ['an operation without its number', { ...own, fields: { latency_ms: ['a|mul:'] } }, 'fields.latency_ms.0'],
    ['no expression', { ...own, fields: { ip: [] } }, 'fields.ip'],
    ['a pattern that is none', { ...own, detect: { all: ['a'], values: { a: '(' } } }, 'detect.values.a'],
    ['a property that there is not', { ...own, fieldz: {} }, 'fieldz'],
  ])('%s is told with the property', (_, given, property) => {
    try {
      checkPreset(given, 'preset 1')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ScanError)
      expect(error).toMatchObject({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining(`preset 1: '${property}'`),
      })
    }
  })
})
