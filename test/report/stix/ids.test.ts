import { describe, expect, test } from 'vitest'
import { canonicalJson, PRODUCER_NAMESPACE, uuidV5, wellFormed } from '../../../src/report/stix/ids.ts'
import { networkObservable, userAccount } from '../../../src/report/stix/observables.ts'
import { PRODUCER } from '../../../src/report/stix/producer.ts'

const DNS_NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'

describe('UUIDv5', () => {
  test('is that of RFC 9562, appendix A.4', () => {
    expect(uuidV5(DNS_NAMESPACE, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  })

  test('makes the namespace of the producer', () => {
    expect(uuidV5(URL_NAMESPACE, 'urn:distill-scan:stix')).toBe(PRODUCER_NAMESPACE)
  })

  // The address: as other producers have it. The others were made with another implementation of UUIDv5.
  test.each([
    ['an address', networkObservable('ip_address', '198.51.100.3'), 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4'],
    ['a system', networkObservable('asn', 'AS15139'), 'autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff'],
    ['an account', userAccount('1001'), 'user-account--6c60cab0-c5a6-54cf-be81-94eff8deeb9e'],
  ])('makes the id of %s', (_, object, id) => {
    expect(object!.id).toBe(id)
  })

  test('of the producer never changes: partners know it', () => {
    expect(PRODUCER.id).toBe('identity--34aeeef1-14d5-58a4-aa1c-d31284d5f6bc')
  })
})

test('canonical JSON sorts keys by code unit, at every depth', () => {
  // RFC 8785, 3.2.3: the key beyond the basic plane comes before the one at its end
  expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': [{ b: 1, a: 'é\n"' }], '1': null })).toBe(
    '{"1":null,"\u{1f600}":[{"a":"é\\n\\"","b":1}],"\ufb33":1}',
  )
})

test('half a character is replaced, a whole one is not', () => {
  expect(wellFormed('a\ud800b\udc00\u{1f600}')).toBe('a\ufffdb\ufffd\u{1f600}')
})
