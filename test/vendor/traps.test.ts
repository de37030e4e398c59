import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readVendor } from './read.ts'

/** Files with trouble, each made after one that was met: every record is read or told apart, and none twice. */

interface Expected {
  readonly records: number
  readonly bad?: number
  readonly why: string
  readonly formats?: readonly string[]
}

const TRAPS = JSON.parse(readFileSync('fixtures/vendor/traps/EXPECTED.json', 'utf8')) as Record<string, Expected>

/** Told by tests of their own, below and beside the readers. */
const APART = ['cloudflare_headerless.csv']

describe('records and rejects are those that are expected', () => {
  const cases = Object.entries(TRAPS).filter(([name]) => !APART.includes(name))
  test.each(cases)('%s', async (name, { records, bad = 0, formats }) => {
    const { plan, ledger } = await readVendor(`fixtures/vendor/traps/${name}`)
    // Of files whose columns say nothing to a scan the records are told apart all the same, as rejects by themselves.
    expect(ledger.records + ledger.rejects.count).toBe(records + bad)
    if (formats !== undefined) expect(formats).toContain(plan.preset)
  })
})

test('a table without a header is read with the names that are given', async () => {
  const columns = ['ip', 'host', 'method', 'path', 'timestamp', 'status', 'tls_fingerprint']
  const { ledger, plan } = await readVendor('fixtures/vendor/traps/cloudflare_headerless.csv', { columns })
  expect({ records: ledger.records + ledger.rejects.count, headerLines: plan.source.dialect?.headerLines }).toEqual({
    records: 1,
    headerLines: 0,
  })
})

test('a key that comes twice: the last one counts', async () => {
  const map = { account_id: 'user', timestamp: 'model' }
  const { plan } = await readVendor('fixtures/vendor/traps/duplicate_json_keys.ndjson', { map })
  expect(plan.view.records).toMatchObject([{ model: 'b' }])
})

test('a full card number is refused, and not shown', async () => {
  const { plan } = await readVendor('fixtures/vendor/traps/stripe_pan_export.json')
  expect(plan.problem).toMatchObject({
    code: 'INPUT_UNREADABLE',
    message: expect.stringContaining('customers[].cards[].number'),
  })
  expect(plan.problem?.message).not.toContain('4000')
})

test('a live key that stands for an account leaves as its hash', async () => {
  const reading = { map: { account_id: 'api_key', timestamp: 'model' }, inputFormats: { '*': 'generic' } }
  const { plan } = await readVendor('fixtures/vendor/traps/secrets_in_fields.ndjson', reading)
  expect(plan.mapping?.fields.account_id?.[0]?.column).toBe('api_key')
  expect(plan.mapping?.fields.client_headers).toBeUndefined()
})

test('nothing that stands for nothing links anybody', async () => {
  const { rows } = await readVendor('fixtures/vendor/traps/null_spellings.csv')
  expect(rows.length).toBe(5)
})
