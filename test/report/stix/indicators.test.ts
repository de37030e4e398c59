import { describe, expect, test } from 'vitest'
import type { Evidence, EvidenceValue, Network } from '../../../src/model.ts'
import { indicatorsOf } from '../../../src/report/stix/indicators.ts'
import { aNetwork, anEvidence } from '../../helpers/results.ts'

const stamp = { by: 'identity--34aeeef1-14d5-58a4-aa1c-d31284d5f6bc', at: '2026-06-14T23:59:51.000Z' }
const device = (over: Partial<EvidenceValue> = {}): EvidenceValue => ({
  field: 'device_fingerprint',
  value: 'dev_51c2',
  inside: 3,
  outside: 0,
  ...over,
})

const of = (evidence: Partial<Evidence>[], over: Partial<Network> = {}) =>
  indicatorsOf(aNetwork({ evidence: evidence.map(anEvidence), ...over }), stamp)

describe('an indicator', () => {
  test('is made for what three members hold and nobody else', () => {
    const values = [device(), device({ value: 'two', inside: 2 }), device({ value: 'seen', outside: 1 })]
    expect(of([{ family: 'client', values }])).toEqual([
      expect.objectContaining({
        pattern: "[x-distill-scan-request:device_fingerprint = 'dev_51c2']",
        pattern_type: 'stix',
        pattern_version: '2.1',
        indicator_types: ['anomalous-activity'],
        confidence: 85,
        description:
          'Held by 3 of 60 accounts of the suspected network m4k7q2xw5a and by no other account in the logs. A match is a reason to look, not a verdict.',
      }),
    ])
  })

  test('is made once for a value that two signals name', () => {
    expect(of([{ values: [device()] }, { values: [device()] }])).toHaveLength(1)
  })

  test('says when its evidence adds nothing', () => {
    expect(of([{ countedBits: 0, values: [device()] }])[0]!.description).toContain('adds nothing to the score')
  })

  test('is never made for what a person holds', () => {
    const fields = [
      'email',
      'payer_email',
      'phone',
      'card_fingerprint',
      'card_bin',
      'display_name',
      'billing_name_hash',
      'account_fingerprint',
    ]
    expect(of([{ values: fields.map((field) => device({ field })) }])).toEqual([])
  })
})

// last seen on 14 June: 30 days on 14 July, 90 days on 12 September
test.each([
  ['network', device({ field: 'ip_block', value: '192.0.2.0/24' }), '2026-07-14T23:48:02.000Z'],
  ['network', device({ field: 'asn', value: '64500' }), '2026-07-14T23:48:02.000Z'],
  ['client', device(), '2026-09-12T23:48:02.000Z'],
] as const)('of the family %s it ends in time', (family, value, until) => {
  const [found] = of([{ family, values: [value] }])
  expect([found!.valid_from, found!.valid_until]).toEqual(['2026-06-01T00:12:31.000Z', until])
})

test('without a time, or past the last year, there is none', () => {
  expect(of([{ values: [device()] }], { firstSeen: null, lastSeen: null })).toEqual([])
  expect(of([{ values: [device()] }], { lastSeen: '9999-12-31T23:59:59.999Z' })).toEqual([])
})
