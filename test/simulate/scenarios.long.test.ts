import { expect, test, vi } from 'vitest'
import { listScenarios, resolveOptions } from '../../src/simulate/index.ts'
import { resolveScenario } from '../../src/simulate/scenarios.ts'
import { simulated } from './read.ts'

vi.setConfig({ testTimeout: 60_000 }) // each test writes and reads whole logs

const scenarios = listScenarios()

test('every scenario names its knobs with unit, default in range, and meaning', () => {
  expect(new Set(scenarios.map((each) => each.name)).size).toBe(scenarios.length)
  for (const { knobs } of scenarios) {
    for (const knob of knobs) {
      expect(knob.unit && knob.meaning).toBeTruthy()
      expect(knob.default).toBeGreaterThanOrEqual(knob.range[0])
      expect(knob.default).toBeLessThanOrEqual(knob.range[1])
    }
  }
})

test.each(scenarios.map((each) => [each.name, each] as const))('%s runs alone', async (name, scenario) => {
  const { summary, labels, rows } = await simulated({ scenarios: [{ name }], accounts: 0, requests: 3000, days: 5 })
  expect(labels.length).toBeGreaterThan(1)
  for (const label of labels) {
    expect(label).toMatchObject({ class: scenario.class, kind: scenario.kind })
    expect(label.network).toMatch(new RegExp(`^${name}-\\d+$`))
  }
  expect(rows.length).toBeGreaterThan(10)
  expect(summary.requests).toBeLessThan(6000) // few accounts with heavy tails scatter around the target
})

test('unknown names and values out of range are refused, with the choices', () => {
  expect(() => resolveScenario({ name: 'nothing' })).toThrow("unknown scenario 'nothing'")
  expect(() => resolveScenario({ name: 'relay', knobs: { speed: 1 } })).toThrow("no knob 'speed'")
  expect(() => resolveScenario({ name: 'relay', knobs: { rate: -1 } })).toThrow('out of range')
  expect(() => resolveScenario({ name: 'relay', knobs: { constructor: 1 } })).toThrow('no knob')
  expect(() => resolveOptions({ out: 'x', scenarios: 'toString' as never })).toThrow('unknown preset')
  expect(() => resolveOptions({ out: 'x', requests: Number.NaN })).toThrow('out of range')
})
