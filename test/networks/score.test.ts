import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SignalTest } from '../../src/networks/confirm.ts'
import { type GroupFacts, innocentHypotheses } from '../../src/networks/innocent.ts'
import { scoreGroup } from '../../src/networks/score.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { FAMILY_CAP_BITS, signals } from '../../src/signals/registry.ts'
import { signal } from './tables.ts'

/** Too large for a household, no common payer: hypotheses that always apply, and the class (up to 500). */
const strangers: GroupFacts = {
  size: 60,
  topPayerShare: 0.1,
  sharedInstrumentShare: 1,
  ownDomainShare: 0,
  quietShare: 0,
  medianActiveDays: 10,
  topAddressShare: 0,
}

const aTest = (id: string, observed: number, over: Partial<SignalTest> = {}): SignalTest => ({
  signal: signal(id),
  observed,
  expected: 0,
  coverage: 1,
  p: 0.001,
  isConfirmed: true,
  ...over,
})

const countedOf = (tests: readonly SignalTest[], facts = strangers): Record<string, number> =>
  Object.fromEntries(
    scoreGroup(tests, facts).signals.map(({ test: each, countedBits }) => [each.signal.id, countedBits]),
  )

describe('worked', () => {
  test('cards alone: 12 of at most 14 bits, which no innocent cause of sixty strangers explains', () => {
    const score = scoreGroup([aTest('shared-payment-instrument', 13, { expected: 1 })], strangers)
    expect(score).toMatchObject({ bits: 12, confirmed: ['payment'] })
    expect(score.signals).toMatchObject([{ bits: 12, countedBits: 12 }])
  })

  test('inside a family the best counts in full, others a quarter, at most the cap', () => {
    expect(FAMILY_CAP_BITS.payment).toBe(14)
    // 10 + 6 / 4 = 11.5
    const six = [aTest('shared-payment-instrument', 10), aTest('shared-billing-details', 6)]
    expect(countedOf(six)).toEqual({ 'shared-payment-instrument': 10, 'shared-billing-details': 1.5 })
    // 13 leaves one bit of the cap for 8 / 4 = 2
    const full = [aTest('shared-billing-details', 8), aTest('shared-payment-instrument', 13)]
    expect(countedOf(full)).toEqual({ 'shared-payment-instrument': 13, 'shared-billing-details': 1 })
  })

  test('what did not confirm counts nothing, and what chance gives is taken off', () => {
    const tests = [
      aTest('shared-payment-instrument', 10, { expected: 2.25 }),
      aTest('shared-device', 9, { isConfirmed: false }),
    ]
    expect(scoreGroup(tests, strangers)).toMatchObject({ bits: 7.8, confirmed: ['payment'] }) // 7.75 rounded
    expect(countedOf(tests)).toEqual({ 'shared-payment-instrument': 7.8, 'shared-device': 0 })
  })

  test('the explanation that leaves least decides: a framework explains client and template, not the card', () => {
    const tests = [
      aTest('shared-payment-instrument', 6),
      aTest('shared-client-stack', 7),
      aTest('shared-prompt-template', 9),
    ]
    const score = scoreGroup(tests, strangers)
    expect(score.bits).toBe(6)
    expect(score.confirmed).toEqual(['payment', 'client', 'content'])
    const [best] = score.residuals
    expect(best!.hypothesis.explains).toEqual(expect.arrayContaining(['shared-client-stack', 'shared-prompt-template']))
  })

  test('a household of four with one card and one device conceals nothing; sixty strangers do', () => {
    const evidence = [aTest('shared-payment-instrument', 12), aTest('shared-device', 8)]
    const four = { ...strangers, size: 4, topPayerShare: 1 }
    expect(scoreGroup(evidence, four).bits).toBe(0)
    const explained = scoreGroup(evidence, four).residuals.filter(({ bits }) => bits === 0)
    expect(explained.map(({ hypothesis }) => hypothesis.name)).toContain('household')
    expect(scoreGroup(evidence, strangers).bits).toBe(12) // shared computers explain the device, not the card
  })

  test('one payer for all is one customer, if they do not pretend to be strangers, and up to five hundred', () => {
    const evidence = [aTest('shared-payment-instrument', 12), aTest('shared-prompt-template', 8)]
    const payer = {
      size: 100,
      topPayerShare: 0.9,
      sharedInstrumentShare: 0.9,
      ownDomainShare: 0.8,
      quietShare: null,
      medianActiveDays: 10,
      topAddressShare: 0,
    }
    expect(scoreGroup(evidence, payer).bits).toBe(0)
    expect(scoreGroup(evidence, { ...payer, ownDomainShare: null, topAddressShare: 0 }).bits).toBe(0) // no mailbox is known
    expect(scoreGroup(evidence, { ...payer, ownDomainShare: 0.1, topAddressShare: 0 }).bits).toBe(12) // mailboxes all over the world
    expect(scoreGroup(evidence, { ...payer, topPayerShare: 0.5 }).bits).toBe(12) // two cards
    expect(scoreGroup(evidence, { ...payer, size: 501 }).bits).toBe(12)
  })

  test('without evidence there is a score of 0 and still an explanation', () => {
    const score = scoreGroup([], strangers)
    expect(score).toMatchObject({ bits: 0, signals: [], confirmed: [] })
    expect(score.residuals.length).toBeGreaterThan(0)
  })
})

