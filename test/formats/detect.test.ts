import { describe, expect, test } from 'vitest'
import { type DetectSource, detectMapping, detectMappings } from '../../src/formats/detect.ts'
import { columnKeys } from '../../src/sources/source.ts'

type Role = DetectSource['role']

const json = (record: Record<string, unknown>, role: Role = 'log', name = 'log.ndjson'): DetectSource => ({
  name,
  role,
  dialect: null,
  sample: [record],
})

const table = (header: string[], row: string[] = [], role: Role = 'log'): DetectSource => ({
  name: 'log.csv',
  role,
  dialect: { delimiter: ',', quote: '"', header, headerLines: 1 },
  sample: row.length === 0 ? [] : [Object.fromEntries(columnKeys(header).map((key, i) => [key, row[i]]))],
})

/** Field → names of its paths, for comparison. */
const fieldsOf = (source: DetectSource, overrides: Record<string, string> = {}): Record<string, string[]> => {
  const { fields } = detectMapping(source, overrides)
  const show = Object.entries(fields).map(([field, paths]) => [
    field,
    paths.map(({ column, path }) => [column, ...path].join('/')),
  ])
  return Object.fromEntries(show)
}

const base = { timestamp: 1, account_id: 'a' }
const both = { timestamp: ['timestamp'], account_id: ['account_id'] }

describe('names are recognised', () => {
  test.each([
    ['canonical', { ...base, ip: 'x' }, { ...both, ip: ['ip'] }],
    [
      'camel case',
      { Timestamp: 1, accountId: 'a', inputTokens: 1 },
      { timestamp: ['Timestamp'], account_id: ['accountId'], input_tokens: ['inputTokens'] },
    ],
    [
      'hyphens and blanks',
      { 'Account-ID': 'a', timestamp: 1, 'User Agent': 'x' },
      { timestamp: ['timestamp'], account_id: ['Account-ID'], user_agent: ['User Agent'] },
    ],
    [
      'aliases',
      { ts: 1, customer_id: 'a', ja4: 'x' },
      { timestamp: ['ts'], account_id: ['customer_id'], tls_fingerprint: ['ja4'] },
    ],
    [
      'nested',
      { ts: 1, user: { id: 'a' }, usage: { prompt_tokens: 2 } },
      { timestamp: ['ts'], account_id: ['user/id'], input_tokens: ['usage/prompt_tokens'] },
    ],
    [
      'three deep',
      { ...base, payment_method_details: { card: { fingerprint: 'x' } } },
      { ...both, card_fingerprint: ['payment_method_details/card/fingerprint'] },
    ],
    [
      'a literal key with dots before the nested path',
      { ...base, source: { ip: 'x' }, 'source.ip': 'y' },
      { ...both, ip: ['source.ip', 'source/ip'] },
    ],
    [
      'several, best first',
      { ja3: 'x', user: 'b', ...base, client_ip: 'x', ip: 'y', remote_addr: 'z', ja4: 'y' },
      {
        timestamp: ['timestamp'],
        account_id: ['account_id', 'user'],
        ip: ['ip', 'client_ip', 'remote_addr'],
        tls_fingerprint: ['ja3', 'ja4'],
      },
    ],
    ['unknown ones are left', { ...base, foo: 1, bar: { ip: 'x' } }, both],
    ['null only', { ...base, ip: null }, { ...both, ip: ['ip'] }],
  ])('%s', (_, record, expected) => {
    expect(fieldsOf(json(record))).toEqual(expected)
  })

  test('a key that is an object elsewhere is no value', () => {
    const source = {
      ...json({}),
      sample: [
        { ts: 1, user: null },
        { ts: 1, user: { id: 'a' } },
      ],
    }
    expect(fieldsOf(source)).toEqual({ timestamp: ['ts'], account_id: ['user/id'] })
  })

  test('table columns have their position; a repeated name has all', () => {
    const { fields, columnsSeen, preset, notes } = detectMapping(table(['ts', 'account_id', 'ip', 'IP', 'ip']))
    expect(fields.ip).toEqual([
      { column: 'ip', index: 2, path: [] },
      { column: 'IP', index: 3, path: [] },
      { column: 'ip', index: 4, path: [] },
    ])
    expect({ columnsSeen, preset, notes }).toEqual({
      columnsSeen: ['ts', 'account_id', 'ip', 'IP', 'ip'],
      preset: 'generic',
      notes: [],
    })
  })

  test('keys of the prototype are names like others', () => {
    const { fields } = detectMapping(
      json(JSON.parse('{"__proto__":{"id":1},"constructor":"x","ts":1,"account_id":"a"}')),
    )
    expect(Object.keys(fields)).toEqual(['timestamp', 'account_id'])
  })
})

