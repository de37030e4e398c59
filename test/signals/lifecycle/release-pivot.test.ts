import { expect, test } from 'vitest'
import { createRandom } from '../../../src/random.ts'
import { releasePivot } from '../../../src/signals/lifecycle/release-pivot.ts'
import { DAY_MS, HOUR_MS, inputOf, type Request, START_MS } from '../order-input.ts'

const RELEASE_MS = START_MS + 6 * DAY_MS

/** A request an hour for ten days; those who switch ask the new model (1) every second time from the release on. */
const hourly = (from: number, to: number, switches: (account: number) => boolean): Request[] =>
  Array.from({ length: to - from }, (_, i) =>
    Array.from({ length: 240 }, (_, hour) => {
      const atMs = START_MS + hour * HOUR_MS
      return { account: from + i, atMs, model: atMs >= RELEASE_MS && hour % 2 === 0 && switches(from + i) ? 1 : 0 }
    }),
  ).flat()

const measure = (members: readonly Request[], strangers: readonly Request[]) =>
  releasePivot.measure(inputOf(members, 10, { strangers, strangerCount: 30 }), createRandom('none'))

const few = hourly(10, 40, (account) => account < 12)
const all = hourly(0, 10, () => true)

test('a group that turns to the new model on its first day', () => {
  // 10 of 10 against 2 of 30: log2((10.5 / 11) / (2.5 / 31)) = 3.565 bits, p = C(12, 10) / C(40, 10).
  const finding = measure(all, few)!
  expect(finding.bits).toBeCloseTo(3.565, 3)
  expect(finding.p).toBeCloseTo(66 / 847_660_528, 12)
  expect(finding).toMatchObject({ hasEffect: true, accounts: 10 })
})

test('not when everybody does, and not when half of a third does', () => {
  expect(
    measure(
      all,
      hourly(10, 40, () => true),
    )!.hasEffect,
  ).toBe(false)
  expect(
    measure(
      hourly(0, 10, (account) => account < 3),
      few,
    )!.hasEffect,
  ).toBe(false)
})

test('a log without a release cannot be tested', () => {
  expect(
    measure(
      hourly(0, 10, () => false),
      [],
    ),
  ).toBeNull()
})
