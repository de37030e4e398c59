import { describe, expect, test } from 'vitest'
import { collect } from './collect.ts'

const at = '2026-06-01T10:00:00Z'

describe('accounts', () => {
  test('sums, hours, days and instants, worked by hand', async () => {
    const { accounts, records } = await collect({
      logs: {
        'a.ndjson': [
          { account_id: 'b', timestamp: '2026-06-01T10:00:00Z', input_tokens: 100, output_tokens: 10, status: 200 },
          { account_id: 'a', timestamp: '2026-06-02T05:00:00Z', input_tokens: 1, output_tokens: 2, status: 200 },
          { account_id: 'b', timestamp: '2026-06-01T23:00:00Z', output_tokens: 3, status: 401 },
        ],
        'b.ndjson': [
          // A number as text; another spelling of the same account; not a number at all.
          {
            account_id: 'b',
            timestamp: '2026-06-01T10:59:59.999Z',
            input_tokens: '50',
            output_tokens: 5,
            status: '429',
          },
          { account_id: ' b ', timestamp: '2026-06-03T00:00:00Z', input_tokens: 7, output_tokens: -1, status: 503 },
          {
            account_id: 'b',
            timestamp: '2026-06-03T00:30:00Z',
            input_tokens: 'many',
            output_tokens: null,
            status: 403,
          },
        ],
      },
    })
    expect(records).toBe(6)
    expect(accounts).toMatchObject([
      { id: 'a', requests: 1, inputTokens: 1, outputTokens: 2, activeDays: 1, activeHours: 1, hourMask: 1 << 5 },
      {
        id: 'b',
        requests: 5,
        inputTokens: 157, // 100 + 50 + 7
        outputTokens: 18, // 10 + 3 + 5
        deniedRequests: 2, // 401, 403
        throttledRequests: 1, // 429
        failedRequests: 1, // 503
        firstAtMs: '2026-06-01T10:00:00.000Z',
        lastAtMs: '2026-06-03T00:30:00.000Z',
        activeDays: 2, // 1 and 3 June
        activeHours: 3, // 10 and 23 h on the first, 0 h on the third
        hourMask: (1 << 10) | (1 << 23) | (1 << 0),
        maxDayRequests: 3,
        firstDayRequests: 3,
        createdAtMs: null,
        bannedAtMs: null,
        organization: null,
      },
    ])
  })

  test('stand in the order of their UTF-8 bytes, not of UTF-16 units', async () => {
    // UTF-8: 5a < 61 < c3a9 < efbd9e < f09f9880. In UTF-16 the last would stand before the one in front of it (d83d < ff5e).
    const ids = ['Z', 'a', 'é', '～', '😀']
    const { accounts } = await collect({
      logs: { 'a.ndjson': ids.toReversed().map((account_id) => ({ account_id, timestamp: at })) },
    })
    expect(accounts.map(({ id }) => id)).toEqual(ids)
  })

  test('a fact is the latest of the log, then the greatest', async () => {
    const { accounts } = await collect({
      logs: {
        'a.ndjson': [
          { account_id: 'a', timestamp: '2026-06-01T10:00:00Z', plan: 'pro', org_id: 'org_1' },
          { account_id: 'a', timestamp: '2026-06-02T10:00:00Z', plan: 'free', org_id: 'n/a' },
          { account_id: 'b', timestamp: at, plan: 'free' },
          { account_id: 'b', timestamp: at, plan: 'pro' },
        ],
      },
    })
    expect(accounts.map(({ plan, organization }) => [plan, organization])).toEqual([
      ['free', 'org_1'],
      ['pro', null],
    ])
  })
})

describe('side files', () => {
  const logs = {
    'log.ndjson': [
      { account_id: 'a', timestamp: '2026-06-01T10:00:00Z', plan: 'free', card_fingerprint: 'card_1', status: 200 },
      { account_id: 'b', timestamp: '2026-06-01T10:00:00Z', plan: 'free', card_fingerprint: 'card_2' },
    ],
  }
  const accounts = {
    'accounts.csv': [
      'account_id,plan,created_at,banned_at,status,card_fingerprint',
      'a,pro,2026-05-01T00:00:00Z,,active,card_2',
      'a,business,,,closed,card_3', // a second row of the account: values are united, the greater fact wins
      'c,pro,1777593600,2026-06-20,active,card_3', // 2026-05-01 in epoch seconds; no request
      'd,,,,,unknown',
      ',pro,,,,card_3',
    ].join('\n'),
  }

  test('are united with the log for values and win for facts; accounts that are only there take part', async () => {
    const seen = await collect({ logs, accounts })
    expect(seen.accounts).toMatchObject([
      { id: 'a', requests: 1, plan: 'pro', status: 'closed', createdAtMs: '2026-05-01T00:00:00.000Z' },
      { id: 'b', requests: 1, plan: 'free', status: null, createdAtMs: null },
      {
        id: 'c',
        requests: 0,
        plan: 'pro',
        createdAtMs: '2026-05-01T00:00:00.000Z',
        bannedAtMs: '2026-06-20T00:00:00.000Z',
        firstAtMs: null,
        activeDays: 0,
      },
      { id: 'd', requests: 0, plan: null },
    ])
    expect(seen.shared).toEqual({
      'card_fingerprint=card_2': ['a', 'b'],
      'card_fingerprint=card_3': ['a', 'c'],
    })
    expect(seen.held).toEqual({ card_fingerprint: [3, 1, 1, 0] }) // a: card_1, card_2, card_3
    expect(seen.collected.evidence.joins).toMatchObject([{ on: 'account_id', matched: 1, unmatched: 2 }])
    expect(seen.rejects).toEqual(['accounts.csv:6 no account id'])
  })

  test('say how often the log carried a value: never, when only they have it', async () => {
    const { collected } = await collect({ logs, accounts })
    const { holdings, values } = collected.evidence.tables
    const rows = [...holdings.value].map((value, i) => [values.text[value], holdings.account[i], holdings.requests[i]])
    expect(rows).toEqual([
      ['card_2', 0, 0], // a: side file
      ['card_2', 1, 1], // b: one request
      ['card_3', 0, 0],
      ['card_3', 2, 0],
    ])
    expect([...holdings.firstAtMs].map(Number.isNaN)).toEqual([true, false, true, true])
  })

  test('none is not the same as one that meets nobody', async () => {
    expect((await collect({ logs })).collected.evidence.joins).toEqual([])
    const seen = await collect({ logs, accounts: { 'x.ndjson': [{ id: 'z', email: 'z@mail.example' }] } })
    expect(seen.collected.evidence.joins).toMatchObject([{ matched: 0, unmatched: 1 }])
  })
})
