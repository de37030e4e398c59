import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CoreCandidate, networkId } from '../../src/networks/identity.ts'

const member = (id: string, linkBits: number, firstAtMs = 0): CoreCandidate => ({ id, linkBits, firstAtMs })

/** RFC 4648 base32 over the whole number, not byte by byte. */
function slowId(ids: readonly string[]): string {
  const hash = createHash('sha256').update(ids.join('\n')).digest('hex')
  const first50Bits = BigInt(`0x${hash}`) >> 206n
  const digits = Array.from({ length: 10 }, (_, i) => Number((first50Bits >> BigInt(45 - 5 * i)) & 31n))
  return digits.map((digit) => 'abcdefghijklmnopqrstuvwxyz234567'[digit]).join('')
}

test('ten base32 characters of the SHA-256 over the sorted ids of the eight with the most link bits', () => {
  const members = Array.from({ length: 12 }, (_, i) => member(`a${i}`, i))
  expect(networkId(members)).toMatch(/^[a-z2-7]{10}$/)
  // a4 … a11, sorted as text
  expect(networkId(members)).toBe(slowId(['a10', 'a11', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9']))
})

test('ties go to the earliest request, then to the id; no request at all comes last', () => {
  const filler = Array.from({ length: 6 }, (_, i) => member(`f${i}`, 9))
  const tied = [member('late', 1, 200), member('never', 1, Number.NaN), member('b', 1, 100), member('a', 1, 100)]
  expect(networkId([...filler, ...tied])).toBe(slowId(['a', 'b', 'f0', 'f1', 'f2', 'f3', 'f4', 'f5']))
  const seven = Array.from({ length: 7 }, (_, i) => member(`f${i}`, 9))
  expect(networkId([...seven, member('never', 1, Number.NaN), member('late', 1, 200)])).toBe(
    slowId(['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'late']),
  )
})

const members = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6 }),
    linkBits: fc.integer({ min: 0, max: 4 }),
    firstAtMs: fc.oneof(fc.nat(3), fc.constant(Number.NaN)),
  }),
  { selector: ({ id }) => id, minLength: 3, maxLength: 20 },
)

test('the order of the members does not matter', () => {
  fc.assert(
    fc.property(members, fc.infiniteStream(fc.nat()), (given, keys) => {
      const shuffled = given.map((each) => ({ each, key: keys.next().value as number })).sort((a, b) => a.key - b.key)
      expect(networkId(shuffled.map(({ each }) => each))).toBe(networkId(given))
    }),
    { numRuns: 200 },
  )
})

test('a newcomer with fewer link bits than the eight does not change it', () => {
  fc.assert(
    fc.property(members, fc.string({ minLength: 7, maxLength: 9 }), (given, id) => {
      fc.pre(given.length >= 8)
      const core = given.map((each) => ({ ...each, linkBits: each.linkBits + 1 }))
      expect(networkId([...core, member(id, 0)])).toBe(networkId(core))
    }),
    { numRuns: 100 },
  )
})
