import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScanResult } from '../../../src/model.ts'
import { redact } from '../../../src/report/redact.ts'
import { type ReportStyle, reports } from '../../../src/report/registry.ts'
import { hostileResult } from '../../helpers/hostile-results.ts'
import { aFullResult, aNetwork, anEvidence, aResult } from '../../helpers/results.ts'
import { type Bundle, HAS_SCHEMAS, type Item, integrityProblems, schemaProblems } from '../../helpers/stix-bundle.ts'

const style: ReportStyle = { width: 80, color: false, unicode: true, minSeverity: 'medium', top: null, details: 5 }
const renderStix = await reports.stix.load()
const bundleOf = (result: ScanResult): Bundle => JSON.parse(renderStix(result, style))
const ofType = (bundle: Bundle, type: string): readonly Item[] => bundle.objects.filter((each) => each.type === type)

const addresses = anEvidence({
  family: 'network',
  values: [
    { field: 'ip_block', value: '192.0.2.0/24', inside: 9, outside: 0 },
    { field: 'ip_block', value: '198.51.100.0/24', inside: 9, outside: 121 },
    { field: 'ip_address', value: '203.0.113.…', inside: 9, outside: 0 },
    { field: 'ip_block', value: '2001:db8::/32', inside: 3, outside: 1 },
    { field: 'asn', value: 'AS64500', inside: 60, outside: 2 },
  ],
})

const CASES: (readonly [string, ScanResult])[] = [
  ['nothing found', aResult()],
  ['three networks', aFullResult()],
  ['three networks, shortened', redact(aFullResult())],
  ['addresses', aResult({ networks: [aNetwork({ evidence: [addresses] })] })],
  [
    'no time at all',
    aResult({ window: { from: null, to: null }, networks: [aNetwork({ firstSeen: null, lastSeen: null })] }),
  ],
]