const facts: fc.Arbitrary<GroupFacts> = fc.record({
  size: fc.integer({ min: 3, max: 30_000 }),
  topPayerShare: fc.double({ min: 0, max: 1, noNaN: true }),
  sharedInstrumentShare: fc.double({ min: 0, max: 1, noNaN: true }),
  ownDomainShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  medianActiveDays: fc.integer({ min: 0, max: 30 }),
  quietShare: fc.option(fc.double({ min: 0, max: 1 / 3, noNaN: true })),
  topAddressShare: fc.double({ min: 0, max: 1, noNaN: true }),
})

const tests: fc.Arbitrary<SignalTest[]> = fc.subarray([...signals], { minLength: 1 }).chain((some) =>
  fc.tuple(
    ...some.map((each) =>
      fc.record({
        signal: fc.constant(each),
        observed: fc.double({ min: 0, max: 30, noNaN: true }),
        expected: fc.double({ min: 0, max: 5, noNaN: true }),
        p: fc.constant(0.001),
        coverage: fc.constant(1),
        isConfirmed: each.role === 'corroborator' ? fc.constant(false) : fc.boolean(),
      }),
    ),
  ),
)

const tenths = (bits: number): number => Math.round(bits * 10)

describe('of any group', () => {
  test('the counted bits add up to the score exactly, in tenths', () => {
    fc.assert(
      fc.property(tests, facts, (given, of) => {
        const score = scoreGroup(given, of)
        const sum = score.signals.reduce((total, { countedBits }) => total + tenths(countedBits), 0)
        expect(sum).toBe(tenths(score.bits))
        for (const { countedBits, test: each } of score.signals) {
          expect(Math.abs(countedBits * 10 - tenths(countedBits))).toBeLessThan(1e-9)
          if (!each.isConfirmed) expect(countedBits).toBe(0)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('no family counts more than its cap, and the score is what the best explanation leaves', () => {
    fc.assert(
      fc.property(tests, facts, (given, of) => {
        const { bits, signals: counted, residuals } = scoreGroup(given, of)
        for (const [family, cap] of Object.entries(FAMILY_CAP_BITS)) {
          const own = counted.filter(({ test: each }) => each.signal.family === family)
          expect(own.reduce((sum, { countedBits }) => sum + countedBits, 0)).toBeLessThanOrEqual(cap + 1e-9)
        }
        expect(bits).toBe(Math.min(...residuals.map((each) => each.bits)))
        expect(residuals.map((each) => each.bits)).toEqual(residuals.map((each) => each.bits).toSorted((a, b) => a - b))
        expect(residuals).toHaveLength(innocentHypotheses.filter((each) => each.applies(of)).length)
      }),
      { numRuns: 300 },
    )
  })

  test('raising the bits of one confirmed signal never lowers the score', () => {
    fc.assert(
      fc.property(tests, facts, fc.nat(), fc.double({ min: 0, max: 20, noNaN: true }), (given, of, pick, more) => {
        const confirmed = given.filter(({ isConfirmed }) => isConfirmed)
        fc.pre(confirmed.length > 0)
        const raised = confirmed[pick % confirmed.length]!
        const after = given.map((each) => (each === raised ? { ...each, observed: each.observed + more } : each))
        expect(scoreGroup(after, of).bits).toBeGreaterThanOrEqual(scoreGroup(given, of).bits)
      }),
      { numRuns: 1000 },
    )
  })

  test('the order of the tests does not matter', () => {
    fc.assert(
      fc.property(tests, facts, (given, of) => {
        const one = scoreGroup(given, of)
        const other = scoreGroup(given.toReversed(), of)
        expect(other.bits).toBe(one.bits)
        expect(new Map(other.signals.map((each) => [each.test, each.countedBits]))).toEqual(
          new Map(one.signals.map((each) => [each.test, each.countedBits])),
        )
      }),
      { numRuns: 200 },
    )
  })
})

test('every hypothesis explains signals that exist, and says what would confirm it', () => {
  const ids = new Set([...signals, ...orderSignals].map(({ id }) => id))
  for (const { name, explains, wouldBeConfirmedBy } of innocentHypotheses) {
    expect(
      explains.filter((id) => !ids.has(id)),
      name,
    ).toEqual([])
    expect(wouldBeConfirmedBy.length, name).toBeGreaterThan(20)
  }
  expect(new Set(innocentHypotheses.map(({ name }) => name)).size).toBe(innocentHypotheses.length)
})

test('a payment instrument shared by thousands is explained by nothing', () => {
  const many = {
    size: 20_000,
    topPayerShare: 0.9,
    sharedInstrumentShare: 1,
    ownDomainShare: 1,
    quietShare: null,
    medianActiveDays: 10,
    topAddressShare: 0,
  }
  const explained = innocentHypotheses.filter((each) => each.applies(many)).flatMap(({ explains }) => explains)
  expect(explained).not.toContain('shared-payment-instrument')
  expect(explained).not.toContain('shared-billing-details')
})
