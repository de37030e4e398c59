import { expect, test } from 'vitest'
import { collect } from './collect.ts'

const hour = (iso: string): number => Date.parse(iso) / 3_600_000

test('the second reading: hours, models and capabilities by group, everybody else as group 0', async () => {
  const rows = [
    { account_id: 'a', timestamp: '2026-06-01T10:00:00Z', model: 'small', use_case: 'code' },
    { account_id: ' a', timestamp: '2026-06-01T10:59:59Z', model: 'large', use_case: 'code' }, // the same account
    { account_id: 'b', timestamp: '2026-06-01T12:00:00Z', model: 'large', use_case: null },
    { account_id: 'c', timestamp: '2026-06-01T12:30:00Z', model: 'n/a', use_case: 'maths' },
    { account_id: 'd', timestamp: '2026-06-03T00:00:00Z', model: 'small' },
    { account_id: 'd', timestamp: 'no time', model: 'small' },
  ]
  await collect({ logs: { 'a.ndjson': rows } }, async (_, engine) => {
    const groups = await engine.readActivity(Int32Array.of(1, 1, 2, 0), 3) // a, b | c | d in none
    expect(groups.map(({ hours }) => [...hours].sort(([x], [y]) => x - y))).toEqual([
      [[hour('2026-06-03T00:00:00Z'), 1]],
      [
        [hour('2026-06-01T10:00:00Z'), 2],
        [hour('2026-06-01T12:00:00Z'), 1],
      ],
      [[hour('2026-06-01T12:00:00Z'), 1]],
    ])
    expect(groups.map(({ models }) => models)).toEqual([
      [['small', 1]],
      [
        ['large', 2],
        ['small', 1],
      ],
      [],
    ])
    expect(groups.map(({ capabilities }) => capabilities)).toEqual([[], [['code', 2]], [['maths', 1]]])
    const again = await engine.readActivity(Int32Array.of(0, 0, 0, 1), 2) // can be asked again
    expect(again.map(({ hours }) => [...hours.values()].reduce((sum, each) => sum + each, 0))).toEqual([4, 1])
  })
})

test('an engine that has read nothing says so, and closes twice without harm', async () => {
  await collect({ logs: { 'a.ndjson': [{ account_id: 'a', timestamp: 1780272006 }] } }, async (_, engine) => {
    await engine.close()
    await engine.close()
    await expect(engine.readActivity(new Int32Array(1), 1)).rejects.toThrow('collect comes first')
  })
})