describe('what a name means depends on the file', () => {
  test.each([
    ['created is the time of a log', json({ created: 1, user: 'a' }), { timestamp: ['created'], account_id: ['user'] }],
    ['created_at, too', json({ created_at: 1, user: 'a' }), { timestamp: ['created_at'], account_id: ['user'] }],
    ['unless there is a better one', json({ created: 1, ...base }), both],
    ['then created_at is the account’s', json({ created_at: 1, ...base }), { ...both, created_at: ['created_at'] }],
    ['id is the request', json({ id: 'r', ...base }), { ...both, request_id: ['id'] }],
    ['a duration is no time', json({ request_time: 0.5, ...base }), both],
    [
      'accounts: created',
      json({ created: 1, account_id: 'a' }, 'accounts'),
      { account_id: ['account_id'], created_at: ['created'] },
    ],
    [
      'accounts: created_at before created',
      json({ created: 1, created_at: 2, account_id: 'a' }, 'accounts'),
      { account_id: ['account_id'], created_at: ['created_at', 'created'] },
    ],
    [
      'accounts: id',
      json({ id: 'a', request_id: 'r' }, 'accounts'),
      { account_id: ['id'], request_id: ['request_id'] },
    ],
    [
      'accounts: id beside a better one',
      json({ id: 'x', user_id: 'a' }, 'accounts'),
      { account_id: ['user_id'], request_id: ['id'] },
    ],
    [
      'accounts: status in words',
      table(['account_id', 'status'], ['a', 'active'], 'accounts'),
      { account_id: ['account_id'], account_status: ['status'] },
    ],
    [
      'accounts: status in numbers',
      table(['account_id', 'status'], ['a', '200'], 'accounts'),
      { account_id: ['account_id'], status: ['status'] },
    ],
  ])('%s', (_, source, expected) => {
    expect(fieldsOf(source)).toEqual(expected)
  })

  test('an account fingerprint stands in for the account, with a note', () => {
    const { fields, notes } = detectMapping(json({ ts: 1, identity_hash: 'x' }))
    expect(Object.keys(fields)).toEqual(['timestamp', 'account_id'])
    expect(notes).toEqual(["'log.ndjson' has no account_id: account_fingerprint stands in for it"])
    expect(fieldsOf(json({ ...base, account_fingerprint: 'x' }))).toEqual({
      ...both,
      account_fingerprint: ['account_fingerprint'],
    })
  })
})

