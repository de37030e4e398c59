import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHandOverCounter, type Passing } from '../../../src/signals/continuity/hand-over-counter.ts'

const HOUR_MS = 3_600_000

/** Every beginning against the last eight ends before it, one by one. */
function slowCount(
  passings: readonly Passing[],
  ends: ReadonlyMap<number, number>,
  windowMs: number,
  isSamePayer: (a: number, b: number) => boolean,
): number {
  const beginnings = passings.flatMap(({ accounts, beganMs }) =>
    [...accounts].flatMap((heir, i) => {
      const before = [...accounts].filter((each) => ends.has(each) && ends.get(each)! <= beganMs[i]!)
      const last = before.sort((a, b) => ends.get(b)! - ends.get(a)! || b - a).slice(0, 8)
      const isOwner = (owner: number): boolean =>
        owner !== heir && beganMs[i]! - ends.get(owner)! <= windowMs && !isSamePayer(owner, heir)
      return last.some(isOwner) ? [beganMs[i]!] : []
    }),
  )
  let lastMs = Number.NEGATIVE_INFINITY
  return beginnings
    .sort((a, b) => a - b)
    .filter((atMs) => {
      if (atMs - lastMs <= windowMs) return false
      lastMs = atMs
      return true
    }).length
}

// Few hours, so that many ends and beginnings fall together.
const hours = fc.array(fc.nat(24), { minLength: 14, maxLength: 14 })
const passing = fc
  .uniqueArray(fc.tuple(fc.nat(13), fc.nat(24)), { selector: ([account]) => account, minLength: 1 })
  .map((all) => {
    const sorted = all.sort(([a, x], [b, y]) => x - y || a - b)
    return {
      accounts: Int32Array.from(sorted, ([account]) => account),
      beganMs: Float64Array.from(sorted, ([, hour]) => hour * HOUR_MS),
    }
  })

test('counts what every beginning against every end gives, draw after draw in the same memory', () => {
  fc.assert(
    fc.property(
      fc.array(passing, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.nat(13)).map((all) => Int32Array.from(all).sort()),
      fc.array(hours, { minLength: 1, maxLength: 3 }),
      (passings, stopped, draws) => {
        const isSamePayer = (a: number, b: number): boolean => a % 5 === b % 5
        const count = createHandOverCounter(passings, stopped, isSamePayer)
        for (const draw of draws) {
          const endMs = Float64Array.from(stopped, (account) => draw[account]! * HOUR_MS)
          const ends = new Map([...stopped].map((account, i) => [account, endMs[i]!]))
          for (const windowMs of [HOUR_MS / 2, 6 * HOUR_MS])
            expect(count(endMs, windowMs)).toBe(slowCount(passings, ends, windowMs, isSamePayer))
        }
      },
    ),
    { numRuns: 300 },
  )
})
