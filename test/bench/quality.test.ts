import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ABLATIONS } from '../../bench/quality/ablations.js'
import { markOf, replaceBetweenMarkers } from '../../bench/quality/document.js'
import { parseOptions, UsageError } from '../../bench/quality/options.js'
import { withoutFields } from '../../bench/quality/without-fields.js'
import { FAMILIES } from '../../src/model.ts'
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
    ['--seeds', '1-99999999999'],
    ['--strengths', '2'],
    ['--nothing', 'x'],
  ])('refuse %s %s', (...argv) => expect(() => parseOptions(argv, {})).toThrow(UsageError))
})

test('evidence without a field is the evidence of an export that never had it', () => {
  const card = { card_fingerprint: { c1: [0, 1], c2: [2, 3, 4] } }
  const rest = { device_fingerprint: { d1: [0, 4] }, ip_block: { '192.0.2.0/24': [1, 2, 3] } }
  const fieldsPresent = new Set(['card_fingerprint', 'ip'])
  const read = { intake: [], joins: [], duplicates: null, hours: new Float64Array(0), notes: [] }
  const evidence = { ...read, tables: tablesOf(5, { ...card, ...rest }), fieldsPresent }
  const without = withoutFields(evidence, ['card_fingerprint', 'timestamp'])
  expect(without.tables).toEqual(tablesOf(5, rest))
  expect([...without.fieldsPresent]).toEqual(['ip'])
})

test('the tables go between the markers of a page, and what is around them stays', () => {
  const page = 'a\n<!-- bench:quality -->\nold\n<!-- /bench:quality -->\nb\n'
  const what = { markdown: 'new\n', name: 'page.md' }
  const expected = 'a\n<!-- bench:quality -->\n\nnew\n\n<!-- /bench:quality -->\nb\n'
  expect(replaceBetweenMarkers(page, { mark: markOf({ seeds: null }), ...what })).toBe(expected)
  expect(() => replaceBetweenMarkers('no markers', { mark: 'm', ...what })).toThrow('page.md')
  // Held-out tables stand beside them, between lines of their own.
  const heldOut = page.replaceAll('quality', 'quality held-out')
  expect(replaceBetweenMarkers(page + heldOut, { mark: markOf({ seeds: 'held-out' }), ...what })).toBe(
    page + expected.replaceAll('quality', 'quality held-out'),
  )
})

test.each([
  [['--doc', 'nope.md'], "--doc: cannot read 'nope.md': ENOENT"],
  [['--doc', 'package.json'], "--doc: 'package.json' has no lines"],
  [['--cache', 'package.json'], "--cache: 'package.json' is no folder that can be written to: EEXIST"],
])('%j ends at once: one line, exit 2', async (argv, message) => {
  const running = promisify(execFile)(process.execPath, ['bench/quality/run.js', '--size', 'small', ...argv])
  const { code, stderr } = await running.then(
    () => ({ code: 0, stderr: '' }),
    (error: { code: number; stderr: string }) => error,
  )
  expect(code).toBe(2)
  const said = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('warning: '))
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(message)
})

test('every family of evidence is taken away once', () => {
  const whole = ABLATIONS.filter(({ id }) => id.startsWith('no-') && id !== 'no-content-hashes')
  expect(whole.map(({ family }) => family)).toEqual([...FAMILIES])
})
