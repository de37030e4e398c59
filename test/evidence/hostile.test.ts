import { describe, expect, test } from 'vitest'
import { REJECT_REASONS } from '../../src/formats/reject-reasons.ts'
import { collect, toNdjson } from './collect.ts'

const at = 1780272006
const injection = "x'); DROP TABLE base; --"

describe('names that others chose', () => {
  test.each([
    "it's; DROP TABLE base; --.ndjson",
    'say "hi" $1 {a,b}.ndjson',
    'logs[1].ndjson',
    'a?b.ndjson',
    'a*.ndjson',
    'üñí ‮codé.ndjson',
    'percent%20and\\backslash.ndjson',
    'year=2026/part.ndjson', // a Hive partition is no column
  ])('a file called %j is read, and nothing else', async (name) => {
    const { accounts, records } = await collect({ logs: { [name]: [{ account_id: 'a', timestamp: at }] } })
    expect({ records, ids: accounts.map(({ id }) => id) }).toEqual({ records: 1, ids: ['a'] })
  })

  // DuckDB's readers take a path for a pattern.
  test.each([
    ['a*.ndjson', 'ab.ndjson'],
    ['logs[1].ndjson', 'logs1.ndjson'],
    ['logs?.ndjson', 'logs1.ndjson'],
  ])('%s beside %s: each is read once', async (odd, plain) => {
    const logs = { [odd]: [{ account_id: 'odd', timestamp: at }], [plain]: [{ account_id: 'plain', timestamp: at }] }
    const { accounts } = await collect({ logs })
    expect(accounts.map(({ id, requests }) => [id, requests])).toEqual([
      ['odd', 1],
      ['plain', 1],
    ])
  })

  test.each([
    injection,
    'quote"d',
    'back\\slash',
    "single'quote",
    'a.b',
    '$.x',
    'x[0]',
    '%s',
    '__proto__',
    'constructor',
    'naïve ключ',
  ])('a JSON key or header called %j can be mapped, at the top and nested', async (key) => {
    const row = (account_id: string, value: object): string =>
      `${JSON.stringify({ account_id, timestamp: at }).slice(0, -1)},${JSON.stringify(value).slice(1)}\n`
    const held = (inner: string): object => JSON.parse(`{${JSON.stringify(key)}:"${inner}"}`)
    const top = ['a', 'b'].map((id) => row(id, held('v'))).join('')
    const nested = ['a', 'b'].map((id) => row(id, { n: held('v') })).join('')
    const csv = `account_id,timestamp,"${key.replaceAll('"', '""')}"\na,${at},v\nb,${at},v\n`
    const shared = { 'device_fingerprint=v': ['a', 'b'] }
    expect((await collect({ logs: { 'a.ndjson': top }, map: { device_fingerprint: key } })).shared).toEqual(shared)
    expect((await collect({ logs: { 'a.csv': csv }, map: { device_fingerprint: key } })).shared).toEqual(shared)
    expect((await collect({ logs: { 'a.ndjson': nested }, map: { device_fingerprint: `n.${key}` } })).shared).toEqual(
      shared,
    )
  })

  // A star is a wildcard of DuckDB's JSON paths even in quotes, but not of its JSON pointers.
  test('a nested JSON key called * can be mapped', async () => {
    const rows = ['a', 'b'].map((account_id) => ({ account_id, timestamp: at, n: { '*': 'v' } }))
    const { shared } = await collect({ logs: { 'a.ndjson': rows }, map: { device_fingerprint: 'n.*' } })
    expect(shared).toEqual({ 'device_fingerprint=v': ['a', 'b'] })
  })

  // Column names of DuckDB do not differ by case.
  test.each([[{ IP: '198.51.100.1', ip: '198.51.100.2' }], [{ userId: 'a', UserID: 'b' }]])(
    'keys that differ in case only: %j',
    async (more) => {
      const { records } = await collect({ logs: { 'a.ndjson': [{ account_id: 'a', timestamp: at, ...more }] } })
      expect(records).toBe(1)
    },
  )
})

describe('values that others wrote', () => {
  const values = [
    injection,
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    '=HYPERLINK("https://x.example")',
    '\u0000',
    'a\u0000b',
    '\u001b[2J',
    '\u202egpj.exe',
    '\ufffd',
    '😀',
    '\\',
    '"',
    "'",
    '$1',
    '%s',
    'y'.repeat(100_000),
  ]

  test('are ids, models and shared values as they are', async () => {
    const rows = values.flatMap((value) =>
      ['1', '2'].map((n) => ({ account_id: `${value} ${n}`, timestamp: at, device_fingerprint: value, model: value })),
    )
    const seen = await collect({ logs: { 'a.ndjson': rows } }, async ({ collected }, engine) => {
      const { count } = collected.evidence.tables.accounts
      const [, all] = await engine.readActivity(new Int32Array(count).fill(1), 2)
      expect(new Set(all!.models.map(([model]) => model))).toEqual(new Set(values))
    })
    expect(new Set(seen.accounts.map(({ id }) => id))).toEqual(new Set(rows.map(({ account_id }) => account_id)))
    expect(new Set(Object.keys(seen.shared))).toEqual(new Set(values.map((value) => `device_fingerprint=${value}`)))
    expect(Object.values(seen.shared).every((ids) => ids.length === 2)).toBe(true)
  })

  test('a raw NUL byte costs its record only', async () => {
    const lines = [
      `{"account_id":"a","timestamp":${at}}`,
      `{"account_id":"b\0","timestamp":${at}}`,
      `{"account_id":"c","timestamp":${at}}`,
    ]
    const seen = await collect({ logs: { 'a.ndjson': lines.join('\n') } })
    expect(seen.accounts.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(seen.rejects).toEqual([`a.ndjson:2 ${REJECT_REASONS.unparsable}`])
  })

  test('bytes that are no UTF-8 cost their record at most', async () => {
    const good = toNdjson(['a', 'b', 'c'].map((account_id) => ({ account_id, timestamp: at })))
    const bad = Buffer.from(`{"account_id":"x\xff\xfe","timestamp":${at}}\n`, 'latin1')
    const seen = await collect({ logs: { 'a.ndjson': Buffer.concat([Buffer.from(good), bad, Buffer.from(good)]) } })
    expect(seen.accounts.map(({ id }) => id)).toEqual(expect.arrayContaining(['a', 'b', 'c']))
    const rejected = Object.values(seen.rejected).reduce((sum, each) => sum + each, 0)
    expect(seen.records + rejected).toBe(7)
  })

  test('a key __proto__ is no mapping: its record stays its own', async () => {
    const text = `{"__proto__":{"account_id":"evil","timestamp":1},"account_id":"a","timestamp":${at}}\n`
    const { accounts } = await collect({ logs: { 'a.ndjson': text + text.replace('"a"', '"b"') } })
    expect(accounts.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(Object.prototype).not.toHaveProperty('account_id')
  })

  test('an object or a list where a text is expected is its JSON text, never an error', async () => {
    const rows = [{ x: 1 }, ['q'], 7, true, 1.5].map((account_id) => ({ account_id, timestamp: at }))
    const { accounts } = await collect({ logs: { 'a.ndjson': rows } })
    expect(accounts.map(({ id }) => id)).toEqual(['1.5', '7', '["q"]', 'true', '{"x":1}'])
  })
})