describe.skipIf(!HAS_SCHEMAS)('by the published schemas', () => {
  test.each(CASES)('%s is valid', (_, result) => {
    expect(schemaProblems(bundleOf(result))).toEqual([])
  })

  test('so is everything hostile', () => {
    fc.assert(
      fc.property(hostileResult, (result) => {
        expect(schemaProblems(bundleOf(result))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('what is wrong is seen', () => {
    const bundle = bundleOf(aResult({ networks: [aNetwork()] }))
    const changed = (item: Item): Bundle => ({ ...bundle, objects: [...bundle.objects, item] })
    const grouping = ofType(bundle, 'grouping')[0]!
    expect(schemaProblems(changed({ ...grouping, object_refs: [] }))).toHaveLength(1)
    expect(schemaProblems(changed({ ...ofType(bundle, 'identity')[0]!, name: undefined }))).toHaveLength(2)
  })
})

describe('the bundle', () => {
  test.each(CASES)('is valid and complete: %s', (_, result) => {
    expect(integrityProblems(bundleOf(result))).toEqual([])
  })

  test('stays valid and complete whatever the values', () => {
    fc.assert(
      fc.property(hostileResult, (result) => {
        const text = renderStix(result, style)
        const bundle: Bundle = JSON.parse(text)
        expect(integrityProblems(bundle)).toEqual([])
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
      { numRuns: 300 },
    )
  })

  test('the checks see what is wrong', () => {
    const bundle = bundleOf(aResult({ networks: [aNetwork()] }))
    const [first, ...others] = bundle.objects
    const changed = (item: Item): Bundle => ({ ...bundle, objects: [first!, ...others, item] })
    expect(integrityProblems({ ...bundle, objects: others }).length).toBeGreaterThan(60)
    expect(integrityProblems(changed(first!))).toEqual([`${first!.id} comes twice`])
    expect(integrityProblems(changed({ id: 'x', labels: [], name: null }))).toEqual([
      'x.labels is empty',
      'x.name is null',
    ])
  })

  test('says nothing of actors, campaigns and places', () => {
    const { objects } = bundleOf(aResult({ networks: [aNetwork({ evidence: [addresses] })] }))
    expect([...new Set(objects.map(({ type }) => type))].sort()).toEqual([
      'autonomous-system',
      'grouping',
      'identity',
      'indicator',
      'ipv4-addr',
      'ipv6-addr',
      'marking-definition',
      'note',
      'observed-data',
      'relationship',
      'user-account',
    ])
    const relations = objects.flatMap((each) => each.relationship_type ?? [])
    expect(relations).toEqual(['based-on'])
  })
})

describe('objects', () => {
  test('are marked AMBER+STRICT, all but the marking', () => {
    const { objects } = bundleOf(aFullResult())
    const [marking, ...others] = objects
    expect(marking).toMatchObject({
      id: 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
      name: 'TLP:AMBER+STRICT',
    })
    expect(others.every((each) => each.object_marking_refs[0] === marking!.id)).toBe(true)
  })

  test('of two networks share what both were seen with', () => {
    const other = { id: 'z3h5j6k2pa', rank: 2, accounts: ['b1', 'b2'] }
    const both = aResult({
      networks: [aNetwork({ evidence: [addresses] }), aNetwork({ ...other, evidence: [addresses] })],
    })
    const bundle = bundleOf(both)
    expect(ofType(bundle, 'ipv4-addr')).toHaveLength(1)
    expect(ofType(bundle, 'observed-data')).toHaveLength(2)
  })

  test('take their stamps from the window, and their ids from what they say', () => {
    const result = aResult({ networks: [aNetwork()] })
    const [note] = ofType(bundleOf(result), 'note')
    expect([note!.created, note!.modified]).toEqual(['2026-06-14T23:59:51.000Z', '2026-06-14T23:59:51.000Z'])
    expect(renderStix(result, style)).toBe(renderStix(structuredClone(result), style))
    const [other] = ofType(bundleOf(aResult({ networks: [aNetwork({ confidence: 'low' })] })), 'note')
    expect(other!.id).not.toBe(note!.id)
    const [undated] = ofType(bundleOf({ ...result, window: { from: null, to: null } }), 'note')
    expect(undated!.created).toBe('1970-01-01T00:00:00.000Z')
  })

  test.each([
    ['low', 15],
    ['moderate', 50],
    ['high', 85],
  ] as const)('confidence %s is %d', (confidence, number) => {
    const bundle = bundleOf(aResult({ networks: [aNetwork({ confidence, evidence: [addresses] })] }))
    const types = ['grouping', 'indicator', 'relationship']
    expect(types.map((type) => ofType(bundle, type)[0]!.confidence)).toEqual([number, number, number])
  })
})

describe('a network', () => {
  const bundle = bundleOf(aResult({ networks: [aNetwork({ evidence: [addresses], accounts: ['acct_1', 'acct_2'] })] }))

  test('is observed with its accounts and with what members hold more than strangers', () => {
    const [data] = ofType(bundle, 'observed-data')
    expect(data).toMatchObject({
      first_observed: '2026-06-01T00:12:31.000Z',
      last_observed: '2026-06-14T23:48:02.000Z',
    })
    const seen = bundle.objects.filter(({ id }) => data!.object_refs.includes(id))
    expect(seen.map((each) => each.user_id ?? each.value ?? each.number)).toEqual([
      'acct_1',
      'acct_2',
      '192.0.2.0/24',
      '2001:db8::/32',
      64500,
    ])
  })

  test('without requests is grouped, but not observed and not looked for', () => {
    const idle = bundleOf(aResult({ networks: [aNetwork({ firstSeen: null, lastSeen: null, evidence: [addresses] })] }))
    expect(ofType(idle, 'observed-data')).toEqual([])
    expect(ofType(idle, 'indicator')).toEqual([])
    expect(ofType(idle, 'grouping')[0]!.object_refs).toHaveLength(63)
  })

  test('has a note with basis, limits and what would speak against it', () => {
    const [note] = ofType(bundleOf(aFullResult()), 'note')
    expect(note!.content).toMatchInlineSnapshot(`
      "Assessment: 600 accounts, assessed to be under common control and to collect a model's answers at scale. A lead for a person to check, not a verdict. It names nobody behind the accounts.
      Score: 19.2 bits. It is the evidence that the best innocent explanation leaves over, and ten bits are a factor of about a thousand. It is not a probability.
      Evidence: high in quality. The confidence of these objects is that quality as a number.
      - payment, 11.2 bits: 48 of 60 accounts share 12 cards; none outside.
      - client, 8.0 bits: 57 of 60 accounts share 4 device fingerprints; 1 account outside holds one.
      Innocent explanation: a company whose staff share a card. It leaves 19.2 bits unexplained.
      What would confirm it: One billing contact who can name the holders of all accounts.
      Method: distill-scan 0.1.0 links accounts by rare values that they share, tests the groups against chance and against innocent explanations, and counts what is left. Read: 28,811,402 requests of 3,204 accounts, 2026-06-01T00:00:04.000Z to 2026-06-14T23:59:51.000Z.
      Not tested: content (no column maps to system_prompt_hash, tools_hash or prompt_hash).
      Limits: values are compared within one export, so that "nobody else" means nobody in these 3,204 accounts. Values may be shortened or replaced by pseudonyms. What is in no log was not seen."
    `)
  })

  test('nothing found is said, with what was not tested', () => {
    const [note] = ofType(
      bundleOf(aResult({ omitted: { networks: 4, accounts: 19, suppressedValues: 0, unchanged: 0 } })),
      'note',
    )
    expect(note!.content).toMatch(/^No network reaches severity medium\. 4 networks below it\.\n/)
    expect(note!.content).toContain('Not tested: content (no column maps to')
  })
})
