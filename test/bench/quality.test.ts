import { describe, expect, test } from 'vitest'
import { replaceBetweenMarkers } from '../../bench/quality/document.js'
import { parseOptions, UsageError } from '../../bench/quality/options.js'
import { withoutFields } from '../../bench/quality/without-fields.js'
import { tablesOf } from '../networks/tables.ts'

describe('options of bench:quality', () => {
  test('take lists, repeated flags and ranges', () => {
    const options = parseOptions(
      ['--size', 'medium,small', '--size', 'small', '--seeds', '1-3,7', '--only', 'ours'],
      {},
    )
    expect(options.sizes).toEqual(['small', 'medium'])
    expect(options.seeds).toEqual([1, 2, 3, 7])
    expect(options.only).toEqual(['ours'])
  })

  test.each([
    ['--size', 'huge'],
    ['--only', 'all'],
    ['--seeds', '0'],
    ['--seeds', 'x'],
    ['--strengths', '2'],
    ['--nothing', 'x'],
  ])('refuse %s %s', (...argv) => expect(() => parseOptions(argv, {})).toThrow(UsageError))
})

test('evidence without a field is the evidence of an export that never had it', () => {
  const card = { card_fingerprint: { c1: [0, 1], c2: [2, 3, 4] } }
  const rest = { device_fingerprint: { d1: [0, 4] }, ip_block: { '192.0.2.0/24': [1, 2, 3] } }
  const fieldsPresent = new Set(['card_fingerprint', 'ip'])
  const read = { intake: [], sideAccounts: null, notes: [] }
  const evidence = { ...read, tables: tablesOf(5, { ...card, ...rest }), fieldsPresent }
  const without = withoutFields(evidence, ['card_fingerprint', 'timestamp'])
  expect(without.tables).toEqual(tablesOf(5, rest))
  expect([...without.fieldsPresent]).toEqual(['ip'])
})

test('the tables go between the markers of a page, and what is around them stays', () => {
  const page = 'a\n<!-- bench:quality -->\nold\n<!-- /bench:quality -->\nb\n'
  const expected = 'a\n<!-- bench:quality -->\n\nnew\n\n<!-- /bench:quality -->\nb\n'
  expect(replaceBetweenMarkers(page, 'new\n', 'page.md')).toBe(expected)
  expect(() => replaceBetweenMarkers('no markers', 'new', 'page.md')).toThrow('page.md')
})
