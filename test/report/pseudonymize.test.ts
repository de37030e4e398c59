import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { createPseudonyms } from '../../src/report/pseudonymize/pseudonyms.ts'
import { createReplacer } from '../../src/report/pseudonymize/replacer.ts'
import { PSEUDONYM_NOTE, pseudonymize } from '../../src/report/pseudonymize.ts'
import { redact } from '../../src/report/redact.ts'
import { REPORT_FORMATS, type ReportStyle, reports } from '../../src/report/registry.ts'
import { aFullResult, aNetwork, anEvidence, anInput, aResult } from '../helpers/results.ts'

const key = Buffer.alloc(32, 7)
const otherKey = Buffer.alloc(32, 8)
const renderers = await Promise.all(
  REPORT_FORMATS.map(async (format) => [format, await reports[format].load()] as const),
)

describe('a pseudonym', () => {
  const { of, ofNetwork } = createPseudonyms(key)

  test('is the beginning of an HMAC, as anybody else would compute it', () => {
    const bits = [...createHmac('sha256', key).update('account_id\0acct_0001').digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
    const letters = Array.from({ length: 20 }, (_, i) => Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2))
    const expected = letters.map((each) => 'abcdefghijklmnopqrstuvwxyz234567'[each]).join('')
    expect(of('account_id', 'acct_0001')).toBe(expected)
  })

  test('is another in every field, and under every key', () => {
    const names = ['email', 'payer_email', 'account_id', 'email+card_bin'].map((field) => of(field, 'a@example.org'))
    expect(new Set([...names, createPseudonyms(otherKey).of('email', 'a@example.org')]).size).toBe(5)
    expect(of('email', 'a@example.org')).toBe(names[0])
    expect(of('ab', 'c')).not.toBe(of('a', 'bc'))
  })

  test('of a network looks like the id of one', () => {
    expect(ofNetwork('m4k7q2xw5a')).toMatch(/^[a-z2-7]{10}$/)
    expect(createPseudonyms(otherKey).ofNetwork('m4k7q2xw5a')).not.toBe(ofNetwork('m4k7q2xw5a'))
  })
})

describe('values in sentences', () => {
  const replace = createReplacer(
    new Map([
      ['fp_1', '<one>'],
      ['fp_12', '<twelve>'],
      ['Ann Lee', '<ann>'],
      ['$&', '<short>'],
      ['2026', '<year>'],
      ['$$&x', '<dollar>'],
    ]),
  )
  test.each([
    ['pays with fp_12, fp_1', 'pays with <twelve>, <one>'],
    ['fp_1fp_12', '<one><twelve>'],
    ['xAnn Lees', 'x<ann>s'],
    ['in 2026, 4 of $&', 'in 2026, 4 of $&'],
    ['a $$&x', 'a <dollar>'],
    ['', ''],
    ['fp_', 'fp_'],
  ])('%s', (text, shown) => {
    expect(replace(text)).toBe(shown)
  })

  test('takes the longest at each place, whatever the values', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 8 })
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', ' ') }),
        (values, text) => {
          const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length)
          const pattern = new RegExp(longestFirst.join('|'), 'g')
          const one = createReplacer(new Map(values.map((value) => [value, '_'])))
          expect(one(text)).toBe(text.replace(pattern, '_'))
        },
      ),
    )
  })
})

