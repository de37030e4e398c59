import { describe, expect, test } from 'vitest'
import { explainsTogether, type GroupFacts, innocentHypotheses } from '../../src/networks/innocent.ts'

const someFacts = (over: Partial<GroupFacts> = {}): GroupFacts => ({
  size: 40,
  topPayerShare: 0.1,
  sharedInstrumentShare: 0.1,
  ownDomainShare: 0,
  quietShare: 0,
  medianActiveDays: 10,
  topAddressShare: 0,
  ...over,
})

const named = (name: RegExp) => {
  const found = innocentHypotheses.find((each) => name.test(each.name))
  if (!found) throw new Error(`no hypothesis ${name}`)
  return { explains: new Set(found.explains), applies: (over: Partial<GroupFacts>) => found.applies(someFacts(over)) }
}

describe('hosted builds or scheduled jobs of strangers', () => {
  const { explains, applies } = named(/^hosted builds/)

  test('are always possible', () => {
    expect([applies({}), applies({ size: 30_000 }), applies({ ownDomainShare: null })]).toEqual([true, true, true])
  })

  test('one image and one clock explain device, client, address, hours and samples', () => {
    const image = ['shared-device', 'shared-client-stack', 'shared-address-block', 'network-concentration']
    const clock = ['synchronised-use', 'alike-use', 'round-the-clock-use', 'no-ramp', 'high-volume', 'best-of-n']
    expect([...image, ...clock].filter((id) => !explains.has(id))).toEqual([])
  })

  test('but no card, no registration, no queue, and nobody who moves on after a ban', () => {
    const unexplained = ['shared-payment-instrument', 'shared-registration-details', 'registration-burst']
    const operation = ['dispatcher', 'failover', 'hand-over', 'pool-shift']
    expect([...unexplained, ...operation, 'shared-prompt-template'].filter((id) => explains.has(id))).toEqual([])
  })
})

describe('machines of one owner', () => {
  const { explains, applies } = named(/^machines of one owner/)

  test.each([
    [true, { ownDomainShare: null }], // no mailbox is known
    [true, { ownDomainShare: 0.5 }],
    [false, { ownDomainShare: 0.49 }], // mailboxes all over the world
    [true, { ownDomainShare: 1, size: 30_000 }],
  ])('possible: %s for %j', (isPossible, over) => {
    expect(applies(over)).toBe(isPossible)
  })

  test('share out work, move on, and were registered together', () => {
    const operation = ['dispatcher', 'synchronised-use', 'failover', 'hand-over', 'pool-shift']
    const registration = ['shared-registration-details', 'registration-pattern', 'registration-burst']
    expect([...operation, ...registration, 'shared-device', 'alike-use'].filter((id) => !explains.has(id))).toEqual([])
  })

  test('but neither pay with forty cards nor replay reasoning', () => {
    const payment = ['shared-payment-instrument', 'issued-card-runs', 'card-bin-concentration']
    const purpose = ['signature-replay', 'trace-extraction', 'trace-cleaning', 'identity-injection']
    expect([...payment, ...purpose, 'shared-prompt-template'].filter((id) => explains.has(id))).toEqual([])
  })
})

describe('people of one place sleep', () => {
  test.each([/^class/, /^shared computers/])(
    '%s: possible with up to a tenth of the requests in the quietest eight hours, or with too few to say',
    (name) => {
      const { applies } = named(name)
      expect([0.1, 0.11, null].map((quietShare) => applies({ quietShare }))).toEqual([true, false, true])
    },
  )

  test('machines need not', () => {
    const { applies } = named(/^hosted builds/)
    expect(applies({ quietShare: 1 / 3 })).toBe(true)
    expect(named(/^machines of one owner/).applies({ quietShare: 1 / 3, ownDomainShare: 1 })).toBe(true)
  })
})

test('what nobody does by accident no hypothesis explains', () => {
  const explained = new Set(innocentHypotheses.flatMap(({ explains }) => explains))
  const never = ['signature-replay', 'trace-extraction']
  expect(never.filter((id) => explained.has(id))).toEqual([])
})

describe('signals that one cause explains among strangers', () => {
  test.each([
    [true, ['shared-address-block', 'shared-client-stack'], 60], // a product and its market
    [true, ['shared-prompt-template', 'shared-client-stack', 'shared-address-block'], 30_000],
    [true, ['shared-device', 'shared-client-stack', 'shared-address-block'], 60], // one image
    [false, ['shared-device', 'shared-prompt-template'], 60],
    [false, ['shared-payment-instrument', 'shared-client-stack'], 60],
    [true, ['shared-payment-instrument', 'shared-client-stack'], 6], // a household
    [true, ['shared-registration-details', 'shared-prompt-template'], 500], // a class
    [false, ['shared-registration-details', 'shared-prompt-template'], 501],
  ])('%s: %j of %i accounts', (isExplained, ids, size) => {
    expect(explainsTogether(ids, size)).toBe(isExplained)
  })
})
