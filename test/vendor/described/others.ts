import type { Described } from './described.ts'

const TIME = 1772359200

/** Audits, sign-ins, edges and payments. */
export const OTHERS: readonly Described[] = [
  [
    'openai_audit',
    {
      ...{
        object: 'organization.audit_log',
        id: 'audit_log-1',
        type: 'api_key.created',
        effective_at: TIME,
        project: { id: 'p' },
      },
      actor: {
        type: 'session',
        session: {
          user: { id: 'user-1', email: 'anna@mail.example' },
          ip_address: '203.0.113.7',
          user_agent: 'x/1',
          ja3: 'j3',
          ja4: 't13d_j4',
          ip_address_details: { country: 'NL', asn: '64500' },
        },
      },
      'api_key.created': { id: 'key_1' },
    },
    { account_id: 'user-1', email: 'anna@mail.example', ip: '203.0.113.7', tls_fingerprint: 't13d_j4', asn: '64500' },
  ],
  [
    'auth0',
    {
      log_id: '9002',
      data: {
        date: '2026-03-01T10:00:00.123Z',
        type: 'ss',
        ip: '203.0.113.7',
        log_id: '9002',
        client_id: 'c',
        connection: 'db',
        user_id: 'auth0|1',
        user_name: 'anna@mail.example',
        security_context: { ja3: 'j3', ja4: 'j4' },
      },
    },
    { account_id: 'auth0|1', ip: '203.0.113.7', tls_fingerprint: 'j4', email: 'anna@mail.example' },
  ],
  [
    'ocsf_api_activity',
    {
      ...{ class_uid: 6003, category_uid: 6, type_uid: 600_301, time: TIME * 1000, metadata: { uid: 'm1' } },
      actor: { user: { uid: 'u1', email_addr: 'anna@mail.example' } },
      api: { operation: 'chat', request: { uid: 'r1' } },
      src_endpoint: { ip: '203.0.113.7', autonomous_system: { number: 64_500 } },
      http_request: { user_agent: 'x/1' },
      message_context: { prompt_tokens: 5, completion_tokens: 7, prompt_text: 'Task 7' },
      ai_model: { name: 'm-1' },
    },
    {
      account_id: 'u1',
      request_id: 'r1',
      ip: '203.0.113.7',
      asn: '64500',
      model: 'm-1',
      output_tokens: 7,
      user_prompt: 'Task 7',
    },
  ],
  [
    'aws_waf',
    {
      ...{
        timestamp: TIME * 1000,
        formatVersion: 1,
        webaclId: 'arn:x',
        action: 'ALLOW',
        terminatingRuleId: 'Default_Action',
      },
      ...{ ja3Fingerprint: 'j3', ja4Fingerprint: 't13d_j4', clientAsn: 64_500, responseCodeSent: null },
      httpRequest: {
        clientIp: '198.51.100.9',
        country: 'NL',
        requestId: 'Root=1-a-b',
        headers: [
          { name: 'user-agent', value: 'x/1' },
          { name: 'X-Forwarded-For', value: '203.0.113.7' },
        ],
      },
    },
    { request_id: 'Root=1-a-b', ip: '203.0.113.7', user_agent: 'x/1', tls_fingerprint: 't13d_j4' },
  ],
  [
    'stripe_charge',
    {
      object: 'list',
      has_more: false,
      url: '/v1/charges',
      data: [
        {
          ...{
            id: 'ch_1',
            object: 'charge',
            created: TIME,
            amount: 500,
            customer: 'cus_1',
            status: 'succeeded',
            metadata: { user_id: 'u1' },
            outcome: { risk_level: 'normal' },
          },
          billing_details: {
            email: 'anna@mail.example',
            name: 'Anna',
            phone: null,
            address: { line1: '1 Road', postal_code: '1012', country: 'NL' },
          },
          payment_method_details: {
            type: 'card',
            card: { fingerprint: 'fp1', last4: '4242', funding: 'prepaid', country: 'US' },
          },
        },
      ],
    },
    {
      account_id: 'u1',
      customer_id: 'cus_1',
      card_fingerprint: 'fp1',
      billing_postal_code: '1012',
      payer_email: 'anna@mail.example',
    },
  ],
  [
    'stripe_sigma_charges',
    'id,created,amount,customer_id,card_fingerprint,card_iin,card_funding,card_last4,card_name,card_address_zip,outcome_risk_level,receipt_email,status\nch_1,2026-03-01 10:00:00.000,500,cus_1,fp1,400000,prepaid,4242,Anna,1012,normal,anna@mail.example,succeeded\n',
    { account_id: 'customer_id=cus_1', card_bin: '400000', card_fingerprint: 'fp1', billing_postal_code: '1012' },
  ],
]
