import { expect, test } from 'vitest'
import { claimOf } from '../../src/networks/claim.ts'
import type { SignalTest } from '../../src/networks/confirm.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { signals } from '../../src/signals/registry.ts'

const all = [...signals, ...orderSignals]

/** A score in which these signals are confirmed, and one that is not. */
const confirming = (...ids: readonly string[]) => ({
  signals: [...ids, 'shared-device'].map((id, i) => ({ test: aTest(id, i < ids.length), bits: 8, countedBits: 8 })),
})

const aTest = (id: string, isConfirmed: boolean): SignalTest => ({
  signal: all.find((signal) => signal.id === id)!,
  observed: 8,
  expected: 0,
  p: 0.001,
  coverage: 1,
  isConfirmed,
})

test.each([
  ['common-control', ['shared-payment-instrument', 'shared-prompt-template']],
  ['common-control', ['shared-payment-instrument', 'synchronised-use']], // the same hours are no queue
  ['relay', ['shared-payment-instrument', 'dispatcher']],
  ['relay', ['hand-over']],
  ['common-control', ['shared-payment-instrument', 'rubric-grading']], // an evaluation grades as well
  ['relay', ['failover', 'rubric-grading']],
  ['extraction', ['rubric-grading', 'reasoning-elicitation']],
  ['extraction', ['dispatcher', 'signature-replay']],
] as const)('%s is claimed on %j', (claim, ids) => {
  expect(claimOf(confirming(...ids), 'high', 1000)).toBe(claim)
})

test('a finding of low severity, or of few requests, claims less', () => {
  expect(claimOf(confirming('dispatcher', 'signature-replay'), 'low', 5000)).toBe('common-control')
  expect(claimOf(confirming('dispatcher', 'signature-replay'), 'high', 999)).toBe('relay')
  expect(claimOf(confirming('signature-replay'), 'medium', 999)).toBe('common-control')
})