describe('a result', () => {
  const full = aFullResult()
  const shown = pseudonymize(full, key)

  test('says so, and has no index by which ids could be guessed', () => {
    expect(shown.identifiers).toBe('pseudonymised')
    expect(shown.notes).toContain(PSEUDONYM_NOTE)
    expect(shown.accountIndex).toBeNull()
    expect(redact(shown)).toBe(shown)
  })

  test('keeps figures, times and its own words; lists stay in the order that the document promises', () => {
    const [network] = shown.networks
    const { requests, score, firstSeen, evidence, models } = full.networks[0]!
    expect(network).toMatchObject({ requests, score, firstSeen, models })
    expect(network!.evidence[0]!.summary).toBe(evidence[0]!.summary)
    expect(network!.accounts).toEqual([...network!.accounts].sort())
    expect(network!.members.map(({ accountId }) => accountId)).toEqual(network!.accounts)
    expect(shown.totals).toEqual(full.totals)
  })

  test('files have numbers for names, also where they are joined', () => {
    expect(shown.inputs.map(({ path }) => path)).toEqual(['input-1', 'input-2'])
    expect(shown.joins[0]!.path).toBe('input-2')
    const join = { on: 'account_id' as const, matched: 1, unmatched: 0, repeated: 0, kept: 0 }
    const inputs = ['a', 'a and 1 more', 'b'].map((path) => anInput({ path }))
    const joins = ['a', 'a and 1 more', 'b and 12 more', 'a and 2 more', 'alice.csv'].map((path) => ({ path, ...join }))
    expect(pseudonymize(aResult({ inputs, joins }), key).joins.map(({ path }) => path)).toEqual([
      'input-1',
      'input-2',
      'input-3 and 12 more',
      'input-1 and 2 more',
      'another input',
    ])
  })

  test.each([
    ['account acct_0003', (of: Of) => `account ${of('account_id', 'acct_0003')}`],
    ['card_fingerprint 7', (of: Of) => `card_fingerprint ${of('card_fingerprint', '7')}`],
    ['display_name Ann Lee 3', (of: Of) => `display_name ${of('display_name', 'Ann Lee 3')}`],
    ['3 of its accounts', () => '3 of its accounts'],
  ])('what it is fragile by: %s', (dependsOn, expected) => {
    const network = aNetwork({ fragile: { dependsOn } })
    const { fragile } = pseudonymize(aResult({ networks: [network] }), key).networks[0]!
    expect(fragile!.dependsOn).toBe(expected(createPseudonyms(key).of))
  })

  test('a change names accounts and networks by pseudonyms', () => {
    const change = {
      status: 'grown' as const,
      since: null,
      added: ['b', 'a'],
      removed: ['c'],
      from: ['m4k7q2xw5a'],
      earlierSeverity: null,
    }
    const { id, change: now } = pseudonymize(aResult({ networks: [aNetwork({ change })] }), key).networks[0]!
    const { of } = createPseudonyms(key)
    expect(now).toEqual({
      ...change,
      added: ['a', 'b'].map((each) => of('account_id', each)).sort(),
      removed: [of('account_id', 'c')],
      from: [id],
    })
  })

  test('the order of equals tells nothing of the values', () => {
    const held = ['10.1', '10.2', '10.3', '10.4', '10.5', '10.6'].map((value) => ({
      field: 'asn',
      value,
      inside: 2,
      outside: 0,
    }))
    const network = aNetwork({
      evidence: [anEvidence({ values: [{ ...held[0]!, value: 'top', inside: 9 }, ...held] })],
    })
    const [first, ...rest] = pseudonymize(aResult({ networks: [network] }), key).networks[0]!.evidence[0]!.values
    const { of } = createPseudonyms(key)
    expect(first!.value).toBe(of('asn', 'top'))
    expect(rest.map(({ value }) => value)).toEqual(held.map(({ value }) => of('asn', value)).sort())
  })

  test('under two keys nothing but words, figures and times is the same', () => {
    const names = (result: ScanResult): string[] => [
      ...result.explained.flatMap(({ accounts }) => accounts),
      ...result.suppressedValues.map(({ value }) => value),
      ...result.networks.flatMap(({ id, accounts, evidence, members }) => [
        ...[id, ...accounts],
        ...[...evidence.flatMap(({ values }) => values), ...members.flatMap(({ links }) => links)].map(
          ({ value }) => value,
        ),
      ]),
    ]
    const [one, two] = [names(shown), new Set(names(pseudonymize(full, otherKey)))]
    expect(one.length).toBeGreaterThan(700)
    expect(one.filter((name) => two.has(name))).toEqual([])
    expect(names(pseudonymize(full, key))).toEqual(one)
  })
})

type Of = (field: string, value: string) => string

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'low', top: null, details: 50 }

