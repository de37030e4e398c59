import { describe, expect, test } from 'vitest'
import { PLACEHOLDERS } from '../../src/formats/placeholders.ts'
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
    expect(seen.collected.evidence.sideAccounts).toEqual({ matched: 1, unmatched: 2 })
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
    expect((await collect({ logs })).collected.evidence.sideAccounts).toBeNull()
    const seen = await collect({ logs, accounts: { 'x.ndjson': [{ id: 'z', email: 'z@mail.example' }] } })
    expect(seen.collected.evidence.sideAccounts).toEqual({ matched: 0, unmatched: 1 })
  })
})

describe('values', () => {
  /** Every field that may link two accounts, as it is written in a log. */
  const HOLDINGS = [
    ...['ip', 'asn', 'user_agent', 'tls_fingerprint', 'device_fingerprint', 'client_headers', 'account_fingerprint'],
    ...['system_prompt_hash', 'tools_hash', 'prompt_hash', 'signature_hash'],
    ...['email', 'email_domain', 'phone_prefix', 'referral_code', 'display_name'],
    ...['card_fingerprint', 'card_bin', 'billing_name_hash', 'billing_address_hash', 'billing_postal_code'],
    ...['payer_email', 'payment_fingerprint'],
  ]

  const texts = [
    ...PLACEHOLDERS,
    'NULL',
    ' Unknown ',
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF',
    '****',
    '10.1.2.3',
  ]
  const filled = (account_id: string, text: string): object => ({
    account_id,
    timestamp: at,
    ...Object.fromEntries(HOLDINGS.map((field) => [field, text])),
  })

  test('a spelling of "missing" is shared by nobody, in no field', async () => {
    const known = texts.filter((text) => text !== '10.1.2.3')
    const rows = known.flatMap((text, i) => [filled(`a${i}`, text), filled(`b${i}`, text)])
    const { shared, held, accounts } = await collect({ logs: { 'a.ndjson': rows } })
    expect(accounts).toHaveLength(known.length * 2)
    expect(shared).toEqual({})
    expect(Object.keys(held)).toEqual(expect.arrayContaining(['ip_block', 'card_fingerprint', 'prompt_hash']))
    expect(
      Object.values(held)
        .flat()
        .every((count) => count === 0),
    ).toBe(true)
  })

  test('but any other is, in every field', async () => {
    const value = (field: string): string =>
      field.endsWith('email') ? 'a@m.example' : field === 'ip' ? '198.51.100.7' : 'v'
    const row = Object.fromEntries(HOLDINGS.map((field) => [field, value(field)]))
    const rows = ['a', 'b'].map((account_id) => ({ account_id, timestamp: at, ...row }))
    const { shared } = await collect({ logs: { 'a.ndjson': rows } })
    const fields = Object.keys(shared).map((key) => key.split('=')[0])
    const derived = ['email_pattern', 'ip_block']
    expect(fields).toEqual([...HOLDINGS.filter((field) => field !== 'ip'), ...derived].sort())
    expect(Object.values(shared)).toEqual(fields.map(() => ['a', 'b']))
  })

  test('no country, status, request or session id is one', async () => {
    const same = {
      country: 'XX',
      card_country: 'XX',
      card_funding: 'prepaid',
      request_id: 'r',
      session_id: 's',
      api_key: 'k',
    }
    const rows = ['a', 'b'].map((account_id) => ({
      account_id,
      timestamp: at,
      status: 200,
      plan: 'free',
      model: 'm',
      ...same,
    }))
    const { shared, held } = await collect({ logs: { 'a.ndjson': rows } })
    expect({ shared, held }).toEqual({ shared: {}, held: {} })
  })

  test('card number parts stand in together where no fingerprint is exported', async () => {
    const card = { card_bin: '412345', card_last4: '0001', card_exp: '01/29' }
    const rows = [
      { account_id: 'a', timestamp: at, ...card },
      { account_id: 'b', timestamp: at, ...card },
      { account_id: 'c', timestamp: at, ...card, card_last4: '0002' },
      { account_id: 'd', timestamp: at, ...card, card_last4: null },
    ]
    const { shared } = await collect({ logs: { 'a.ndjson': rows } })
    expect(shared).toEqual({
      'card_bin=412345': ['a', 'b', 'c', 'd'],
      'card_composite=412345/0001/01/29': ['a', 'b'],
    })
    const known = await collect({ logs: { 'a.ndjson': rows.map((row, i) => ({ ...row, card_fingerprint: `f${i}` })) } })
    expect(Object.keys(known.shared)).toEqual(['card_bin=412345'])
  })

  test('texts become hashes that forget names, numbers and addresses, and are nowhere kept', async () => {
    const prompt = (n: number, who: string): string =>
      `Solve  task ${n} for ${who}@mail.example, see https://x.example/${n}`
    const seen = await collect({
      logs: {
        'a.ndjson': [
          { account_id: 'a', timestamp: at, user_prompt: prompt(17, 'ann'), system_prompt: 'You are SECRET.' },
          { account_id: 'b', timestamp: at, user_prompt: prompt(99, 'bob'), system_prompt: 'you are  secret.' },
          { account_id: 'c', timestamp: at, user_prompt: 'Something else', system_prompt: 'You are not.' },
        ],
      },
    })
    expect(Object.entries(seen.shared)).toEqual([
      [expect.stringMatching(/^prompt_hash=[0-9a-f]{32}$/), ['a', 'b']],
      [expect.stringMatching(/^system_prompt_hash=[0-9a-f]{32}$/), ['a', 'b']],
    ])
    expect(JSON.stringify(seen.collected.evidence)).not.toMatch(/secret|solve/i)
  })

  test('an account with hundreds of address blocks keeps a sample of them once there are too many, others keep all', async () => {
    const block = (n: number): string => `198.${n >> 8}.${n & 255}.9`
    const rows = Array.from({ length: 200 }, (_, n) => [
      { account_id: 'rotates_1', timestamp: at, ip: block(n) },
      { account_id: 'rotates_2', timestamp: at, ip: block(n) },
      ...(n < 5 ? [{ account_id: 'still', timestamp: at, ip: block(n) }] : []),
    ]).flat()
    // 405 pairs of account and shared block; with room for 50 the next power of two of 405 / 50 is 16.
    const { collected } = await collect({ logs: { 'a.ndjson': rows }, config: { maxFastPairs: 50 } })
    const { holdings, values, accounts } = collected.evidence.tables
    const kept = (id: string): number => holdings.account.filter((account) => accounts.ids[account] === id).length
    expect(values.count).toBe(200)
    expect([...values.holders].reduce((sum, each) => sum + each, 0)).toBe(405) // holders stay exact
    expect(kept('still')).toBe(5)
    expect(kept('rotates_1')).toBe(kept('rotates_2'))
    expect(kept('rotates_1')).toBeGreaterThan(2)
    expect(kept('rotates_1')).toBeLessThan(40)
    expect(collected.evidence.notes).toEqual([
      'of accounts with more than 64 address blocks one block in 16 was kept, by hash',
    ])
  })
})

