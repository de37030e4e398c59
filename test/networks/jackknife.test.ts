import { describe, expect, test } from 'vitest'
import { createSetViewer } from '../../src/networks/account-set.ts'
import type { SignalTest } from '../../src/networks/confirm.ts'
import { type Dependence, jackknife } from '../../src/networks/jackknife.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { nothing } from '../../src/signals/order-signal.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { type Holdings, incidenceOf, range, signal, valueNumber } from './tables.ts'

const COUNT = 1000
const OWN = ['card_fingerprint', 'device_fingerprint']

const confirmed = (each: SignalTest['signal'], over: Partial<SignalTest> = {}): SignalTest => ({
  signal: each,
  observed: 10,
  expected: 0,
  coverage: 1,
  p: 0.001,
  isConfirmed: true,
  ...over,
})

/** Says 100 bits of one account and nothing of the others. */
const allOn = (account: number): Signal => ({
  ...signal('shared-device'),
  memberBits: ({ evaluated }) => Float64Array.from(evaluated, (each) => (each === account ? 100 : 0)),
  explain: () => ({ summary: '', values: [], accounts: 1 }),
})

const allStand = (tests: readonly SignalTest[]): boolean => tests.every(({ isConfirmed }) => isConfirmed)

/** What a finding on the accounts below `size` hangs on, as a person would say it. */
function dependsOn(
  holdings: Holdings,
  size: number,
  tests: readonly SignalTest[],
  stands = allStand,
): string | number[] | null {
  const incidence = incidenceOf(COUNT, holdings, { own: OWN })
  const found: Dependence | null = jackknife(Int32Array.from(range(0, size)), tests, createSetViewer(incidence), stands)
  if (found === null) return null
  return found.kind === 'accounts' ? [...found.accounts] : incidence.tables.values.text[found.value]!
}

const card = confirmed(signal('shared-payment-instrument'))
const device = confirmed(signal('shared-device'))

describe('a value', () => {
  test('on which all hangs is named', () => {
    expect(dependsOn({ card_fingerprint: { c: range(0, 12) } }, 12, [card])).toBe('c')
  })

  test('beside which there is a second is not missed', () => {
    expect(dependsOn({ card_fingerprint: { c: range(0, 12), d: range(0, 12) } }, 12, [card])).toBeNull()
  })

  test('is tried in the order of the members it covers', () => {
    const both = { card_fingerprint: { c: range(0, 11) }, device_fingerprint: { d: range(0, 12) } }
    expect(dependsOn(both, 12, [card, device])).toBe('d')
    const one = (tests: readonly SignalTest[]): boolean => tests.some(({ isConfirmed }) => isConfirmed)
    expect(dependsOn(both, 12, [card, device], one)).toBeNull() // either is enough
  })

  test('comes before accounts, of which it may be the same question', () => {
    expect(dependsOn({ card_fingerprint: { c: range(0, 12) } }, 12, [card, confirmed(allOn(3))])).toBe('c')
  })

  test('is left out wherever it stands: the set itself is as it was afterwards', () => {
    const incidence = incidenceOf(COUNT, { card_fingerprint: { c: range(0, 12), d: range(0, 12) } }, { own: OWN })
    const set = createSetViewer(incidence)(Int32Array.from(range(0, 12)), true)
    jackknife(set.members, [card], () => set, allStand)
    expect(set.inside(valueNumber(incidence, 'card_fingerprint', 'c'))).toBe(12)
  })
})

describe('accounts', () => {
  test('are left out in tenths: two of twenty', () => {
    expect(dependsOn({}, 20, [confirmed(allOn(7))])).toEqual([6, 7])
  })

  test('one by one in a small group', () => {
    expect(dependsOn({}, 9, [confirmed(allOn(8))])).toEqual([8])
    expect(dependsOn({}, 3, [confirmed(allOn(0))])).toEqual([0])
  })

  test('that nobody needs are not named', () => {
    const ring = { card_fingerprint: { c: range(0, 40), d: range(0, 40) } }
    expect(dependsOn(ring, 40, [card])).toBeNull()
  })

  // Who is left out of the set is counted as a stranger who holds the value: 20 of 200 make a card that nobody else has
  // one of 20.5 strangers instead of 0.5, and take log2(41) = 5.4 bits off everybody's, 7.7 bits in a network of 1,000.
  test('are no strangers to those who stay', () => {
    const ring = { card_fingerprint: { c: range(0, 200), d: range(0, 200) } }
    const stands = ([test]: readonly SignalTest[]): boolean => test!.observed >= 12 // 14.3 in full
    expect(dependsOn(ring, 200, [card], stands)).toBeNull()
  })

  // Whole blocks only: of 25 accounts twelve pairs are left out, and the 25th never is.
  test('at the end of the group take their turn as well', () => {
    expect(dependsOn({}, 25, [confirmed(allOn(24))])).toContain(24)
  })
})

test('what chance gives stays as it was: the rest must exceed it by log2(5) = 2.32 bits', () => {
  const five: Signal = { ...allOn(0), memberBits: ({ evaluated }) => new Float64Array(evaluated.length).fill(5) }
  expect(dependsOn({}, 12, [confirmed(five, { expected: 2.6 })])).toBeNull() // 2.4 left
  expect(dependsOn({}, 12, [confirmed(five, { expected: 2.7 })])).toEqual([0]) // 2.3
})

test('a test of order is not measured again, nor what was not confirmed', () => {
  const order = confirmed(orderSignals[0]!, { finding: nothing('', '') })
  expect(dependsOn({}, 20, [order])).toBeNull()
  const seen: boolean[][] = []
  dependsOn({ card_fingerprint: { c: range(0, 12) } }, 12, [{ ...device, isConfirmed: false }, card], (tests) => {
    seen.push(tests.map(({ isConfirmed }) => isConfirmed))
    return true
  })
  expect(seen[0]).toEqual([false, false]) // the card was left out, the device was never confirmed
  expect(seen.slice(1).every(([first, second]) => first === false && second === true)).toBe(true)
})
