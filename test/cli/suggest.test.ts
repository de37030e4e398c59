import { expect, test } from 'vitest'
import { editDistance, nearest } from '../../src/cli/suggest.ts'

test.each([
  ['scan', 'scan', 0],
  ['scna', 'scan', 1], // one swap of neighbours
  ['scn', 'scan', 1],
  ['sscan', 'scan', 1],
  ['scat', 'scan', 1],
  ['kitten', 'sitting', 3],
  ['', 'scan', 4],
])('%s → %s takes %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits)
  expect(editDistance(b, a)).toBe(edits)
})

test('the nearest within the bound, the first of equals, or none', () => {
  expect(nearest('inspct', ['scan', 'inspect'], 1)).toBe('inspect')
  expect(nearest('logs', ['scan', 'inspect'], 1)).toBeUndefined()
  expect(nearest('ab', ['aa', 'bb'], 1)).toBe('aa')
})
