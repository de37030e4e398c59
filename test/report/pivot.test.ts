import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CANONICAL_FIELDS } from '../../src/formats/fields.ts'
import type { EvidenceValue, MemberLink } from '../../src/model.ts'
import { PIVOT_FILES, pivot } from '../../src/report/pivot.ts'
import { aNetwork, anEvidence, aResult, aReview } from '../helpers/results.ts'
import { hostileText } from './hostile.ts'

const held = (field: string, value: string, inside = 3, outside = 0): EvidenceValue => ({
  ...{ field, value, inside, outside },
})

function resultOf(values: readonly EvidenceValue[], accounts = ['b', 'a'], links: readonly MemberLink[] = []) {
  const network = aNetwork({ accounts, evidence: [anEvidence({ values })] })
  return aResult({ networks: [{ ...network, members: network.members.map((member) => ({ ...member, links })) }] })
}

const whole = { reveal: true }
const shortened = { reveal: false }

test('an account that a review cleared is in the index alone', () => {
  const review = aReview({ confirmed: [], cleared: ['b'] })
  const result = aResult({ networks: [aNetwork({ accounts: ['a', 'b', 'c'], review })] })
  const { files } = pivot(result, { reveal: true })
  expect(files.get('accounts.txt')).toBe('a\nc\n')
  expect(files.get('index.csv')).toMatch(/,b,/u)
})

describe('the lists', () => {
  const values = [
    held('card_fingerprint', 'fp_2'),
    held('card_fingerprint', 'fp_1'),
    held('payer_email', 'ada@example.org'),
    held('card_bin', '912152'),
    held('ip_block', '192.0.2.0/24'),
    held('ip', '198.51.100.7'),
    held('ip', '2001:db8::7'),
    held('tools_hash', 'tools_1'),
    held('user_agent', 'popular/1.0', 3, 90),
    held('device_fingerprint', 'dev_1'),
    held('email_domain', 'mail.example'),
  ]

  test('hold one value a line, sorted, of the fields that are one thing', () => {
    const result = resultOf(values, ['b', 'a'], [{ field: 'device_fingerprint', value: 'dev_0', bits: 9 }])
    const { files, leftOut, unlisted } = pivot(result, whole)
    expect(Object.fromEntries(files)).toEqual({
      'accounts.txt': 'a\nb\n',
      'cards.txt': 'ada@example.org\nfp_1\nfp_2\n',
      'address-blocks.txt': '192.0.2.0/24\n198.51.100.7/32\n2001:db8::7/128\n',
      'templates.txt': 'tools_1\n',
      'devices.txt': 'dev_0\ndev_1\n', // the agent is held by more accounts outside than inside
      'index.csv': expect.stringMatching(/^list,field,value,network_id,rank,severity,inside,outside\n/),
    })
    expect([leftOut, unlisted]).toEqual([[], 0])
  })

  test('without --reveal those of sensitive fields are left out, and their values are nowhere', () => {
    const { files, leftOut } = pivot(resultOf(values), shortened)
    expect([...files.keys()]).toEqual(['accounts.txt', 'templates.txt', 'devices.txt', 'index.csv'])
    expect(leftOut).toEqual(['cards.txt', 'address-blocks.txt'])
    expect([...files.values()].join('')).not.toMatch(/fp_|example|192\.0\.2|2001:db8/)
  })

  test('a value with personal data inside is in no list without --reveal', () => {
    const result = resultOf([held('template_id', 'for ada@example.org')])
    expect(pivot(result, whole).files.get('templates.txt')).toBe('for ada@example.org\n')
    const { files, unlisted } = pivot(result, shortened)
    expect(files.get('templates.txt')).toBe('')
    expect(unlisted).toBe(1)
    expect(files.get('index.csv')).toContain('for a…@example.org')
  })

  test('the index has the networks of each value, also of those in no list', () => {
    const network = aNetwork({ accounts: ['a'], evidence: [anEvidence({ values: [held('tools_hash', 't', 2, 1)] })] })
    const other = aNetwork({
      ...{ id: 'other', rank: 2, accounts: ['b'], severity: 'medium' },
      evidence: [anEvidence({ values: [held('tools_hash', 't', 1, 2)] })],
    })
    const index = pivot(aResult({ networks: [network, other] }), shortened).files.get('index.csv')!
    expect(parse(index)).toEqual([
      ['list', 'field', 'value', 'network_id', 'rank', 'severity', 'inside', 'outside'],
      ['accounts.txt', 'account_id', 'a', 'm4k7q2xw5a', '1', 'high', '1', '0'],
      ['accounts.txt', 'account_id', 'b', 'other', '2', 'medium', '1', '0'],
      ['templates.txt', 'tools_hash', 't', 'm4k7q2xw5a', '1', 'high', '2', '1'],
      ['templates.txt', 'tools_hash', 't', 'other', '2', 'medium', '1', '2'],
    ])
  })

  test('are there, and empty, without networks', () => {
    const { files } = pivot(aResult(), whole)
    expect([...files.keys()]).toEqual(PIVOT_FILES)
    expect([...files].filter(([name]) => name !== 'index.csv').map(([, text]) => text)).toEqual(['', '', '', '', ''])
  })
})

test('no value forges a line, is obeyed by a terminal, or finds everything', () => {
  fc.assert(
    fc.property(hostileText, hostileText, fc.boolean(), (id, value, reveal) => {
      const values = ['tools_hash', 'card_fingerprint', 'user_agent'].map((field) => held(field, value))
      const { files } = pivot(resultOf(values, [id]), { reveal })
      for (const [name, text] of files) {
        const lines = text.split('\n')
        expect(lines.pop()).toBe('')
        expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        if (name === 'index.csv') continue
        const known = name === 'accounts.txt' ? id : value
        expect(lines).toEqual(lines.length === 0 ? [] : [known])
        expect(lines).not.toContain('')
      }
    }),
  )
})

test('every field that accounts share in these families is in a list, or known to be a kind', () => {
  const kinds = ['asn', 'card_bin', 'card_last4', 'card_expiry', 'billing_postal_code']
  const names = CANONICAL_FIELDS.filter(
    ({ role, family }) => role === 'holding' && ['payment', 'client', 'content', 'network'].includes(family ?? ''),
  ).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(15)
  const values = names.map((name) => held(name, `${name}-value`))
  const listed = [...pivot(resultOf(values), whole).files].filter(([file]) => file !== 'index.csv')
  const text = listed.map(([, lines]) => lines).join('')
  expect(names.filter((name) => !text.includes(`${name}-value`)).toSorted()).toEqual(kinds.toSorted())
})
