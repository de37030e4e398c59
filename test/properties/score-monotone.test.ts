import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SignalTest } from '../../src/networks/confirm.ts'
import type { GroupFacts } from '../../src/networks/innocent.ts'
import { scoreGroup } from '../../src/networks/score.ts'
import { signals } from '../../src/signals/registry.ts'

/** The one place that knows what a test of a signal looks like. */
const testOf = (
  signal: SignalTest['signal'],
  observed: number,
  expected: number,
  isConfirmed: boolean,
): SignalTest => ({
  signal,
  observed,
  expected,
  p: isConfirmed ? 0.001 : 0.5,
  coverage: 1,
  isConfirmed,
})

const share = fc.double({ min: 0, max: 1, noNaN: true })
const bits = fc.double({ min: 0, max: 30, noNaN: true })

/** Any group: a pair, a household, a class, tens of thousands; one payer or many; own domain, another, none known. */
const anyFacts: fc.Arbitrary<GroupFacts> = fc.record({
  size: fc.oneof(fc.integer({ min: 2, max: 70 }), fc.integer({ min: 71, max: 30_000 })),
  topPayerShare: share,
  sharedInstrumentShare: share,
  ownDomainShare: fc.option(share),
  medianActiveDays: fc.integer({ min: 0, max: 30 }),
  quietShare: fc.option(fc.double({ min: 0, max: 1 / 3, noNaN: true })),
  topAddressShare: share,
})

const anyTests: fc.Arbitrary<SignalTest[]> = fc
  .subarray([...signals], { minLength: 1 })
  .chain((some) =>
    fc.tuple(
      ...some.map((signal) =>
        fc
          .tuple(bits, share, fc.boolean())
          .map(([observed, expected, isConfirmed]) =>
            testOf(signal, observed, expected * 5, isConfirmed && signal.role !== 'corroborator'),
          ),
      ),
    ),
  )

test('raising the bits of one confirmed family, all else fixed, never lowers the score', () => {
  fc.assert(
    fc.property(
      anyTests,
      anyFacts,
      fc.nat(),
      fc.array(bits, { minLength: 4, maxLength: 4 }),
      (tests, facts, pick, more) => {
        const confirmed = tests.filter(({ isConfirmed }) => isConfirmed)
        fc.pre(confirmed.length > 0)
        const { family } = confirmed[pick % confirmed.length]!.signal
        const raised = tests.map((each, i) =>
          each.isConfirmed && each.signal.family === family
            ? { ...each, observed: each.observed + more[i % more.length]! }
            : each,
        )
        expect(scoreGroup(raised, facts).bits).toBeGreaterThanOrEqual(scoreGroup(tests, facts).bits)
      },
    ),
    { numRuns: 3000 },
  )
})

test('and so does confirming one more signal', () => {
  fc.assert(
    fc.property(anyTests, anyFacts, fc.nat(), (tests, facts, pick) => {
      const open = tests.filter(({ isConfirmed, signal }) => !isConfirmed && signal.role !== 'corroborator')
      fc.pre(open.length > 0)
      const more = tests.map((each) => (each === open[pick % open.length] ? { ...each, isConfirmed: true } : each))
      expect(scoreGroup(more, facts).bits).toBeGreaterThanOrEqual(scoreGroup(tests, facts).bits)
    }),
    { numRuns: 2000 },
  )
})
