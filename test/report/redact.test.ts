import { expect, test } from 'vitest'
import type { EvidenceValue, Network } from '../../src/model.ts'
import { redact } from '../../src/report/redact.ts'
import { aFullResult, aNetwork, anEvidence, aResult, aReview } from '../helpers/results.ts'

const held = (field: string, value: string): EvidenceValue => ({ field, value, inside: 2, outside: 0 })
const holding = (...values: EvidenceValue[]): Network =>
  aNetwork({ accounts: ['a', 'b'], evidence: [anEvidence({ values })] })
const redacted = (network: Network): Network => redact(aResult({ networks: [network] })).networks[0] as Network
const shown = (field: string, value: string): string | undefined =>
  redacted(holding(held(field, value))).evidence[0]?.values[0]?.value

test.each([
  ['email', 'alice.smith@example.org', 'a…@example.org'],
  ['payer_email', 'x@example.com', 'x…@example.com'],
  ['email', 'not-an-address', 'not-…ess'],
  ['ip', '192.0.2.17', '192.0.2.…'],
  ['ip', '192.0.2.0/24', '192.0.2.0/24'],
  ['ip', '2001:db8:1:2::3', '2001:db8:1:…'],
  ['ip', '2001:db8:abb:9eac:56e3:cb4f:4a9e:952d', '2001:db8:abb:…'],
  ['ip', '2001:db8::5', '2001:db8:…'],
  ['ip', '2001::5', '2001:…'],
  ['ip', '2001:db8:1::/48', '2001:db8:1::/48'],
  ['ip', '2001:db8:1:2::/64', '2001:db8:1:…'],
  ['card_fingerprint', 'fp_9Qx77TLm02Ke', 'fp_9…2Ke'],
  ['payment_fingerprint', 'iban', 'i…n'],
  ['display_name', 'Al', 'A…'],
  ['card_fingerprint+card_bin', 'fp_9Qx77TLm02Ke', 'fp_9…2Ke'],
  ['device_fingerprint', 'dev_51c2d9', 'dev_51c2d9'],
  ['asn', '64500', '64500'],
  ['user_agent', 'sync/1.2 (alice@example.org) Browser/120.0.0.0', 'sync/1.2 (a…@example.org) Browser/120.0.0.0'],
])('%s %s is shown as %s', (field, value, short) => {
  expect(shown(field, value)).toBe(short)
})

test('two values that shorten alike stay apart, and each is the same everywhere', () => {
  const network = holding(held('ip', '192.0.2.17'), held('ip', '192.0.2.18'), held('ip', '192.0.2.0/24'))
  const result = redact(
    aResult({
      networks: [network],
      suppressedValues: [{ field: 'ip', value: '192.0.2.18', accounts: 9, reason: 'hub' }],
    }),
  )
  expect(result.networks[0]?.evidence[0]?.values.map((each) => each.value)).toEqual([
    '192.0.2.…',
    '192.0.2.… #2',
    '192.0.2.0/24',
  ])
  expect(result.suppressedValues[0]?.value).toBe('192.0.2.… #2')
})

test('sentences are shortened too: by shape, and by the values of the network', () => {
  const network = aNetwork({
    evidence: [
      anEvidence({
        summary: '9 accounts pay with fp_9Qx77TLm02Ke from 192.0.2.17, as alice@example.org told at 12:30:45.',
        values: [held('card_fingerprint', 'fp_9Qx77TLm02Ke')],
      }),
    ],
    fragile: { dependsOn: 'card_fingerprint fp_9Qx77TLm02Ke' },
  })
  expect(redacted(network).evidence[0]?.summary).toBe(
    '9 accounts pay with fp_9…2Ke from 192.0.2.…, as a…@example.org told at 12:30:45.',
  )
  expect(redacted(network).fragile?.dependsOn).toBe('card_fingerprint fp_9…2Ke')
})

test('addresses of owners are shortened in what was declared', () => {
  const expired = {
    path: 'k.csv',
    lines: [2],
    owner: 'ops@quay.example',
    expired: '2026-01-01',
    accounts: 1,
    networks: [],
  }
  const result = redact(aResult({ networks: [aNetwork({ review: aReview() })], expiredDeclarations: [expired] }))
  expect(result.networks[0]?.review?.declared[0]?.owner).toBe('Quay Labs (o…@quay.example)')
  expect(result.networks[0]?.review?.confirmed).toEqual(aReview().confirmed)
  expect(result.expiredDeclarations[0]?.owner).toBe('o…@quay.example')
})

test('members, hubs and set-aside values are shortened; account ids are whole; nothing else changes', () => {
  const full = aFullResult()
  const result = redact(full)
  expect(result.networks[0]?.members[0]?.links[0]?.value).toBe('fp_9…2Ke')
  expect(result.networks[0]?.accounts).toEqual(full.networks[0]?.accounts)
  expect(JSON.stringify(result)).not.toContain('fp_9Qx77TLm02Ke')
  expect(JSON.stringify(result)).not.toContain('192.0.2.17')
  expect(result.identifiers).toBe('shortened')
  const rest = { identifiers: 'shortened', networks: [], suppressedValues: [] }
  expect({ ...result, ...rest }).toEqual({ ...full, ...rest })
})
