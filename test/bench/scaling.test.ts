import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { innocentsOf, scenariosOf } from '../../bench/scaling-data.js'
import { AXES, parseScalingOptions } from '../../bench/scaling-plan.js'
import { exponentsOf, type Measured, scalingSections } from '../../bench/scaling-report.js'
import { slope } from '../../bench/statistics.js'
import { listScenarios, simulate } from '../../src/simulate/index.ts'

describe('the plan of bench:scaling', () => {
  test('each axis moves one thing', () => {
    const { series } = parseScalingOptions([])
    expect(series.map(({ axis }) => axis)).toEqual(AXES)
    expect(series.map(({ axis, points }) => points.map((point) => point[axis]))).toEqual([
      [1_000_000, 4_000_000, 28_800_000],
      [10_000, 100_000, 1_000_000],
      [0.01, 0.1, 0.5],
    ])
    for (const { axis, points } of series)
      for (const other of AXES.filter((each) => each !== axis))
        expect(new Set(points.map((point) => point[other])).size).toBe(1)
  })

  test('steps and axes are chosen by flags', () => {
    const { series } = parseScalingOptions(['--axes', 'share,rows', '--rows', '5,50', '--shares', '0.2'])
    expect(series).toEqual([
      {
        axis: 'rows',
        points: [
          { rows: 5, accounts: 20_000, share: 0.1 },
          { rows: 50, accounts: 20_000, share: 0.1 },
        ],
      },
      { axis: 'share', points: [{ rows: 4_000_000, accounts: 20_000, share: 0.2 }] },
    ])
  })

  test.each([
    [['--axes', 'days'], "--axes: no axis 'days'; use some of rows, accounts, share"],
    [['--shares', '50'], "--shares: '50' is no share between 0 and 1"],
    [['--rows', '4000,1000'], "the steps of 'rows' must rise: 4000,1000"],
    [['--rows', 'many'], "--rows: 'many' is no whole number from 1 on"],
  ])('refuses %j', (argv, message) => expect(() => parseScalingOptions(argv)).toThrow(message))
})

describe('the logs', () => {
  test.each([
    [{ rows: 4_000_000, accounts: 1_000_000, share: 0.1 }, 25_000],
    [{ rows: 1_000_000, accounts: 20_000, share: 0.01 }, 50],
    [{ rows: 1_000_000, accounts: 20_000, share: 0.5 }, 2500],
  ])('%j has four campaigns of %d accounts, and every scenario is in its range', (point, accounts) => {
    const known = listScenarios()
    const scenarios = scenariosOf(point, known)
    const campaigns = scenarios.filter(({ name }) => known.find((each) => each.name === name)!.class === 'fraud')
    expect(campaigns.map(({ knobs }) => knobs?.accounts)).toEqual([accounts, accounts, accounts, accounts])
    for (const { name, knobs = {} } of scenarios) {
      for (const [knob, value] of Object.entries(knobs)) {
        const [least, most] = known.find((each) => each.name === name)!.knobs.find((each) => each.name === knob)!.range
        expect(value).toBeGreaterThanOrEqual(least)
        expect(value).toBeLessThanOrEqual(most)
      }
    }
  })

  test('innocent groups are as many as was reckoned with', async ({ onTestFinished }) => {
    const out = mkdtempSync(join(tmpdir(), 'scaling-'))
    onTestFinished(() => rmSync(out, { recursive: true }))
    const known = listScenarios()
    const scenarios = scenariosOf({ rows: 2000, accounts: 200, share: 0.1 }, known)
    const { networks } = await simulate({ out, seed: 's', requests: 2000, accounts: 10, days: 14, scenarios })
    const planted = networks.filter((network) => network.class === 'innocent')
    const accounts = planted.reduce((sum, network) => sum + network.accounts, 0)
    expect(Math.abs(innocentsOf(scenarios, known) / accounts - 1)).toBeLessThan(0.1)
  })
})

const runOf = (seconds: number, stages: Readonly<Record<string, number>>, peakBytes = 2 ** 30) => ({
  ...{ wallSeconds: seconds, cpuSeconds: seconds * 2, peakBytes, firstByteSeconds: Number.NaN, stderr: '', exit: 0 },
  ...{ floor: null, counted: null, failure: null },
  scan: { stages: new Map(Object.entries(stages)), rows: 1, accounts: 1, networks: 3, report: '' },
})
const pointOf = (rows: number, runs: Measured['runs']): Measured => ({
  rows,
  accounts: 10,
  share: 0.5,
  bytes: 1e6,
  runs,
})

describe('judging growth', () => {
  test('the exponent of a power is the power', () => {
    expect(slope([1, 4, 28.8], [3, 12, 86.4])).toBeCloseTo(1)
    expect(slope([1, 10, 100], [7, 7, 7])).toBeCloseTo(0)
    expect(slope([2, 4], [3, 12])).toBeCloseTo(2)
    expect(slope([2], [3])).toBeNaN()
    expect(slope([2, 4], [3, Number.NaN])).toBeNaN()
  })

  test('a square is above the bound, and the stage that makes it is named', () => {
    const points = [
      pointOf(10, [runOf(1, { reading: 0.9, grouping: 0.1 })]),
      pointOf(100, [runOf(100, { reading: 9, grouping: 91 })]),
    ]
    expect(exponentsOf({ axis: 'rows', points })).toEqual({
      cpu: expect.closeTo(2),
      wall: expect.closeTo(2),
      memory: expect.closeTo(0),
    })
    const [growth, measured] = scalingSections([{ axis: 'rows', points }])
    expect(growth!.rows).toEqual([['rows', '10', '100', '2.00', '2.00', '0.00', '100.00', 'NO', 'grouping 2.96']])
    expect(measured!.rows[1]).toEqual(['rows', '100', '10', '50 %', '1', '100.00', '200.00', '1024', '3'])
  })

  test('a line is within it, and one step says nothing', () => {
    const line = [pointOf(10, [runOf(1, { reading: 1 })]), pointOf(100, [runOf(10, { reading: 10 })])]
    const [growth] = scalingSections([
      { axis: 'rows', points: line },
      { axis: 'share', points: line.slice(0, 1) },
    ])
    expect(growth!.rows[0]!.slice(3, 8)).toEqual(['1.00', '1.00', '0.00', '10.00', 'yes'])
    expect(growth!.rows[1]).toEqual(['share of fraud', '50 %', '50 %', '–', '–', '–', '1.00', '–', '–'])
  })

  test('a scan that failed has no figures and is named', () => {
    const failed = {
      ...runOf(1, {}),
      wallSeconds: Number.NaN,
      cpuSeconds: Number.NaN,
      scan: null,
      failure: 'exit 2: x',
    }
    const [growth, measured] = scalingSections([
      { axis: 'rows', points: [pointOf(10, [runOf(1, {})]), pointOf(100, [failed])] },
    ])
    expect(growth!.rows[0]!.slice(3, 8)).toEqual(['–', '–', '0.00', '–', '–'])
    expect(measured!.rows[1]![0]).toBe('rows: FAILED, exit 2: x')
  })
})
