import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexAccounts, mayHold } from '../../src/account-index.ts'
import { explain } from '../../src/explain/explain.ts'
import type { MemberExplanation } from '../../src/explain/explanation.ts'
import { renderExplanationJson } from '../../src/explain/json.ts'
import { readReport } from '../../src/explain/read-report.ts'
import { renderExplanation } from '../../src/explain/text.ts'
import { waterfallOf } from '../../src/explain/waterfall.ts'
import { renderJson } from '../../src/report/json.ts'
import { redact } from '../../src/report/redact.ts'
import { displayWidth } from '../../src/report/table/layout.ts'
import { anEvidence } from '../helpers/results.ts'
import { theNetwork, theReport } from './report.ts'

const style = { width: 80, color: false, unicode: true }
const noLimits = { ...style, minSeverity: 'low', top: null, details: 0 } as const

test('the waterfall of any network sums to its score, exactly', () => {
  const tenths = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 })
  fc.assert(
    fc.property(tenths, (counted) => {
      const evidence = counted.map((each, i) => anEvidence({ signal: `signal-${i}`, countedBits: each / 10 }))
      const score = counted.reduce((sum, each) => sum + each, 0) / 10
      const { sum, terms } = waterfallOf(theNetwork({ evidence, score }))
      expect(sum).toBe(score)
      expect(terms.at(-1)?.runningBits ?? 0).toBe(score)
    }),
  )
})

describe('the index of accounts', () => {
  test('the first 32 bits of the hash, ascending', () => {
    // sha256("a") = ca978112…, sha256("b") = 3e23e816…
    const { prefixes } = indexAccounts(['a', 'b'])
    expect(Buffer.from(prefixes, 'base64').toString('hex')).toBe('3e23e816ca978112')
  })

  test('knows every id it was made of, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (ids) => {
        const index = indexAccounts(ids)
        expect(ids.every((id) => mayHold(index, id) === true)).toBe(true)
        expect(indexAccounts(ids.toReversed())).toEqual(index)
      }),
      { numRuns: 30 },
    )
  })

  test('does not know others', () => {
    const index = indexAccounts(Array.from({ length: 1000 }, (_, i) => `acct_${i}`))
    const others = Array.from({ length: 1000 }, (_, i) => `user_${i}`)
    expect(others.filter((id) => mayHold(index, id))).toEqual([]) // one report in 4,295 would have one
    expect(mayHold(indexAccounts([]), 'a')).toBe(false)
    expect(mayHold({ hash: 'sha256', bits: 32, prefixes: 'AAA=' }, 'a')).toBe(false)
  })
})

const HOSTILE = `\u001b[2J\u202egnp.exe\r\n</script>=HYPERLINK("x")\u0000\ud800 #${'x'.repeat(500)}`

describe('hostile values', () => {
  const links = [
    { field: `device_fingerprint${HOSTILE}`, value: HOSTILE, bits: 9 },
    { field: 'display_name', value: HOSTILE, bits: 8 },
  ]
  const base = theNetwork()
  const network = theNetwork({
    id: HOSTILE,
    accounts: [HOSTILE, 'b'],
    members: [
      { ...base.members[0]!, accountId: HOSTILE, links },
      { ...base.members[1]!, accountId: 'b', links },
    ],
    evidence: [anEvidence({ signal: HOSTILE, summary: HOSTILE, values: [{ ...links[0]!, inside: 2, outside: 0 }] })],
    innocentExplanation: { name: HOSTILE, residualBits: 2, wouldBeConfirmedBy: HOSTILE },
    hypotheses: [{ name: HOSTILE, residualBits: 2 }],
    fragile: { dependsOn: HOSTILE },
    hubs: [{ ...links[0]!, memberCount: 2, verdict: HOSTILE }],
    tests: [{ signal: HOSTILE, statistic: HOSTILE, p: 0.3, confirmed: false }],
  })
  const report = theReport({
    networks: [network],
    explained: [{ accounts: [HOSTILE, 'org'], accountCount: 2, explanation: HOSTILE }],
    coverage: [{ family: 'client', tested: false, why: HOSTILE }],
  })

  test.each(['b', HOSTILE, 'org'])('%j: nothing that a terminal would obey, 80 columns', (id) => {
    const explanation = explain(report, id)!
    const text = renderExplanation(explanation, style)
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u)
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80)
    expect(renderExplanation(explanation, { ...style, unicode: false })).toMatch(/^[\x20-\x7e\n]*$/)
    const json = renderExplanationJson(explanation)
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u)
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(explanation)))
  })
})

describe('a saved report', () => {
  test('of the transcripts is the one of these tests', async () => {
    const text = renderJson(redact(theReport()), noLimits)
    await expect(text).toMatchFileSnapshot('../../fixtures/cli/explain-saved/report.json')
  })

  test('comes back as it was', () => {
    expect(readReport(`\ufeff${renderJson(theReport(), noLimits)}`, 'r')).toEqual(theReport())
  })

  test('that was shortened is not shortened again: the same explanation', () => {
    const values = [
      'fp_9Qx77TLm02Ke',
      'fp_9Qy88TLm02Ke',
      'a',
      'ab',
      '192.0.2.17',
      '192.0.2.18',
      '2001:db8:1:2::3',
      '::1',
    ]
    const fields = ['card_fingerprint', 'ip', 'email', 'ip_block', 'device_fingerprint', 'email_pattern']
    const mail = ['alice@mail.example', 'anna@mail.example', '@x', 'no mail']
    const links = fields.flatMap((field) => [...values, ...mail].map((value) => ({ field, value, bits: 1 })))
    const base = theNetwork()
    const members = base.members.map((member) => ({ ...member, links }))
    const once = redact(theReport({ networks: [theNetwork({ members })] }))
    expect(redact(once)).toEqual(once)
    // Values that shorten alike stay two values: what is not shared must not look shared.
    const shown = once.networks[0]!.members[0]!.links.map(({ field, value }) => `${field} ${value}`)
    expect(new Set(shown).size).toBe(links.length)
  })

  test.each([
    ['no JSON', '{"networks": [', 'it is not one JSON document'],
    ['NDJSON', '{"id":"a"}\n{"id":"b"}\n', 'it is NDJSON, not one JSON document'],
    ['another document', '{"schemaVersion":1}', 'look at .inputs'],
    ['a list', '[]', 'look at the top'],
    ['another version', '{"schemaVersion":0}', 'of schema version 1: look at .schemaVersion'],
    ['a later version', '{"schemaVersion":2,"networks":[]}', 'is a report of a later schema version than 1'],
    ['a wrong list', JSON.stringify({ ...theReport(), networks: 5 }), 'look at .networks'],
    ['a wrong item', JSON.stringify({ ...theReport(), networks: [theNetwork(), null] }), 'look at .networks[1]'],
    [
      'an unknown severity',
      JSON.stringify(theReport({ networks: [theNetwork({ severity: 'x' as 'high' })] })),
      'severity',
    ],
    ['a wrong index', JSON.stringify({ ...theReport(), accountIndex: {} }), 'look at .accountIndex.hash'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readReport(text, 'r.json')).toThrow(message)
  })
})

test('words: what is claimed and how good the evidence is never share a sentence', () => {
  const text = renderExplanation(explain(theReport(), 'acct_a') as MemberExplanation, style)
  expect(text.replaceAll(/\n\s+/g, ' ')).toContain(
    '5 accounts, suspected and not proven: assessed to be under common control',
  )
  expect(text).not.toMatch(/fraud|stolen|guilty|attack|proof|criminal|probab|likely/i)
})