describe('address blocks', () => {
  const blocks: readonly (readonly [ip: string, block: string | null])[] = [
    ['198.51.100.7', '198.51.100.0/24'],
    [' 198.51.100.8 ', '198.51.100.0/24'],
    ['198.51.100.9:44321', '198.51.100.0/24'],
    ['::ffff:198.51.100.10', '198.51.100.0/24'],
    ['::FFFF:198.51.100.11', '198.51.100.0/24'],
    ['198.51.100.12, 203.0.113.1', '198.51.100.0/24'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:ffff::2', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1::', '2001:db8:1:0::/64'],
    ['10.0.0.1', null],
    ['172.31.0.1', null],
    ['192.168.7.7', null],
    ['100.64.0.1', null],
    ['127.0.0.1', null],
    ['169.254.1.1', null],
    ['224.0.0.1', null],
    ['0.0.0.0', null],
    ['::ffff:10.0.0.1', null],
    ['10.0.0.1, 198.51.100.7', null], // the first entry is what connected
    ['::1', null],
    ['fe80::1', null],
    ['fd00::1', null],
    ['ff02::1', null],
    ['localhost', null],
    ['unknown', null],
    ['198.51.100', null],
    ['', null],
  ]

  test('IPv4 to /24, IPv6 to /64, mapped ones as IPv4, no private or reserved one', async () => {
    // Every address on two accounts, so that its block is shared and shown.
    const rows = blocks.flatMap(([ip], i) =>
      ['x', 'y'].map((each) => ({ account_id: `${i}${each}`, timestamp: at, ip })),
    )
    const { shared } = await collect({ logs: { 'a.ndjson': rows } })
    const blockOf = new Map(
      Object.entries(shared).flatMap(([key, ids]) => ids.map((id) => [id, key.slice('ip_block='.length)])),
    )
    expect(blocks.map(([ip], i) => [ip, blockOf.get(`${i}x`) ?? null])).toEqual(blocks)
  })

  // canonical.ts addressBlock: the pattern for mapped addresses knows the dotted form only.
  test.fails('mapped addresses in hexadecimal are IPv4 as well, not all one block', async () => {
    const ips = { a: '::ffff:c633:6407', b: '::ffff:cb00:7109', c: '198.51.100.9' } // 198.51.100.7 and 203.0.113.9
    const rows = Object.entries(ips).map(([account_id, ip]) => ({ account_id, timestamp: at, ip }))
    expect((await collect({ logs: { 'a.ndjson': rows } })).shared).toEqual({ 'ip_block=198.51.100.0/24': ['a', 'c'] })
  })

  // canonical.ts addressBlock: anything of hexadecimal digits and colons, any three numbers with dots.
  test.fails('what is no address has no block', async () => {
    const texts = ['12:30:45', 'aa:bb:cc:dd:ee:ff', '999.999.999.1', '1:2:3:4:5:6:7:8:9']
    const rows = texts.flatMap((ip, i) => ['x', 'y'].map((each) => ({ account_id: `${i}${each}`, timestamp: at, ip })))
    expect((await collect({ logs: { 'a.ndjson': rows } })).shared).toEqual({})
  })
})

