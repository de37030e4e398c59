import { describe, expect, test } from 'vitest'
import { explain } from '../../src/explain/explain.ts'
import type { MemberExplanation, NetworkExplanation, UnlinkedExplanation } from '../../src/explain/explanation.ts'
import { LEAST_FOR_ORDER, ORDER_SIGNALS } from '../../src/explain/negative.ts'
import { renderExplanation } from '../../src/explain/text.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { MIN_WATCHED_MEMBERS } from '../../src/signals/watch.ts'
import { theNetwork, theReport } from './report.ts'

const explainMember = (id: string): MemberExplanation => explain(theReport(), id) as MemberExplanation

describe('an account in a network', () => {
  test('every link, with who holds it and whether it is in the score', () => {
    const { links } = explainMember('acct_a')
    expect(links.map(({ value, bits }) => [value, bits])).toEqual([
      ['fp_9Qx77TLm02Ke', 14.5],
      ['fp_1111111111', 13],
      ['dev_51c2', 9.2],
      ['0e33b2c8a3', 7.7],
    ])
    expect(links[0]).toMatchObject({
      signal: 'shared-payment-instrument',
      family: 'payment',
      isCounted: true,
      members: 2,
      isAtLeast: false,
      outside: 0,
    })
    // Past the values that the evidence lists: its field tells the signal, the members' links tell at least two holders.
    expect(links[1]).toMatchObject({ family: 'payment', members: 2, isAtLeast: true, outside: null })
    // No evidence names the field at all.
    expect(links[3]).toMatchObject({ signal: null, family: null, isCounted: false, members: 1 })
  })

  test('the nearest members, one value of each family in the bits', () => {
    const { neighbours } = explainMember('acct_a')
    expect(neighbours.via).toBe('value')
    // b: card 14.5 + device 9.2 = 23.7; c: the other card 13 + device 9.2 = 22.2
    expect(neighbours.nearest.map(({ accountId, bits, isSameCell }) => [accountId, bits, isSameCell])).toEqual([
      ['acct_b', 23.7, true],
      ['acct_c', 22.2, false],
    ])
  })

  test('says when only a hub holds it, or nothing but its likeness', () => {
    expect(explainMember('acct_d').neighbours).toMatchObject({ via: 'hub', count: 1 })
    expect(explainMember('acct_e').neighbours).toEqual({ via: 'profile', count: 0, nearest: [] })
    expect(explainMember('acct_e').clearing.without).toEqual([])
  })

  test('what remains as its values are explained, the strongest first', () => {
    const { without } = explainMember('acct_a').clearing
    expect(without.map(({ without: { value }, members, bits }) => [value, members, bits])).toEqual([
      ['fp_9Qx77TLm02Ke', 2, 22.2], // c: the other card and the device
      ['fp_1111111111', 2, 9.2], // b and c: the device
      ['dev_51c2', 0, 0],
    ])
  })

  test('what was tested without a finding, the nearest miss first', () => {
    const { negative } = explainMember('acct_a')
    expect(negative.notConfirmed.map(({ signal }) => signal)).toEqual(['registration-burst', 'repeated-prompt'])
    expect(negative.silent).toEqual(['content'])
    expect(negative.notTestable.map(({ family }) => family)).toEqual(['purpose', 'continuity'])
  })
})