describe('--map', () => {
  test.each([
    ['a column', { who: 'a', ts: 1 }, { account_id: 'who' }, ['who']],
    ['a nested path', { a: { b: { who: 'a' } }, ts: 1 }, { account_id: 'a.b.who' }, ['a/b/who']],
    ['a literal key with dots first', { 'a.b': 'a', a: { b: 'x' }, ts: 1 }, { account_id: 'a.b' }, ['a.b']],
    ['another spelling', { whoIsIt: 'a', ts: 1 }, { account_id: 'who-is-it' }, ['whoIsIt']],
    ['instead of what would be found', { account_id: 'x', who: 'a', ts: 1 }, { account_id: 'who' }, ['who']],
  ])('%s', (_, record, overrides, expected) => {
    const source = json(record)
    expect(fieldsOf(source, overrides).account_id).toEqual(expected)
    expect(detectMapping(source, overrides).preset).toBe('custom')
  })

  test('a column that is named serves nothing else', () => {
    expect(fieldsOf(json({ ...base, ip: 'x' }), { device_fingerprint: 'ip' })).toEqual({
      ...both,
      device_fingerprint: ['ip'],
    })
  })

  test('other fields alone leave the preset generic', () => {
    expect(detectMapping(json({ ...base, x: 1 }), { ip: 'x' }).preset).toBe('generic')
  })

  test('an unknown field, an unknown column', () => {
    expect(() => detectMapping(json(base), { acount_id: 'x' })).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: "Did you mean 'account_id'?" }),
    )
    expect(() => detectMapping(json(base), { ip: 'adress' })).toThrow(
      expect.objectContaining({
        code: 'INPUT_UNMAPPED',
        message: "--map ip: no column 'adress' in 'log.ndjson': columns seen: timestamp, account_id",
      }),
    )
  })

  test('over several files, a column needs to be in one of them', () => {
    const log = json({ ts: 1, who: 'a' })
    const accounts = json({ account_id: 'a', fp: 'x' }, 'accounts', 'accounts.ndjson')
    const mappings = detectMappings([log, accounts], { account_id: 'who', card_fingerprint: 'fp' })
    expect(
      mappings.map(({ fields, preset }) => [
        preset,
        fields.account_id?.[0]?.column,
        fields.card_fingerprint?.[0]?.column,
      ]),
    ).toEqual([
      ['custom', 'who', undefined],
      ['generic', 'account_id', 'fp'],
    ])
    expect(() => detectMappings([log, accounts], { account_id: 'who', ip: 'none' })).toThrow(
      expect.objectContaining({ code: 'INPUT_UNMAPPED', message: expect.stringContaining("'accounts.ndjson'") }),
    )
  })
})

describe('a file that lacks what is needed', () => {
  test.each([
    [
      'the account',
      json({ timestamp: 1, foo: 1 }),
      "'log.ndjson' has no column for account_id; columns seen: timestamp, foo",
      'Say which column it is: --map account_id=COLUMN',
    ],
    [
      'the time',
      json({ account_id: 1 }),
      "'log.ndjson' has no column for timestamp; columns seen: account_id",
      'Say which column it is: --map timestamp=COLUMN',
    ],
    [
      'both',
      json({ foo: 1 }),
      "'log.ndjson' has no column for account_id and timestamp; columns seen: foo",
      'Say which column it is: --map account_id=COLUMN --map timestamp=COLUMN',
    ],
    [
      'an account file’s account',
      json({ email: 1 }, 'accounts'),
      "'log.ndjson' has no column for account_id; columns seen: email",
      'Say which column it is: --map account_id=COLUMN',
    ],
    [
      'any record',
      { ...json({}), sample: [] },
      "'log.ndjson' has no readable record at its beginning, so its columns are not known",
      'Check that it holds one JSON object a line.',
    ],
    [
      'records outside of a list',
      json({ data: [{ a: 1 }], more: false }),
      "'log.ndjson' has no column for account_id and timestamp; columns seen: data, more",
      "If the records are in the list, take them out: jq -c '.data[]' FILE | distill-scan -",
    ],
  ])('%s', (_, source, message, hint) => {
    expect(() => detectMapping(source)).toThrow(expect.objectContaining({ code: 'INPUT_UNMAPPED', message, hint }))
  })

  test('the message is short, printable and without values', () => {
    const record = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`\u001b[31m\u202e${'x'.repeat(100)}${i}`, 'secret-value']),
    )
    const failure = (() => {
      try {
        detectMapping(json(record))
      } catch (error) {
        return error as Error
      }
      return null
    })()
    expect(failure?.message).toMatch(/and 30 more$/)
    expect(failure?.message.length).toBeLessThan(1500)
    expect(failure?.message).not.toMatch(/[\p{Cc}\p{Cf}]|secret-value/u)
  })
})

test('an object keyed by ids does not grow the list without end', () => {
  const users = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`u${i}`, 1]))
  expect(detectMapping(json({ ...base, users })).columnsSeen.length).toBeLessThanOrEqual(2000)
})

test('depth has an end', () => {
  let deep: Record<string, unknown> = { account_id: 'x' }
  for (let i = 0; i < 5000; i++) deep = { deep }
  expect(fieldsOf(json({ ...base, ...deep }))).toEqual(both)
})
