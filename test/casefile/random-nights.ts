import fc from 'fast-check'
import type { Night, Rows } from './collect-nights.ts'

/** Nights with all that an export may hold: few values, so that accounts share them, on a day of its own for each night. */

const DAY = 86_400_000
const START = Date.parse('2026-06-01T00:00:00Z')
const few = (prefix: string, n: number) => fc.integer({ min: 1, max: n }).map((i) => `${prefix}${i}`)
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const instantOf = (night: number) =>
  fc.integer({ min: 0, max: DAY - 1 }).map((ms) => new Date(START + night * DAY + ms).toISOString())

/** A spelling may have blanks around it, or be a key as it is. */
const accountId = fc.oneof(
  { weight: 6, arbitrary: few('acct_', 6) },
  { weight: 1, arbitrary: few('acct_', 3).map((id) => ` ${id} `) },
  { weight: 1, arbitrary: fc.constant('sk-test-0123456789abcdef') },
)
const address = fc.oneof(few('192.0.2.', 4), few('198.51.100.', 3), few('2001:db8::', 3), few('10.0.0.', 2))

const requestOf = (night: number) =>
  fc.record(
    {
      timestamp: instantOf(night),
      account_id: accountId,
      customer_id: sometimes(few('cus_', 4)),
      ip: address,
      device_fingerprint: sometimes(few('dev_', 3)),
      prompt_hash: sometimes(few('p', 5)),
      signature_hash: sometimes(few('s', 5)),
      user_prompt: sometimes(few('say it again, step ', 3)),
      model: sometimes(few('m', 2)),
      output_tokens: fc.integer({ min: 0, max: 1000 }),
      status: fc.constantFrom(200, 429, 500, 403),
      organization_id: sometimes(few('org_', 2)),
    },
    { requiredKeys: ['timestamp', 'account_id'] },
  )

/** What cannot be used: counted, and never kept. */
const reject = fc.constantFrom<object | string>(
  '{broken',
  { timestamp: '2026-06-01T10:00:00Z', ip: '192.0.2.1', model: 'm1' },
  { timestamp: 'yesterday', account_id: 'acct_1', model: 'm1' },
  { account_id: 'acct_2', model: 'm1' },
  { timestamp: '2026-06-01T10:00:00Z', account_id: 'null', model: 'm1' },
)

/** Requests of a service that knows customers alone. */
const customerRequestOf = (night: number) =>
  fc.record({ timestamp: instantOf(night), customer_id: few('cus_', 4), ip: address, model: few('m', 2) })

/** What an edge saw: of requests with an id, of others, and of accounts. */
const edgeRowOf = (night: number) =>
  fc.record(
    {
      timestamp: instantOf(night),
      request_id: few(`r${night}_`, 12),
      ip: address,
      tls_fingerprint: few('t13d_', 3),
      account_id: few('acct_', 7),
    },
    { requiredKeys: ['timestamp', 'request_id', 'ip'] },
  )

/** Records of one gateway request, in parts. */
const partsOf = (night: number) =>
  fc
    .record({ id: few(`c${night}_`, 3), ms: fc.integer({ min: 0, max: DAY - 60_000 }), subscription: few('sub_', 3) })
    .map(({ id, ms, subscription }) => {
      const at = (second: number): string => new Date(START + night * DAY + ms + second * 1000).toISOString()
      const of = (category: string, second: number, properties: object) => ({
        category,
        correlationId: id,
        time: at(second),
        ...(category === 'GatewayLogs' ? { callerIpAddress: '198.51.100.7' } : {}),
        properties,
      })
      return {
        records: [
          of('GatewayLlmLogs', 0, { sequenceNumber: 0, modelName: 'm1', promptTokens: 7, completionTokens: 5 }),
          of('GatewayLlmLogs', 2, { sequenceNumber: 1, modelName: 'm1' }),
          of('GatewayLogs', 1, { apiId: 'x', apimSubscriptionId: subscription, responseCode: 200 }),
        ],
      }
    })

/** Rows of registrations and payments: by account, by customer, by key, or saying whose a customer is. */
const sideRow = fc.record(
  {
    account_id: sometimes(few('acct_', 7)),
    customer_id: few('cus_', 5),
    api_key_id: sometimes(few('key_', 2)),
    card_fingerprint: few('card_', 3),
    email: few('a', 3).map((name) => `${name}@example.org`),
    ip: few('203.0.113.', 2),
    plan: fc.constantFrom('pro', 'free'),
    created_at: fc.constantFrom('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
  },
  { requiredKeys: ['account_id'] },
)
const payment = fc.record({ customer_id: few('cus_', 5), card_fingerprint: few('card_', 3) })

const withIds = (night: number, rows: readonly object[]): Rows =>
  rows.map((row, i) => (i % 4 === 3 ? row : { ...row, request_id: `r${night}_${i}` }))

/** @param night number of the day, from 0 */
export const nightOf = (night: number): fc.Arbitrary<Night> =>
  fc
    .record({
      requests: fc.array(requestOf(night), { minLength: 1, maxLength: 12 }),
      hasIds: fc.boolean(),
      rejects: fc.array(reject, { maxLength: 3 }),
      customers: fc.array(customerRequestOf(night), { maxLength: 4 }),
      edges: fc.array(edgeRowOf(night), { maxLength: 6 }),
      parts: fc.array(partsOf(night), { maxLength: 2 }),
      sides: fc.array(sideRow, { maxLength: 4 }),
      payments: fc.array(payment, { maxLength: 2 }),
    })
    .map(({ requests, hasIds, rejects, customers, edges, parts, sides, payments }) => ({
      logs: [...(hasIds ? withIds(night, requests) : requests), ...rejects],
      also: [customers, edges, parts, payments],
      accounts: sides,
    }))
