import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternOf, patternString } from '../../../src/report/stix/pattern.ts'
import { hostileText } from '../../helpers/hostile-results.ts'

test.each([
  ['ip_block', '192.0.2.0/24', "[ipv4-addr:value ISSUBSET '192.0.2.0/24']"],
  ['ip_address', '192.0.2.7', "[ipv4-addr:value = '192.0.2.7']"],
  ['ip_block', '2001:DB8::/32', "[ipv6-addr:value ISSUBSET '2001:db8::/32']"],
  ['asn', 'AS64500', '[autonomous-system:number = 64500]'],
  ['user_agent', "it's a \\ kit", "[x-distill-scan-request:user_agent = 'it\\'s a \\\\ kit']"],
  ['system_prompt_hash', '0429059f2f', "[x-distill-scan-request:system_prompt_hash = '0429059f2f']"],
])('%s %s', (field, value, pattern) => {
  expect(patternOf(field, value)).toBe(pattern)
})

test.each([
  ['a shortened address', 'ip_block', '192.0.2.…'],
  ['a shortened IPv6 address', 'ip_block', '2001:db8:1:…'],
  ['no address', 'ip_block', '192.0.2.0/33'],
  ['an address with a zone', 'ip_address', 'fe80::1%eth0'],
  ['no system', 'asn', 'AS4294967296'],
  ['a shortened value', 'device_fingerprint', 'dev…c2'],
  ['the second of values that look alike', 'device_fingerprint', 'dev…c2 #2'],
  ['an empty value', 'device_fingerprint', ''],
  ['a text', 'user_agent', 'x'.repeat(501)],
  ['a field of a person', 'email', 'a@example.org'],
  ['a field with a name of its own', "x'] OR [y:z", 'v'],
])('%s makes none', (_, field, value) => {
  expect(patternOf(field, value)).toBeNull()
})

/** The grammar of one comparison, as far as we write it (STIX 2.1, 9.2 and 9.6). */
const PATTERN = /^\[[a-z0-9-]+:[a-z_]+ (?:= \d+|(?:=|ISSUBSET) '(?<text>(?:[^'\\]|\\['\\])*)')\]$/u

test('a value never leaves its quotes, and comes back whole', () => {
  fc.assert(
    fc.property(hostileText, (value) => {
      const { text } = PATTERN.exec(`[a:b = ${patternString(value)}]`)!.groups!
      expect(text!.replace(/\\(.)/gsu, '$1')).toBe(value)
      for (const field of ['ip_block', 'asn', 'user_agent'])
        expect(patternOf(field, value) ?? '[a:b = 1]').toMatch(PATTERN)
    }),
    { numRuns: 1000 },
  )
})
