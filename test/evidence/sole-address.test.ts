import { expect, test } from 'vitest'
import { collect } from './collect.ts'

const at = '2026-06-01T10:00:00Z'
const requests = (ips: Readonly<Record<string, readonly string[]>>): object[] =>
  Object.entries(ips).flatMap(([account_id, own]) => own.map((ip) => ({ account_id, timestamp: at, ip })))

/** Addresses that two accounts or more have as their only one in its block → the accounts. */
async function homes(ips: Readonly<Record<string, readonly string[]>>): Promise<Record<string, readonly string[]>> {
  const { shared } = await collect({ logs: { 'a.ndjson': requests(ips) } })
  const found = Object.entries(shared).filter(([key]) => key.startsWith('ip_address='))
  return Object.fromEntries(found.map(([key, ids]) => [key.slice('ip_address='.length), ids]))
}

test('an address is held where it is the only one that an account has in its block, however often it is used', async () => {
  expect(
    await homes({
      a: ['198.51.100.7', '198.51.100.7', '203.0.113.1'],
      b: ['198.51.100.7', '203.0.113.1', '203.0.113.2'], // moves about in the second block
      c: ['198.51.100.7', '198.51.100.8'], // and in the first
      d: ['203.0.113.1'],
    }),
  ).toEqual({ '198.51.100.7': ['a', 'b'], '203.0.113.1': ['a', 'd'] })
})

test('the block is held beside it, and the requests are counted', async () => {
  const ips = { a: ['198.51.100.7', '198.51.100.7'], b: ['198.51.100.7'], c: ['198.51.100.9'] }
  const { shared, collected } = await collect({ logs: { 'a.ndjson': requests(ips) } })
  expect(shared).toEqual({ 'ip_address=198.51.100.7': ['a', 'b'], 'ip_block=198.51.100.0/24': ['a', 'b', 'c'] })
  expect([...collected.evidence.tables.holdings.requests]).toEqual([2, 1, 2, 1, 1])
})

test('no private, reserved or IPv6 address, and nothing that is none', async () => {
  const none = ['10.0.0.1', '127.0.0.1', '0.0.0.0', '2001:db8::1', '999.1.1.1', '1.2.3.4.5', 'unknown', '']
  expect(await homes({ a: none, b: none })).toEqual({})
})

// The block pattern takes three numbers for the rough form of a block, and so here three numbers for an address.
test('nor three numbers of four', async () => {
  expect(await homes({ a: ['198.51.100'], b: ['198.51.100'] })).toEqual({})
})

test('nor an address beside which the account has another, written with a port', async () => {
  const two = ['198.51.100.7', '198.51.100.8:44321']
  expect(await homes({ a: two, b: two })).toEqual({})
})

test('nor one of an account whose id is spelt in two ways, with an address each', async () => {
  expect(await homes({ a: ['198.51.100.7'], ' a': ['198.51.100.8'], b: ['198.51.100.7'] })).toEqual({})
})

test('an account with hundreds of exits has no home: a log with an address per request adds nothing', async () => {
  const exits = Array.from({ length: 200 }, (_, n) => `198.51.${n}.9`)
  expect(await homes({ rotates_1: exits, rotates_2: exits })).toEqual({})
})
