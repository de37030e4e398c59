import { expect, test } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit-code.ts'
import type { ChangeStatus, Severity } from '../../src/model.ts'
import { rejectRate } from '../../src/reject-rate.ts'
import { aChange, aNetwork, anInput, aResult } from '../helpers/results.ts'

const found = (severity: Severity, rejected = 0) =>
  aResult({
    networks: [aNetwork({ severity })],
    inputs: [
      anInput({ records: 100 - rejected, rejected: { count: rejected, reasons: { damaged: rejected }, first: [] } }),
    ],
  })

test.each([
  ['findings without --fail-on', found('critical'), null, 0],
  ['a finding of the severity', found('high'), 'high', 1],
  ['a finding above it', found('critical'), 'high', 1],
  ['a finding below it', found('medium'), 'high', 0],
  ['no finding', aResult(), 'low', 0],
  ['rejects at the bound', found('low', 1), null, 0],
  ['rejects above the bound', found('low', 2), null, 3],
  ['rejects outrank findings', found('critical', 2), 'high', 3],
  ['no record at all', aResult({ inputs: [] }), null, 0],
] as const)('%s', (_, result, failOn, code) => {
  expect(exitCodeOf(result, { failOn, maxRejectRate: 0.01 })).toBe(code)
})

test('the rate is judged over the run, not per file', () => {
  const good = anInput({ records: 990 })
  const bad = anInput({ records: 5, rejected: { count: 5, reasons: { damaged: 5 }, first: [] } })
  expect(rejectRate([good, bad])).toBe(0.005) // 5 of 1000
  expect(rejectRate([bad])).toBe(0.5)
})

test.each([
  ['new', 1],
  ['grown', 1],
  ['merged', 1],
  ['split', 1],
  ['unchanged', 0],
  ['shrunk', 0],
  ['quiet', 0],
] as const satisfies (readonly [ChangeStatus, number])[])(
  'after an earlier report, a network that is %s',
  (status, code) => {
    const result = aResult({ networks: [aNetwork({ severity: 'critical', change: aChange({ status }) })] })
    expect(exitCodeOf(result, { failOn: 'high', maxRejectRate: 0.01 })).toBe(code)
    expect(exitCodeOf(result, { failOn: null, maxRejectRate: 0.01 })).toBe(0)
  },
)

test('news below the severity does not fail a run that has old findings above it', () => {
  const networks = [
    aNetwork({ severity: 'critical', change: aChange() }),
    aNetwork({ severity: 'medium', change: aChange({ status: 'new' }) }),
  ]
  expect(exitCodeOf(aResult({ networks }), { failOn: 'high', maxRejectRate: 0.01 })).toBe(0)
})
