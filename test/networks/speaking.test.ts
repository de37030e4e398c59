import { describe, expect, test } from 'vitest'
import { FAMILIES } from '../../src/model.ts'
import type { SignalTest } from '../../src/networks/confirm.ts'
import { type GroupFacts, REGION } from '../../src/networks/innocent.ts'
import { scoreGroup } from '../../src/networks/score.ts'
import { orderSignals } from '../../src/signals/order-registry.ts'
import { signals } from '../../src/signals/registry.ts'

const all = [...signals, ...orderSignals]
const strangers: GroupFacts = {
  size: 60,
  topPayerShare: 0.1,
  sharedInstrumentShare: 1,
  ownDomainShare: 0,
  quietShare: 0,
  medianActiveDays: 10,
  topAddressShare: 0,
}

const aTest = (id: string, over: Partial<SignalTest> = {}): SignalTest => ({
  signal: all.find((each) => each.id === id)!,
  observed: 9,
  expected: 0,
  coverage: 1,
  p: 0.001,
  isConfirmed: true,
  ...over,
})

const speaking = (...tests: readonly SignalTest[]): readonly string[] => scoreGroup(tests, strangers).speaking

describe('a family speaks', () => {
  test('for a third of the members', () => {
    const device = (coverage: number): SignalTest => aTest('shared-device', { coverage })
    const card = aTest('shared-payment-instrument')
    expect(speaking(card, device(1 / 3))).toEqual(['payment', 'client'])
    expect(speaking(card, device(19 / 60))).toEqual(['payment'])
    expect(scoreGroup([card, device(19 / 60)], strangers).confirmed).toEqual(['payment', 'client'])
  })

  test('if any one of its signals covers them: two that cover a quarter each do not add up', () => {
    const [device, client] = ['shared-device', 'shared-client-stack'] as const
    expect(speaking(aTest(device, { coverage: 0.25 }), aTest(client, { coverage: 0.25 }))).toEqual([])
    expect(speaking(aTest(device, { coverage: 0.25 }), aTest(client, { coverage: 0.5 }))).toEqual(['client'])
  })

  test('only when confirmed', () => {
    expect(speaking(aTest('shared-device', { isConfirmed: false }))).toEqual([])
  })
})

test.each(all.map(({ id, family }) => [id, family] as const))('%s', (id, family) => {
  const isSilent = family === 'purpose' || family === 'lifecycle' || REGION.includes(id)
  expect(speaking(aTest(id))).toEqual(isSilent ? [] : [family])
  expect(scoreGroup([aTest(id)], strangers).confirmed).toEqual([family])
})

test('what a group is for and how busy it is never make a second family, however many bits they say', () => {
  const silent = all.filter(({ family }) => family === 'purpose' || family === 'lifecycle')
  const tests = silent.map(({ id }) => aTest(id, { observed: 30 }))
  expect(silent.length).toBeGreaterThan(8)
  expect(speaking(...tests, aTest('shared-payment-instrument'))).toEqual(['payment'])
})

test('families come in the order of the model', () => {
  const some = scoreGroup(
    [...all].reverse().map(({ id }) => aTest(id)),
    strangers,
  )
  expect(some.confirmed).toEqual(FAMILIES)
  expect(some.speaking).toEqual(FAMILIES.filter((family) => !['network', 'lifecycle', 'purpose'].includes(family)))
})
