import { expect, test } from 'vitest'
import { hypergeometricTail, normalTail, poissonTail } from '../../src/signals/chance.ts'

test('tails of the normal distribution', () => {
  expect(normalTail(0)).toBeCloseTo(0.5, 6)
  expect(normalTail(1.959964)).toBeCloseTo(0.025, 6)
  expect(normalTail(-1.959964)).toBeCloseTo(0.975, 6)
  expect(normalTail(6)).toBeGreaterThan(9.8e-10) // 9.87e-10; Mills' ratio is a little above
  expect(normalTail(6)).toBeLessThan(1.05e-9)
})

test('tails of the Poisson distribution', () => {
  expect(poissonTail(0, 3)).toBe(1)
  expect(poissonTail(1, 0.5)).toBeCloseTo(1 - Math.exp(-0.5), 9)
  expect(poissonTail(3, 2)).toBeCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), 9)
  expect(poissonTail(100, 100)).toBeCloseTo(0.5133, 3)
  expect(poissonTail(5, 0)).toBe(1e-12)
})

test("Fisher's tea: all four cups right has chance 1 in 70, three or more 17 in 70", () => {
  expect(hypergeometricTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 9)
  expect(hypergeometricTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 9)
})
