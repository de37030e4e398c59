import { describe, expect, test } from 'vitest'
import type { FieldStats } from '../../src/evidence/tables.ts'
import { agreementBits, familyBits, meetingDiscount, strangerShare } from '../../src/signals/rarity.ts'

const field = (accounts: number, values: number): FieldStats => ({
  name: 'any',
  accounts,
  values,
  sampledOneIn: 1,
  valuesHeld: new Int32Array(0),
})

describe('strangerShare', () => {
  test.each([
    // (5 - 3 + 0.5) / (100 - 4 + 80 / 2 + 1) = 2.5 / 137
    { of: field(100, 80), holders: 5, inside: 3, insideField: 4, isIdentifier: false, share: 2.5 / 137 },
    // nobody outside: 0.5 / 137
    { of: field(100, 80), holders: 3, inside: 3, insideField: 4, isIdentifier: false, share: 0.5 / 137 },
    // no set at all: (2 + 0.5) / (100 + 40 + 1)
    { of: field(100, 80), holders: 2, inside: 0, insideField: 0, isIdentifier: false, share: 2.5 / 141 },
    // an identifier has 10,000 imaginary holders of other values beside it: 2.5 / (141 + 10,000)
    { of: field(100, 80), holders: 2, inside: 0, insideField: 0, isIdentifier: true, share: 2.5 / 10_141 },
    // everybody inside: (0 + 0.5) / (0 + 0.5 + 1): a share even then
    { of: field(10, 1), holders: 10, inside: 10, insideField: 10, isIdentifier: false, share: 1 / 3 },
    // fifty prompts each make none of them rarer, 2.5 / (100 + 100 / 2 + 1); fifty cards each show how large their space is
    { of: field(100, 5000), holders: 2, inside: 0, insideField: 0, isIdentifier: false, share: 2.5 / 151 },
    { of: field(100, 5000), holders: 2, inside: 0, insideField: 0, isIdentifier: true, share: 2.5 / 12_601 },
  ])('$holders holders, $inside inside: $share', ({ of, holders, inside, insideField, isIdentifier, share }) => {
    expect(strangerShare(of, holders, inside, insideField, isIdentifier)).toBeCloseTo(share, 12)
  })

  test('a ring does not make its own value common: 20,000 of 100,000 accounts hold it', () => {
    const all = field(100_000, 80_001)
    // Left out: 0.5 / (80,000 + 40,000.5 + 1) gives log2(0.9 / 4.2e-6) = 17.7 bits; counted in: 20,000.5 / 140,001.5, 2.7.
    expect(agreementBits(0.9, strangerShare(all, 20_000, 20_000, 20_000, false))).toBeCloseTo(17.72, 2)
    expect(agreementBits(0.9, strangerShare(all, 20_000, 0, 0, false))).toBeCloseTo(2.66, 2)
  })
})

test.each([
  [0.9, 0.9 / 1024, 10],
  [0.5, 0.5, 0],
  [0.5, 0.6, 0], // what strangers agree on as often says nothing, never less
  [1, 0.25, 2],
])('agreementBits(%d, %d) = %d', (agreement, share, bits) => {
  expect(agreementBits(agreement, share)).toBeCloseTo(bits, 12)
})

test.each([
  [1, 1, 0],
  [4, 8, 5], // log2(4) + log2(8)
  [0, 0, 0],
  [1, 1024, 10],
])('meetingDiscount(%d, %d) = %d', (a, b, bits) => {
  expect(meetingDiscount(a, b)).toBe(bits)
})

test.each([
  [[8], 14, 8],
  [[4, 8, 4], 14, 10], // 8 + (4 + 4) / 4
  [[13, 8], 14, 14], // 15, capped
  [[], 14, 0],
  [[-3, 5], 14, 5],
  [[-3], 14, 0],
])('familyBits(%j, %d) = %d', (matches, cap, bits) => {
  expect(familyBits(matches, cap)).toBe(bits)
})