/** Marks that no text of ours holds, at both ends of a value that the logs would hold. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\u001b[2J',
    '\u202e',
    '<script>',
    '=HYPERLINK("x")',
    '$&',
    '`',
    '|',
    '\n',
    'x'.repeat(600),
    '@example.org',
    '192.0.2.7',
  ),
)
const fields = fc.constantFrom(
  'email',
  'card_fingerprint',
  'device_fingerprint',
  'ip_block',
  'user_agent',
  'card_bin+card_last4',
  'asn',
)

let serial = 0
const value = hostile.map((middle) => {
  serial++
  return `Zq${serial}Jx${middle}Kw${serial}Vb`
})
const held = fc.record({ field: fields, value })

/** A result that names its values wherever it can name one. */
const results = fc
  .tuple(fc.array(value, { minLength: 4, maxLength: 4 }), fc.array(held, { minLength: 5, maxLength: 5 }), value)
  .map(([ids, [a, b, c, d, e], path]) => {
    const text = (each: string): string => `1 of 3 accounts, by ${each}, as ${ids[0]}`
    const network = aNetwork({
      accounts: ids.slice(0, 3),
      evidence: [anEvidence({ summary: text(a!.value), values: [{ ...a!, inside: 3, outside: 0 }] })],
      fragile: { dependsOn: `${b!.field} ${b!.value}` },
      hubs: [{ ...c!, memberCount: 3, verdict: text(c!.value) }],
      tests: [{ signal: 'shared-device', statistic: text(b!.value), p: 0.01, confirmed: true }],
      models: [{ model: `tuned-${ids[1]}`, requests: 1 }],
      capabilities: [{ capability: a!.value, requests: 1 }],
      innocentExplanation: { name: 'a class', residualBits: 3, wouldBeConfirmedBy: text(a!.value) },
      change: {
        status: 'grown',
        since: null,
        added: [ids[2]!],
        removed: [ids[3]!],
        from: ['m4k7q2xw5a'],
        earlierSeverity: null,
      },
    })
    const members = network.members.map((member) => ({
      ...member,
      links: [
        { ...d!, bits: 3 },
        { ...b!, bits: 2 },
      ],
    }))
    return aResult({
      inputs: [anInput({ path })],
      joins: [{ path: `${path} and 2 more`, on: 'account_id', matched: 1, unmatched: 0, repeated: 0, kept: 0 }],
      networks: [{ ...network, members }],
      explained: [
        {
          accounts: [ids[3]!],
          accountCount: 1,
          explanation: text(ids[3]!),
          basis: 'declaration',
          uncovered: [ids[2]!],
        },
      ],
      suppressedValues: [{ ...e!, accounts: 9, reason: text(e!.value) }],
      notes: [text(d!.value)],
    })
  })

/** Lines are broken anywhere in a table. */
const marksIn = (text: string): string[] => text.replaceAll(/\s/g, '').match(/Zq\d+Jx|Kw\d+Vb/g) ?? []

describe('no value and no id of the result is left', () => {
  test.each(renderers)('as %s', (format, render) => {
    fc.assert(
      fc.property(results, fc.boolean(), (result, unicode) => {
        expect(marksIn(render(redact(result), { ...style, unicode })).length).toBeGreaterThan(0)
        expect(marksIn(render(pseudonymize(result, key), { ...style, unicode })), format).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('nor a mailbox, an address or a block that only a sentence has', () => {
    const notes = ['from 192.0.2.17, 198.51.100.0/24, 2001:db8::5, 2001:db8:1::/48 and a.lee@example.org at 12:30:45']
    const [, shown] = pseudonymize(aResult({ notes }), key).notes
    const { of } = createPseudonyms(key)
    expect(shown).toBe(
      `from ${of('ip', '192.0.2.17')}, ${of('ip_block', '198.51.100.0/24')}, ${of('ip', '2001:db8::5')}, ${of('ip_block', '2001:db8:1::/48')} and ${of('email', 'a.lee@example.org')} at 12:30:45`,
    )
  })
})
