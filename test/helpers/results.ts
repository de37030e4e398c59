import type { Change, Evidence, InputSummary, Network, NetworkReview, ScanResult, Severity } from '../../src/model.ts'

/** A side of evidence as a signal would give it. */
export const anEvidence = (over: Partial<Evidence> = {}): Evidence => ({
  family: 'payment',
  signal: 'shared-card',
  bits: 14,
  countedBits: 11.2,
  summary: '48 of 60 accounts share 12 cards; none outside.',
  values: [{ field: 'card_fingerprint', value: 'fp_9Qx77TLm02Ke', inside: 9, outside: 0 }],
  accounts: 48,
  ...over,
})

/** A network that goes on as it was, unless told otherwise. */
export const aChange = (over: Partial<Change> = {}): Change => ({
  status: 'unchanged',
  since: '2026-06-01T00:00:00.000Z',
  added: [],
  removed: [],
  from: ['m4k7q2xw5a'],
  earlierSeverity: 'high',
  ...over,
})

/** `prefix` + 0001, 0002, … */
export const accountIds = (count: number, prefix = 'acct_'): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i + 1).padStart(4, '0')}`)

/** A network of 60 accounts, high, common control; its score is the sum of its evidence. */
export function aNetwork(over: Partial<Network> = {}): Network {
  const accounts = over.accounts ?? accountIds(60)
  const evidence = over.evidence ?? [
    anEvidence(),
    anEvidence({
      family: 'client',
      signal: 'shared-device',
      bits: 9.4,
      countedBits: 8,
      summary: '57 of 60 accounts share 4 device fingerprints; 1 account outside holds one.',
      values: [{ field: 'device_fingerprint', value: 'dev_51c2', inside: 57, outside: 1 }],
      accounts: 57,
    }),
    anEvidence({
      family: 'timing',
      signal: 'round-the-clock',
      bits: 2.1,
      countedBits: 0,
      summary: 'The accounts together are active in 24 of 24 hours.',
      values: [],
      accounts: 60,
    }),
  ]
  return {
    id: 'm4k7q2xw5a',
    rank: 1,
    score: Math.round(evidence.reduce((sum, each) => sum + each.countedBits, 0) * 10) / 10,
    severity: 'high',
    claim: 'common-control',
    confidence: 'high',
    falseDiscoveryRate: 0,
    accounts,
    accountCount: accounts.length,
    requests: 128_411,
    inputTokens: 91_240_118,
    outputTokens: 73_411_290,
    firstSeen: '2026-06-01T00:12:31.000Z',
    lastSeen: '2026-06-14T23:48:02.000Z',
    evidence,
    hypotheses: [
      { name: 'a company whose staff share a card', residualBits: 19.2 },
      { name: 'a campus behind one address', residualBits: 24 },
    ],
    innocentExplanation: {
      name: 'a company whose staff share a card',
      residualBits: 19.2,
      wouldBeConfirmedBy: 'one billing contact who can name the holders of all accounts',
    },
    fragile: null,
    cellResolution: 0,
    tests: [{ signal: 'shared-device', statistic: 'mean link bits 9.4', p: 0.001, confirmed: true }],
    members: accounts.map((accountId) => ({
      accountId,
      cell: 0,
      requests: 2140,
      outputTokens: 1_223_521,
      firstSeen: '2026-06-01T00:12:31.000Z',
      lastSeen: '2026-06-14T23:48:02.000Z',
      links: [{ field: 'card_fingerprint', value: 'fp_9Qx77TLm02Ke', bits: 11.2 }],
    })),
    hubs: [],
    activity: { from: '2026-06-01T00:00:00.000Z', hourly: [380, 402, 377] },
    models: [{ model: 'm-large', requests: 128_411 }],
    capabilities: [{ capability: 'coding', requests: 128_411 }],
    change: null,
    review: null,
    ...over,
  }
}

/** Of the sixty accounts of {@link aNetwork}: 50 confirmed, two cleared, six declared. */
export const aReview = (over: Partial<NetworkReview<Severity>> = {}): NetworkReview<Severity> => ({
  confirmed: accountIds(50),
  cleared: ['acct_0051', 'acct_0052'],
  declared: [
    {
      owner: 'Quay Labs (ops@quay.example)',
      reason: 'load tests',
      until: '2026-12-31',
      accounts: accountIds(60).slice(54),
    },
  ],
  linkedOutside: ['acct_7777'],
  severityByEvidence: 'high',
  ...over,
})

export const anInput = (over: Partial<InputSummary> = {}): InputSummary => ({
  path: 'logs.ndjson',
  role: 'log',
  givenAs: 'log',
  kind: 'request',
  format: 'ndjson',
  preset: 'generic',
  inputFormat: null,
  bytes: 48_211_004,
  sha256: 'a'.repeat(64),
  records: 131_002,
  unused: {},
  rejected: { count: 0, reasons: {}, first: [] },
  damage: [],
  ...over,
})

/** A finished scan with the networks given, none by default. */
export function aResult(over: Partial<ScanResult> = {}): ScanResult {
  return {
    schemaVersion: 1,
    tool: { name: 'distill-scan', version: '0.1.0' },
    settings: { maxRejectRate: 0.01, memoryMiB: 600, seed: 'distill-scan' },
    seed: 'distill-scan',
    identifiers: 'revealed',
    reading: { map: {}, columns: null, presets: [] },
    inputs: [anInput()],
    window: { from: '2026-06-01T00:00:04.000Z', to: '2026-06-14T23:59:51.000Z' },
    totals: {
      requests: 131_002,
      accounts: 3_204,
      accountsWithoutRequests: 0,
      inputTokens: 190_220_417,
      outputTokens: 88_102_331,
    },
    coverage: [
      { family: 'payment', tested: true, why: 'card_fingerprint on 71 % of accounts' },
      { family: 'client', tested: true, why: 'device_fingerprint on 98 % of accounts' },
      { family: 'content', tested: false, why: 'no column maps to system_prompt_hash, tools_hash or prompt_hash' },
    ],
    chance: { copies: 4, networks: 0, highestScore: 0 },
    networks: [],
    goneNetworks: [],
    signals: [
      {
        id: 'shared-card',
        family: 'payment',
        title: 'Shared card',
        innocentCauses: ['a company card', 'a family card'],
      },
    ],
    explained: [],
    expiredDeclarations: [],
    background: { from: '2026-06-01T00:00:00.000Z', hourly: [12, 9, 14] },
    suppressedValues: [],
    notes: [],
    joins: [],
    case: null,
    duplicates: null,
    gaps: [],
    accountIndex: { hash: 'sha256', bits: 32, prefixes: '' },
    omitted: { networks: 0, accounts: 0, suppressedValues: 0, unchanged: 0 },
    ...over,
  }
}

/** Three networks, a side file, rejects, explained groups and set-aside values: everything a report can say. */
export function aFullResult(): ScanResult {
  return aResult({
    inputs: [
      anInput({
        rejected: {
          count: 3,
          reasons: { 'no timestamp': 1, 'not valid JSON': 2 },
          first: [
            { line: 17, reason: 'not valid JSON' },
            { line: 402, reason: 'no timestamp' },
            { line: 99_127, reason: 'not valid JSON' },
          ],
        },
      }),
      anInput({
        path: 'accounts.csv',
        role: 'accounts',
        givenAs: 'accounts',
        format: 'csv+gzip',
        records: 3_301,
        bytes: 210_330,
      }),
    ],
    totals: {
      requests: 28_811_402,
      accounts: 3_204,
      accountsWithoutRequests: 97,
      inputTokens: 190_220_417_003,
      outputTokens: 88_102_331_118,
    },
    networks: [
      aNetwork({
        id: 'c2v6tq7r4d',
        severity: 'critical',
        claim: 'extraction',
        accounts: accountIds(600, 'acct_9f'),
        requests: 1_284_113,
        outputTokens: 734_112_909,
      }),
      aNetwork({
        rank: 2,
        fragile: { dependsOn: 'card_fingerprint fp_9Qx77TLm02Ke' },
        accounts: accountIds(60),
        review: aReview(),
      }),
      aNetwork({
        id: 'z3h5j6k2pa',
        rank: 3,
        severity: 'medium',
        claim: 'relay',
        confidence: 'low',
        evidence: [anEvidence({ countedBits: 6.4, summary: 'All 4 accounts registered with one payer e-mail.' })],
        accounts: accountIds(4, 'user-'),
        requests: 212,
        inputTokens: 90_411,
        outputTokens: 120_007,
        firstSeen: '2026-06-13T08:00:00.000Z',
        lastSeen: '2026-06-14T23:48:02.000Z',
      }),
    ],
    explained: [
      {
        accounts: accountIds(40, 'org_'),
        accountCount: 40,
        explanation: 'same organization_id, issued by the provider',
        basis: 'organization',
        uncovered: [],
      },
      {
        accounts: accountIds(12, 'lab_'),
        accountCount: 12,
        explanation: 'same organization_id, issued by the provider',
        basis: 'organization',
        uncovered: [],
      },
      {
        accounts: accountIds(10, 'res_'),
        accountCount: 10,
        explanation: 'declared: reseller (Harbour Desk, until 2026-12-31): 9 of the accounts, not res_0010',
        basis: 'declaration',
        uncovered: ['res_0010'],
      },
    ],
    expiredDeclarations: [
      {
        path: 'known.csv',
        lines: [3, 4],
        owner: 'Mill Street Resale',
        expired: '2026-05-31',
        accounts: 4,
        networks: ['z3h5j6k2pa'],
      },
    ],
    suppressedValues: [
      {
        field: 'ip',
        value: '192.0.2.17',
        accounts: 2_911,
        reason: 'held by a large and otherwise mixed part of all accounts',
      },
      { field: 'device_fingerprint', value: '00000000', accounts: 44, reason: 'placeholder' },
    ],
    notes: ['131,002 timestamps without a zone were read as UTC'],
    joins: [{ path: 'accounts.csv', on: 'account_id', matched: 3_204, unmatched: 97, repeated: 0, kept: 0 }],
    omitted: { networks: 4, accounts: 19, suppressedValues: 0, unchanged: 0 },
  })
}
