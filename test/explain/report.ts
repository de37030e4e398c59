import { indexAccounts } from '../../src/account-index.ts'
import type { Member, MemberLink, Network, ScanResult } from '../../src/model.ts'
import { aNetwork, anEvidence, aResult } from '../helpers/results.ts'

const card: MemberLink = { field: 'card_fingerprint', value: 'fp_9Qx77TLm02Ke', bits: 14.5 }
const otherCard: MemberLink = { field: 'card_fingerprint', value: 'fp_1111111111', bits: 13 }
const device: MemberLink = { field: 'device_fingerprint', value: 'dev_51c2', bits: 9.2 }
const address: MemberLink = { field: 'ip_block', value: '198.51.100.0/24', bits: 4.1 }
const template: MemberLink = { field: 'system_prompt_hash', value: '0e33b2c8a3', bits: 7.7 }

const member = (accountId: string, cell: number, links: readonly MemberLink[]): Member => ({
  accountId,
  cell,
  requests: 1200,
  outputTokens: 90_411,
  firstSeen: '2026-06-01T00:12:31.000Z',
  lastSeen: '2026-06-14T23:48:02.000Z',
  links,
})

/** a and b share a card and a device, c the device and two more things with a, d only an address, e nothing. */
const members = [
  member('acct_a', 0, [card, otherCard, device, template]),
  member('acct_b', 0, [card, device]),
  member('acct_c', 1, [otherCard, device, address]),
  member('acct_d', 1, [address]),
  member('acct_e', 2, []),
]

/** 8.1 + 7.2 + 0.3 is 15.600000000000001 in binary: the sum has to be made in tenths. */
const evidence = [
  anEvidence({
    signal: 'shared-payment-instrument',
    bits: 14.1,
    countedBits: 8.1,
    summary: '4 of 5 accounts share 2 cards, held by nobody else',
    values: [{ field: 'card_fingerprint', value: card.value, inside: 2, outside: 0 }],
  }),
  anEvidence({
    family: 'client',
    signal: 'shared-device',
    bits: 9,
    countedBits: 7.2,
    summary: '3 of 5 accounts share a device; 1 account outside holds it',
    values: [{ field: 'device_fingerprint', value: device.value, inside: 3, outside: 1 }],
  }),
  anEvidence({
    family: 'network',
    signal: 'shared-address-block',
    bits: 4,
    countedBits: 0.3,
    summary: '2 of 5 accounts share an address block',
    values: [{ field: 'ip_block', value: address.value, inside: 2, outside: 40 }],
  }),
  anEvidence({
    family: 'payment',
    signal: 'shared-billing-details',
    bits: 8.9,
    countedBits: 0,
    values: [],
    summary: '4 of 5 accounts share 3 billing details',
  }),
  anEvidence({
    family: 'registration',
    signal: 'registration-burst',
    bits: 3,
    countedBits: 0,
    values: [],
    summary: '3 of 5 accounts were registered within three hours',
  }),
  anEvidence({
    family: 'lifecycle',
    signal: 'high-volume',
    bits: 2,
    countedBits: 0,
    values: [],
    summary: '1 of 5 accounts asks more than nearly all others',
  }),
]

const test = (signal: string, confirmed: boolean, p: number) => ({
  signal,
  statistic: 'mean bits 9.0, by chance 0.4',
  p,
  confirmed,
})

export const theNetwork = (over: Partial<Network> = {}): Network =>
  aNetwork({
    accounts: members.map(({ accountId }) => accountId),
    members,
    evidence,
    hypotheses: [
      { name: 'class, workshop or hackathon', residualBits: 15.6 },
      { name: 'shared computers', residualBits: 24.5 },
    ],
    innocentExplanation: {
      name: 'class, workshop or hackathon',
      residualBits: 15.6,
      wouldBeConfirmedBy: 'an organiser naming the event, and use that ends with it',
    },
    fragile: { dependsOn: 'card_fingerprint fp_9Qx77TLm02Ke' },
    tests: [
      test('shared-payment-instrument', true, 0.0004),
      test('shared-device', true, 0.001),
      test('shared-address-block', true, 0.005),
      test('shared-billing-details', true, 0.005),
      test('registration-burst', false, 0.045),
      test('repeated-prompt', false, 0.31),
    ],
    hubs: [{ field: 'ip_block', value: address.value, memberCount: 2, verdict: 'most of its 42 holders also agree' }],
    ...over,
  })

/** One network of five, one declared group of two, one stranger. */
export function theReport(over: Partial<ScanResult> = {}): ScanResult {
  const networks = over.networks ?? [theNetwork()]
  return aResult({
    coverage: [
      { family: 'payment', tested: true, why: 'from card_fingerprint' },
      { family: 'client', tested: true, why: 'from device_fingerprint' },
      { family: 'network', tested: true, why: 'from ip' },
      { family: 'content', tested: true, why: 'from system_prompt_hash' },
      { family: 'purpose', tested: false, why: 'not tested by this version' },
      { family: 'continuity', tested: false, why: 'not tested by this version' },
    ],
    networks,
    explained: [
      {
        accounts: ['org_1', 'org_2'],
        accountCount: 2,
        explanation: 'one organization_id for all accounts',
        basis: 'organization',
        uncovered: [],
      },
    ],
    accountIndex: indexAccounts([...networks.flatMap(({ accounts }) => accounts), 'org_1', 'org_2', 'stranger']),
    ...over,
  })
}
