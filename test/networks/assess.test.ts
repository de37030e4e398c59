import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../src/config.ts'
import { createSetViewer } from '../../src/networks/account-set.ts'
import { assessGroup } from '../../src/networks/assess.ts'
import type { SignalTest } from '../../src/networks/confirm.ts'
import { groupFacts } from '../../src/networks/facts.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { signals } from '../../src/signals/registry.ts'
import { type Holdings, incidenceOf, range, type TableOptions } from './tables.ts'

const config = resolveConfig({})
const SIZE = 40
const MEMBERS = range(0, SIZE)

const aTest = (id: string, observed: number): SignalTest => ({
  signal: [...signals, ...orderSignals].find((each) => each.id === id)!,
  observed,
  expected: 0,
  coverage: 1,
  p: 0.001,
  isConfirmed: true,
})

/**
 * A template, a device and a dispatcher, 12, 8 and 8 bits: what a class leaves unexplained is 16, what machines of one
 * owner do (possible with a mail domain of their own) 12, both enough for high.
 */
const tests = [aTest('shared-prompt-template', 12), aTest('shared-device', 8), aTest('dispatcher', 8)]

function assess(holdings: Holdings, { accounts = {} }: TableOptions = {}, falseDiscoveryRate = 0) {
  const busy = { requests: new Float64Array(200).fill(100), activeDays: new Int32Array(200).fill(6), ...accounts }
  const own = ['email_domain', 'ip_block', ...Object.keys(holdings)]
  const view = createSetViewer(incidenceOf(200, holdings, { own, accounts: busy }))
  const members = Int32Array.from(MEMBERS)
  const facts = groupFacts(view(members, true), 1 / 3) // around the clock: no class
  return assessGroup(members, tests, { coverage: [], config, view, facts, falseDiscoveryRate })
}

describe('an office: one mail domain of its own and one address block', () => {
  const office = { email_domain: { d: MEMBERS }, ip_block: { b: MEMBERS } }
  const paidBy = (most: number): Holdings => ({ ...office, card_fingerprint: { c: range(0, most) } })

  test('with no payer known is at most medium', () => {
    expect(assess(office)).toMatchObject({ severity: 'medium', score: { bits: 12 } })
  })

  test.each([
    ['medium', 20], // half of the members
    ['high', 19],
  ] as const)('%s when the commonest card pays for %i of forty', (severity, most) => {
    expect(assess(paidBy(most)).severity).toBe(severity)
  })

  test('whose three cards run under one name has one payer', () => {
    const cards = { a: range(0, 14), b: range(14, 28), c: range(28, 40) }
    expect(assess({ ...office, card_fingerprint: cards }).severity).toBe('high')
    expect(assess({ ...office, card_fingerprint: cards, billing_name_hash: { n: range(0, 22) } }).severity).toBe(
      'medium',
    )
  })

  test('is none with mailboxes all over the world, or with addresses of which none is common', () => {
    expect(assess({ ip_block: { b: MEMBERS } }).severity).toBe('high')
    expect(assess({ email_domain: { d: MEMBERS } }).severity).toBe('high')
    expect(assess({ email_domain: { d: MEMBERS }, ip_block: { b: range(0, 19) } }).severity).toBe('high')
    expect(assess({ email_domain: { d: MEMBERS }, ip_block: { b: range(0, 20) } }).severity).toBe('medium')
  })
})

test('more than a tenth by chance is low, whatever the score', () => {
  expect(assess({}, {}, 0.1)).toMatchObject({ severity: 'high', falseDiscoveryRate: 0.1 })
  expect(assess({}, {}, 0.11)).toMatchObject({ severity: 'low', dependsOn: null, falseDiscoveryRate: 0.11 })
})

test('requests, days and plans are those of the members: 1,000 requests, a median of five days or a paid plan', () => {
  const of = (requests: number, activeDays: number, plan: string | null = null) => ({
    accounts: {
      requests: Float64Array.from(range(0, 200), (n) => (n < SIZE ? requests : 1e6)),
      activeDays: Int32Array.from(range(0, 200), (n) => (n < SIZE ? activeDays : 90)),
      plan: range(0, 200).map(() => plan),
    },
  })
  expect(assess({}, of(25, 5)).severity).toBe('high')
  expect(assess({}, of(24, 5)).severity).toBe('medium')
  expect(assess({}, of(25, 4)).severity).toBe('medium')
  expect(assess({}, of(25, 1, 'pro')).severity).toBe('high')
  expect(assess({}, of(25, 1, 'trial')).severity).toBe('medium')
})
