import { describe, expect, test } from 'vitest'
import { groupFacts, isMostlyPaid } from '../../src/networks/facts.ts'
import { type Holdings, incidenceOf, range, setOf } from './tables.ts'

const OWN = ['card_fingerprint', 'ip_block', 'email_domain']
const factsOf = (holdings: Holdings, size = 12, own = OWN) =>
  groupFacts(setOf(incidenceOf(200, holdings, { own }), range(0, size)), null)

describe('one payer', () => {
  const three = { a: range(0, 4), b: range(4, 8), c: range(8, 12) }

  test('is a card that all have; three cards are three', () => {
    expect(factsOf({ card_fingerprint: { a: range(0, 12) } })).toMatchObject({
      topPayerShare: 1,
      sharedInstrumentShare: 1,
    })
    expect(factsOf({ card_fingerprint: three }).topPayerShare).toBeCloseTo(4 / 12, 9)
  })

  test('three cards under one billing name are one payer', () => {
    const named = { card_fingerprint: three, billing_name_hash: { n: range(0, 12) } }
    expect(factsOf(named)).toMatchObject({ topPayerShare: 1, sharedInstrumentShare: 1 })
    expect(
      factsOf({ ...named, billing_name_hash: { n: range(0, 9) } }, 12, [...OWN, 'billing_name_hash']),
    ).toMatchObject({ topPayerShare: 9 / 12 })
  })

  test('a billing name alone makes a payer, but no shared instrument', () => {
    const own = factsOf({ billing_name_hash: { n: range(0, 12) } })
    expect(own).toMatchObject({ topPayerShare: 1, sharedInstrumentShare: 0 })
  })

  test('members of whom no payment is known are not asked', () => {
    expect(factsOf({ card_fingerprint: { a: range(0, 3) } }, 12, [])).toMatchObject({ topPayerShare: 1 })
    expect(factsOf({}, 12, [])).toMatchObject({ topPayerShare: 0, sharedInstrumentShare: 0 })
  })

  test('a card of their own is a payer each', () => {
    expect(factsOf({})).toMatchObject({ topPayerShare: 0, sharedInstrumentShare: 0 }) // unshared values have no number
  })
})

describe('an own mail domain', () => {
  test('is one of whose holders a third are members', () => {
    const held = (strangers: number) =>
      factsOf({ email_domain: { d: [...range(0, 12), ...range(50, 50 + strangers)] } })
    expect(held(24).ownDomainShare).toBe(1) // 12 of 36
    expect(held(25).ownDomainShare).toBe(0)
  })

  test('is unknown where no mailbox is', () => {
    expect(factsOf({}, 12, []).ownDomainShare).toBeNull()
  })

  test('counts those who have a mailbox', () => {
    expect(factsOf({ email_domain: { d: range(0, 6) } }, 12, []).ownDomainShare).toBe(1)
    expect(factsOf({ email_domain: { d: range(0, 6) } }).ownDomainShare).toBe(0.5)
  })
})

test('the commonest address block', () => {
  expect(factsOf({ ip_block: { a: range(0, 8), b: range(6, 12) } }).topAddressShare).toBeCloseTo(8 / 12, 9)
})

test.each([
  [true, ['pro', 'pro', 'Free']],
  [false, ['pro', 'TRIAL']],
  [false, ['pro', null]],
  [false, []],
] as const)('mostly paid is %s for %j', (isPaid, plans) => {
  expect(isMostlyPaid(Int32Array.from(plans.keys()), plans)).toBe(isPaid)
})

test('a domain of one mailbox in a hundred is a company’s, also where few of its people are in the group', () => {
  // Five members of eighteen colleagues: more than a third are elsewhere. 1 % of 3,000 mailboxes is 30, of 1,000 ten.
  const shareAmong = (count: number): number | null =>
    groupFacts(
      setOf(incidenceOf(count, { email_domain: { d: range(0, 18) } }, { own: ['email_domain'] }), range(0, 5)),
      null,
    ).ownDomainShare
  expect([shareAmong(3000), shareAmong(1000)]).toEqual([1, 0])
})

test('cards issued in a row are one payer where the mailboxes are at one domain of their own', () => {
  // Twelve neighbours among the 10,000 numbers of a series: far beyond chance.
  const cards = {
    count: 12,
    bins: ['990011'],
    expiries: ['12/28'],
    account: Int32Array.from(range(0, 12)),
    series: new Int32Array(12),
    last4: Int16Array.from(range(0, 12), (n) => 4000 + 10 * n),
  }
  const payerShare = (holdings: Holdings): number =>
    groupFacts(setOf(incidenceOf(2000, holdings, { own: OWN, cards }), range(0, 12)), null).topPayerShare
  expect(payerShare({ email_domain: { d: range(0, 12) } })).toBe(1)
  expect(payerShare({})).toBeLessThan(0.2) // mailboxes all over the world: a card each
})