describe('tests of order', () => {
  const coverage = [
    ...theReport().coverage.slice(0, 4),
    { family: 'timing' as const, tested: true, why: 'from timestamp' },
  ]
  const negativeOf = (over: Parameters<typeof theNetwork>[0]) =>
    (explain(theReport({ coverage, networks: [theNetwork(over)] }), 'acct_a') as MemberExplanation).negative

  test('a network of four is too small for them', () => {
    expect(negativeOf({ accountCount: 4 })).toMatchObject({ silent: ['content'], tooSmall: ['timing'] })
    expect(negativeOf({ accountCount: 5 })).toMatchObject({ silent: ['content', 'timing'], tooSmall: [] })
  })

  test('one that found nothing is told by name, and its family not again', () => {
    const none = { signal: 'dispatcher', statistic: 'idle rank 0.51', p: 1, confirmed: false }
    const { notConfirmed, silent } = negativeOf({ accountCount: 5, tests: [...theNetwork().tests, none] })
    expect(notConfirmed.at(-1)).toEqual(none)
    expect(silent).toEqual(['content'])
  })

  test('are those of the signals', () => {
    expect(LEAST_FOR_ORDER).toBe(MIN_WATCHED_MEMBERS)
    for (const [family, signals] of Object.entries(ORDER_SIGNALS)) {
      const own = orderSignals.filter((each) => each.family === family).map(({ id }) => id)
      expect(own.toSorted()).toEqual([...signals].sort())
    }
  })
})

test('what the network rests on, and whether the account holds it', () => {
  expect(['acct_a', 'acct_d'].map((id) => explainMember(id).clearing.holdsFragile)).toEqual([true, false])
  const elsewhere = theNetwork({ fragile: { dependsOn: 'account acct_b' } })
  const member = explain(theReport({ networks: [elsewhere] }), 'acct_d') as MemberExplanation
  expect(member.clearing.holdsFragile).toBeNull()
  const style = { width: 100, color: false, unicode: true }
  expect(renderExplanation(explainMember('acct_d'), style)).toContain('(not held by this account)')
  expect(renderExplanation(explainMember('acct_a'), style)).not.toContain('not held')
})

test('what chance is expected to make is said where it makes any', () => {
  const said = (falseDiscoveryRate: number) =>
    renderExplanation(explain(theReport({ networks: [theNetwork({ falseDiscoveryRate })] }), 'acct_a')!, {
      width: 100,
      color: false,
      unicode: true,
    })
  expect(said(0.04)).toContain('4.0 in 100 are expected by chance')
  expect(said(0)).not.toContain('by chance.')
})

describe('a network', () => {
  test('the waterfall ends at the score, and each term that counts nothing says why', () => {
    const { waterfall, cells } = explain(theReport(), 'm4k7q2xw5a') as NetworkExplanation
    expect(waterfall.terms.map(({ runningBits, why }) => [runningBits, why])).toEqual([
      [8.1, null],
      [15.3, null],
      [15.6, null],
      [15.6, 'explained or capped'],
      [15.6, 'not confirmed'],
      [15.6, 'reported only'],
    ])
    expect(waterfall).toMatchObject({ sum: 15.6, score: 15.6 })
    expect(cells).toEqual([2, 2, 1])
  })

  test('an account comes before a network of the same id', () => {
    const named = theNetwork({ id: 'acct_b' })
    expect(explain(theReport({ networks: [named] }), 'acct_b')?.kind).toBe('member')
    expect(explain(theReport({ networks: [theNetwork({ id: 'stranger' })] }), 'stranger')?.kind).toBe('unlinked')
  })
})

describe('an account in no network', () => {
  test.each([
    ['a stranger', 'stranger', []],
    [
      'a member of a declared group',
      'org_2',
      [{ accountCount: 2, explanation: 'one organization_id for all accounts' }],
    ],
  ])('%s', (_, id, groups) => {
    expect(explain(theReport(), id)).toMatchObject({ kind: 'unlinked', isKnown: true, groups })
  })

  test('an id that is nowhere', () => {
    expect(explain(theReport(), 'nobody')).toBeNull()
    expect(explain(theReport(), '__proto__')).toBeNull()
  })

  test('a report without its index of accounts cannot tell', () => {
    const { accountIndex: _, ...older } = theReport()
    expect((explain(older, 'nobody') as UnlinkedExplanation).isKnown).toBeNull()
    expect(explain(older, 'm4k7q2xw5a')?.kind).toBe('network')
    const later = { ...theReport().accountIndex!, bits: 64 as 32 }
    expect((explain({ ...older, accountIndex: later }, 'nobody') as UnlinkedExplanation).isKnown).toBeNull()
  })
})
