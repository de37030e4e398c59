import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isPlaceholder,
  isReservedAddress,
  PLACEHOLDER_PATTERNS,
  PLACEHOLDERS,
  RESERVED_ADDRESS_PATTERNS,
} from '../../src/formats/placeholders.ts'

describe('isPlaceholder', () => {
  test.each([
    ...[
      '',
      ' ',
      'null',
      'NULL',
      'None',
      'N/A',
      '-',
      'Unknown',
      'undefined',
      'NaN',
      'nil',
      '(null)',
      '\\N',
      '\\n',
      '[]',
    ],
    ...[
      '(not set)',
      '#NAME?',
      '0.0.0.0',
      '::',
      '00000000',
      '0x00000000',
      'ffffffff',
      'FFFFFFFFFFFFFFFF',
      '****',
      'xxx',
    ],
    ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', ' null\t'],
    ...[null, undefined],
  ])('%j stands for no value', (text) => {
    expect(isPlaceholder(text)).toBe(true)
  })

  test.each([
    ...[
      '0',
      '0000',
      '0000000',
      'fffffff',
      'ff',
      '00000001',
      '0000000a',
      'f0f0f0f0',
      'nullable',
      'none@example.org',
      '4242',
    ],
    ...['192.0.2.1', 'acct_0000000000', '00000000-0000-0000-0000-000000000001', 'a', 'not', '::1', '0-0'],
  ])('%j is a value', (text) => {
    expect(isPlaceholder(text)).toBe(false)
  })

  test('case and blanks around do not matter', () => {
    const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n'), maxLength: 3 })
    fc.assert(
      fc.property(fc.constantFrom(...PLACEHOLDERS), blank, blank, (text, before, after) => {
        expect(isPlaceholder(before + text.toUpperCase() + after)).toBe(true)
      }),
    )
  })

  test('of hex digits, eight or more are one only if all are 0 or all are f', () => {
    const digit = fc.constantFrom('0', '0', '0', 'f', 'f', 'a', '1')
    fc.assert(
      fc.property(fc.string({ unit: digit, minLength: 8, maxLength: 40 }), (text) => {
        expect(isPlaceholder(text)).toBe(new Set(text).size === 1 && (text[0] === '0' || text[0] === 'f'))
      }),
    )
  })

  test('a long text is judged fast', () => {
    for (const char of ['0', 'f', '*', '0-', ' ']) expect(isPlaceholder(`${char.repeat(200_000)}!`)).toBe(false)
  })
})

describe('isReservedAddress', () => {
  test.each([
    ...['10.0.0.1', '127.0.0.1', '192.168.1.1', '172.16.0.1', '172.31.255.255', '169.254.169.254', '100.64.0.1'],
    ...['100.127.255.255', '0.0.0.0', '0.1.2.3', '224.0.0.1', '255.255.255.255', '::', '::1', 'fc00::1'],
    ...[
      'FD12:3456::1',
      'fe80::1',
      'febf::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::FFFF:127.0.0.1',
      '0:0:0:0:0:0:0:1',
      ' 10.0.0.1 ',
    ],
  ])('%s is', (ip) => {
    expect(isReservedAddress(ip)).toBe(true)
  })

  test.each([
    ...[
      '192.0.2.1',
      '198.51.100.1',
      '198.18.0.1',
      '203.0.113.1',
      '2001:db8::1',
      '2001:db8:7::5',
      '8.8.8.8',
      '172.15.0.1',
      '172.32.0.1',
    ],
    ...[
      '100.63.0.1',
      '100.128.0.1',
      '11.0.0.1',
      '169.253.0.1',
      '2606:4700::1111',
      'fec0::1',
      'fe00::1',
      '::2',
      '::1:2',
    ],
    ...['', 'unknown', '10.example.org', '10.0.0', 'fcbank', '100.640.0.1'],
  ])('%s is not', (ip) => {
    expect(isReservedAddress(ip)).toBe(false)
  })

  test('agrees with a list of subnets', () => {
    const v4 = [
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.0.0.0/24',
    ]
    v4.push('192.168.0.0/16', '224.0.0.0/3')
    const blocked = new BlockList()
    for (const subnet of v4) {
      const [net = '', bits] = subnet.split('/')
      blocked.addSubnet(net, Number(bits))
    }
    for (const [net, bits] of [
      ['fc00::', 7],
      ['fe80::', 10],
      ['ff00::', 8],
    ] as const)
      blocked.addSubnet(net, bits, 'ipv6')
    const first = fc.oneof(fc.nat(255), fc.constantFrom(10, 100, 127, 169, 172, 192, 198))
    const second = fc.oneof(fc.nat(255), fc.constantFrom(0, 16, 18, 64, 168, 254))
    fc.assert(
      fc.property(first, second, fc.nat(255), fc.nat(255), (...bytes) => {
        expect(isReservedAddress(bytes.join('.'))).toBe(blocked.check(bytes.join('.')))
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV6(),
          fc.integer({ min: 0xfb00, max: 0xffff }).map((n) => `${n.toString(16)}::1`),
        ),
        (ip) => {
          const isSpecial = !/^[1-9a-f][0-9a-f]{3}:/i.test(ip)
          fc.pre(!isSpecial)
          expect(isReservedAddress(ip)).toBe(blocked.check(ip, 'ipv6'))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

test('the data is fit for another engine: lower case, trimmed, no repeats, only syntax that RE2 has', () => {
  expect(PLACEHOLDERS).toEqual([...new Set(PLACEHOLDERS.map((text) => text.trim().toLowerCase()))])
  for (const pattern of [...PLACEHOLDER_PATTERNS, ...RESERVED_ADDRESS_PATTERNS]) {
    expect(pattern).not.toMatch(/\(\?|\\/)
  }
})
