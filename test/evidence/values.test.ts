import { describe, expect, test } from 'vitest'
import { PLACEHOLDERS } from '../../src/formats/placeholders.ts'
import { collect } from './collect.ts'

const at = '2026-06-01T10:00:00Z'

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
    const derived = ['email_pattern', 'ip_address', 'ip_block']
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
    const { fields, holdings, values, accounts } = collected.evidence.tables
    const isBlock = (value: number): boolean => fields[values.field[value]!]!.name === 'ip_block'
    const kept = (id: string): number =>
      holdings.account.filter((account, row) => accounts.ids[account] === id && isBlock(holdings.value[row]!)).length
    const blocks = [...values.holders].filter((_, value) => isBlock(value))
    expect(blocks).toHaveLength(200)
    expect(blocks.reduce((sum, each) => sum + each, 0)).toBe(405) // holders stay exact
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
    ['198.51.100.12, 203.0.113.1', '203.0.113.0/24'],
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
    ['10.0.0.1, 198.51.100.7', '198.51.100.0/24'], // of a list the last public one: what is before it anybody may write
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
      Object.entries(shared)
        .filter(([key]) => key.startsWith('ip_block='))
        .flatMap(([key, ids]) => ids.map((id) => [id, key.slice('ip_block='.length)])),
    )
    expect(blocks.map(([ip], i) => [ip, blockOf.get(`${i}x`) ?? null])).toEqual(blocks)
  })

  test('mapped addresses in hexadecimal are IPv4 as well, not all one block', async () => {
    const ips = { a: '::ffff:c633:6407', b: '::ffff:cb00:7109', c: '198.51.100.9' } // 198.51.100.7 and 203.0.113.9
    const rows = Object.entries(ips).map(([account_id, ip]) => ({ account_id, timestamp: at, ip }))
    expect((await collect({ logs: { 'a.ndjson': rows } })).shared).toEqual({ 'ip_block=198.51.100.0/24': ['a', 'c'] })
  })

  test('what is no address has no block', async () => {
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