describe('e-mail addresses', () => {
  test('have a normal form, a pattern and a domain', async () => {
    const rows = [
      ['Anna.Kern42@Mail.example', 'a'],
      ['anna.kern42+promo@mail.example', 'b'], // the same mailbox
      ['eric.wolf99@mail.example', 'c'], // the same pattern
      ['eric_wolf99@mail.example', 'd'], // another separator: the same domain only
      ['anna.kern42@post.example', 'e'], // the pattern holds the domain
      ['no address', 'f'],
      ['no address', 'g'],
    ].map(([email, account_id]) => ({ account_id, timestamp: at, email }))
    expect((await collect({ logs: { 'a.ndjson': rows } })).shared).toEqual({
      'email=anna.kern42@mail.example': ['a', 'b'],
      'email_domain=mail.example': ['a', 'b', 'c', 'd'],
      'email_pattern=L4.L4D2@mail.example': ['a', 'b', 'c'],
    })
  })

  test('a domain of its own goes before that of the address', async () => {
    const rows = [
      { account_id: 'a', timestamp: at, email: 'x1@one.example', email_domain: 'Two.example' },
      { account_id: 'b', timestamp: at, email_domain: 'two.example' },
      { account_id: 'c', timestamp: at, email: 'longer22@two.example' },
    ]
    expect((await collect({ logs: { 'a.ndjson': rows } })).shared).toEqual({
      'email_domain=two.example': ['a', 'b', 'c'],
    })
  })
})
