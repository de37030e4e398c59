import { describe, expect, test } from 'vitest'
import { historyOfReport } from '../../src/change/from-report.ts'
import { withChange } from '../../src/change/with-change.ts'
import type { EvidenceValue, Network } from '../../src/model.ts'
import { redact } from '../../src/report/redact.ts'
import * as forms from '../../src/report/value-forms.ts'
import { anEvidence, aResult } from '../helpers/results.ts'
import { aScan, idOf, now } from './networks.ts'

const held = (field: string, value: string): EvidenceValue => ({ field, value, inside: 5, outside: 0 })
const holding = (name: string, accounts: string, ...values: EvidenceValue[]): Network =>
  now(name, accounts, [], { evidence: [anEvidence({ values })] })

/** Whether a network of strangers that holds `later` takes the id of one that held `earlier`. */
function carriesOn(earlier: readonly EvidenceValue[], later: readonly EvidenceValue[], isRevealed = false): boolean {
  const whole = aScan([holding('a', 'abcde', ...earlier)])
  const saved = JSON.parse(JSON.stringify(isRevealed ? whole : redact(whole))) as typeof whole
  const result = withChange(aScan([holding('x', 'vwxyz', ...later)]), historyOfReport(saved, forms, 'r.json'))
  return result.networks[0]!.id === idOf('a')
}

describe('values are compared as a report shows them', () => {
  test.each([
    ['a device, which is whole in every report', held('device_fingerprint', 'dev_51c2'), true],
    ['a card, by the eight characters that are left', held('card_fingerprint', '3dcb167557ef60ad'), true],
    ['a billing name, hashed', held('billing_name_hash', 'a0a437de95dacf30'), true],
    ['a short card, of which too little is left', held('card_fingerprint', 'fp_9Qx77'), false],
    ['an e-mail address', held('payer_email', 'anna.lind@mail.example'), false],
    ['a block of a home', held('ip_block', '2001:db8:1:2::/64'), false],
    ['a block that is shown whole', held('ip_block', '198.51.100.0/24'), true],
    ['a name', held('display_name', 'Anna Maria Lindqvist'), false],
    ['last digits of a card', held('card_composite', '424242|1234|12/27'), false],
  ])('%s', (_, value, isEnough) => {
    expect(carriesOn([value], [value])).toBe(isEnough)
    expect(carriesOn([value], [value], true)).toBe(true)
  })

  test('another card of the same look is told apart only where the report shows it whole', () => {
    const [a, b] = [held('card_fingerprint', '3dcb0000000060ad'), held('card_fingerprint', '3dcb1111111160ad')]
    expect(carriesOn([a], [b], true)).toBe(false)
    expect(carriesOn([a], [b])).toBe(true) // eight equal characters: what the report says of both
  })

  test('the number behind a value that looks like another one is of no matter', () => {
    const [a, b] = [held('card_fingerprint', '3dcb0000000060ad'), held('card_fingerprint', '3dcb1111111160ad')]
    expect(redact(aScan([holding('a', 'abcde', a, b)])).networks[0]!.evidence[0]!.values[1]!.value).toMatch(/ #2$/)
    expect(carriesOn([a, b], [b])).toBe(true)
    expect(carriesOn([b], [a, b])).toBe(true)
  })

  test('values that look alike in two networks say nothing', () => {
    const [a, b] = [held('card_fingerprint', '3dcb0000000060ad'), held('card_fingerprint', '3dcb1111111160ad')]
    const saved = redact(aScan([holding('a', 'abcde', a), holding('b', 'fghij', b)]))
    const scan = aScan([holding('x', 'vwxyz', b)])
    expect(withChange(scan, historyOfReport(saved, forms, 'r.json')).networks[0]!.change!.status).toBe('new')
    const now = aScan([holding('x', 'vwxyz', a), holding('y', 'klmno', b)])
    const one = redact(aScan([holding('a', 'abcde', a)]))
    expect(withChange(now, historyOfReport(one, forms, 'r.json')).networks.map(({ change }) => change!.status)).toEqual(
      ['new', 'new'],
    )
  })
})

describe('a report that was changed is refused', () => {
  const report = aScan([holding('a', 'abc'), holding('b', 'def')])
  const [first, second] = report.networks as [Network, Network]
  test.each([
    ['an id of another form', { ...report, networks: [{ ...first, id: '../../etc' }] }, '.networks[0].id'],
    ['an id twice', { ...report, networks: [first, { ...second, id: first.id }] }, '.networks[1].id'],
    ['an instant', { ...report, networks: [first, { ...second, lastSeen: 'x' }] }, '.networks[1].lastSeen'],
    ['the first instant', { ...report, networks: [{ ...first, firstSeen: '2026' }] }, '.networks[0].firstSeen'],
    ['the window', { ...report, window: { from: null, to: '\u001b[2J' } }, '.window.to'],
  ])('%s', (_, changed, place) => {
    expect(() => historyOfReport(changed, forms, 'r.json')).toThrow(
      `'r.json' is no report as it was written: look at ${place}`,
    )
  })
})

test('a report without requests and without networks is a history', () => {
  const history = historyOfReport(aResult({ window: { from: null, to: null } }), forms, 'r.json')
  const { networks } = withChange(aScan([holding('x', 'abc')]), history)
  expect(networks[0]!.change).toMatchObject({ status: 'new', since: null })
})
