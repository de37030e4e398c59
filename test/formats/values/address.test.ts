import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import {
  canonicalAddress,
  clientAddress,
  maskedBlock,
  parseTrustedProxies,
} from '../../../src/formats/values/address.ts'

const nobody = (): boolean => false

test('addresses as exports write them', () => {
  const expected = JSON.parse(readFileSync('fixtures/vendor/traps/EXPECTED.json', 'utf8'))['xff_variants.csv'].canonical
  const rows = parse(readFileSync('fixtures/vendor/traps/xff_variants.csv', 'utf8'), { columns: true }) as {
    x_forwarded_for: string
  }[]
  expect(rows.map((row) => clientAddress(row.x_forwarded_for, nobody))).toEqual(expected)
})

test.each([
  ['2001:0DB8::0005', '2001:db8::5'],
  ['::ffff:c633:6407', '198.51.100.7'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['athena.amazonaws.com', null],
  ['198.51.100', null],
  ['198.051.100.7', null],
  ['fe80::1%eth0', null],
])('%s is %s', (raw, address) => expect(canonicalAddress(raw)).toBe(address))

describe('a list of forwarded addresses', () => {
  test.each([
    [
      'the last public one counts: what stands before it is the client’s own word',
      '192.0.2.1, 198.51.100.7',
      '198.51.100.7',
    ],
    ['private ones behind it are proxies', '198.51.100.7, 10.0.0.1, 192.168.0.1', '198.51.100.7'],
    ['RFC 7239', 'for=192.0.2.60;proto=http;by=203.0.113.43, for="[2001:db8::9]:80"', '2001:db8::9'],
  ])('%s', (_, raw, address) => expect(clientAddress(raw, nobody)).toBe(address))

  test('proxies of one’s own are passed over', () => {
    const isTrusted = parseTrustedProxies(['203.0.113.0/24', '2001:db8:ffff::/48'])
    expect(clientAddress('198.51.100.7, 203.0.113.9, 2001:db8:ffff::1', isTrusted)).toBe('198.51.100.7')
  })

  test('a proxy that is none', () => expect(() => parseTrustedProxies(['203.0.113.0/33'])).toThrow(/no block/))
})

test('a masked last number leaves its block', () => {
  expect(maskedBlock('203.0.113.***')).toBe('203.0.113.0/24')
  expect(maskedBlock('10.0.0.***')).toBeNull()
  expect(maskedBlock('203.0.113.7')).toBeNull()
})
