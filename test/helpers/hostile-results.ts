import fc from 'fast-check'
import { CONFIDENCES, FAMILIES, type Network, type ScanResult, SEVERITIES } from '../../src/model.ts'
import { aNetwork, anEvidence, aResult } from './results.ts'

/** Texts that somebody under investigation would write, and what breaks formats of all kinds. */
const CHOSEN = [
  '', ' ', "'", "''", '\\', "\\'", "' OR '1' = '1", "x'] OR [ipv4-addr:value = '192.0.2.1", '"', '""', '",1,"',
  '=HYPERLINK("https://example.org","x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '<script>alert(1)</script>',
  ']]>', '&amp;', '&#0;', '<!-- -->', 'a\nb', 'a\r\nb', 'a\u0000b', '\u001b[2J', '\u202egpj', '\u2028', '\ufffe', '\uffff',
  '\ud800', '\udc00x', '\u{1ffff}', '…', 'abc #2', '__proto__', 'x'.repeat(3000), '&'.repeat(300),
  '192.0.2.0/24', '192.0.2.…', '192.0.2.0/33', '192.0.2.07', '192.0.2.0/024', '198.51.100.7', '2001:db8::/32',
  '2001:DB8:1::/129', '2001:db8:1:…', '::ffff:192.0.2.1', 'fe80::1%eth0', '64500', 'AS64500', 'AS4294967296', '-1',
] // biome-ignore format: a list

export const hostileText = fc.oneof(fc.constantFrom(...CHOSEN), fc.string({ unit: 'binary', maxLength: 40 }))

/** Fields that reports treat each in their own way. */
const field = fc.oneof(
  fc.constantFrom('ip_block', 'ip_address', 'asn', 'device_fingerprint', 'user_agent', 'template_id', 'email'),
  hostileText.filter((text) => text !== ''),
)

const count = fc.nat({ max: 2_000_000_000 })
const instant = fc.constantFrom(
  null,
  '2026-06-01T00:12:31.000Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
)

/** Hours count on from here, and no hour is past the last year. */
const start = fc.constantFrom(null, '2026-06-01T22:00:00.000Z', '0001-01-01T00:00:00.000Z')

const value = fc.record({ field, value: hostileText, inside: fc.nat({ max: 9 }), outside: fc.nat({ max: 2 }) })

const evidence = fc
  .record({
    family: fc.constantFrom(...FAMILIES),
    summary: hostileText,
    values: fc.array(value, { maxLength: 5 }),
    countedBits: fc.constantFrom(0, 3.5),
  })
  .map(anEvidence)

const member = fc.record({
  accountId: hostileText,
  cell: fc.nat({ max: 3 }),
  requests: count,
  outputTokens: count,
  firstSeen: instant,
  lastSeen: instant,
  links: fc.array(fc.record({ field, value: hostileText, bits: fc.constantFrom(0, 0.1, 14.5) }), { maxLength: 4 }),
})

const network: fc.Arbitrary<Network> = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    confidence: fc.constantFrom(...CONFIDENCES),
    requests: count,
    seen: fc.tuple(instant, instant).map(([a, b]) => (a === null || b === null ? [null, null] : [a, b].sort())),
    evidence: fc.array(evidence, { maxLength: 4 }),
    members: fc.array(member, { minLength: 1, maxLength: 4 }),
    fragile: fc.option(fc.record({ dependsOn: hostileText })),
    why: hostileText,
    activity: fc.record({ from: start, hourly: fc.array(count, { maxLength: 30 }) }),
  })
  .map(({ seen: [firstSeen = null, lastSeen = null], members, why, ...over }) =>
    aNetwork({
      ...over,
      firstSeen,
      lastSeen,
      members,
      accounts: members.map(({ accountId }) => accountId),
      innocentExplanation: { name: why, residualBits: 1, wouldBeConfirmedBy: why },
    }),
  )

/** Results whose every text may be hostile; networks are told apart by their ids as the scan makes them. */
export const hostileResult: fc.Arbitrary<ScanResult> = fc
  .record({ networks: fc.array(network, { maxLength: 3 }), to: instant, why: hostileText })
  .map(({ networks, to, why }) =>
    aResult({
      networks: networks.map((each, i) => ({ ...each, id: `m4k7q2xw5${'abc'[i]}`, rank: i + 1 })),
      window: { from: to, to },
      coverage: [{ family: 'content', tested: false, why }],
    }),
  )
