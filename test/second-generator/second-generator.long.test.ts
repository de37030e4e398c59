import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network, ScanResult } from '../../src/model.ts'
import { scan } from '../../src/scan.ts'
import { maple, quartz } from './export.ts'
import { generate } from './generate.ts'
import type { Truth } from './world.ts'

/**
 * The detector with its default settings on logs of a generator that was written without knowledge of `src/simulate`:
 * other distributions, id shapes, clocks and column names. No threshold was chosen with these logs in view, and none may be.
 */

/** Campaigns with three testable families and 1,000 requests or more, which have to be found at high. */
const LARGE = ['pipeline', 'relay', 'hydra', 'reseller', 'virtual-cards', 'left-neighbour', 'right-neighbour']

/**
 * Campaign or innocent situation → why it is judged wrongly today. Its tests are `test.fails`: they turn red when the cause
 * is gone, and the line goes then.
 */
const KNOWN: Readonly<Record<string, string>> = {
  crew: 'one cell for each card (4, 3 and 2 accounts): templates and hours in common, all of them rare, do not join the cells',
}
const testOf = (name: string): typeof test.fails => (name in KNOWN ? test.fails : test)

const isHigh = ({ severity }: Network): boolean => severity === 'high' || severity === 'critical'

describe.each([
  { seed: 20_260_302, house: maple },
  { seed: 77, house: quartz },
])('seed $seed, exported by $house.name', ({ seed, house }) => {
  const folder = mkdtempSync(join(tmpdir(), 'distill-scan-second-'))
  let result: ScanResult
  let truth: ReadonlyMap<string, Truth>
  let high: readonly Network[]

  const campaignOf = (id: string): string => truth.get(id)!.campaign
  const membersOf = (campaign: string): string[] =>
    [...truth].filter(([, each]) => each.campaign === campaign).map(([id]) => id)
  /** Members of the campaign in each of the networks that hold any, largest part first. */
  const partsOf = (campaign: string, networks: readonly Network[]): number[] =>
    networks
      .map(({ accounts }) => accounts.filter((id) => campaignOf(id) === campaign).length)
      .filter((count) => count > 0)
      .sort((a, b) => b - a)
  const found = (parts: readonly number[]): number => parts.reduce((sum, count) => sum + count, 0)

  beforeAll(async () => {
    const { inputs, accounts, truth: kept } = generate(seed, house, folder)
    truth = kept
    result = await scan({ inputs, accounts, map: house.map })
    high = result.networks.filter(isHigh)
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('the export is read in full, and every family that the log shows is tested', () => {
    expect(result.inputs.map(({ rejected }) => rejected.count)).toEqual([0, 0, 0])
    expect(result.totals.accounts).toBeGreaterThan(1500)
    expect(result.totals.accounts).toBeLessThan(3000)
    expect(result.totals.requests).toBeGreaterThan(30_000)
    expect(result.totals.requests).toBeLessThan(80_000)
    const tested = result.coverage.filter((each) => each.tested).map(({ family }) => family)
    expect(tested).toEqual(expect.arrayContaining(['payment', 'client', 'network', 'registration', 'content']))
  })

  /** Members of no campaign in networks at high, by what they are. */
  const innocentAtHigh = (networks: readonly Network[]): string[] =>
    networks.flatMap(({ accounts }) => accounts.filter((id) => campaignOf(id) === '').map((id) => truth.get(id)!.kind))
  const hasInnocentMajority = (network: Network): boolean =>
    innocentAtHigh([network]).length * 2 > network.accounts.length

  test('no network at high has an innocent majority', () => {
    const wrong = innocentAtHigh(high.filter(hasInnocentMajority))
    expect(wrong.filter((kind) => !(kind in KNOWN))).toEqual([])
  })

  testOf('agency with 3 cards')('nor is an agency high that pays with three cards under one name', () => {
    expect(innocentAtHigh(high.filter(hasInnocentMajority))).not.toContain('agency with 3 cards')
  })

  test('of the accounts in networks at high, 99 in 100 belong to a campaign', () => {
    const innocent = innocentAtHigh(high).filter((kind) => !(kind in KNOWN))
    const fraud = found(high.map(({ accounts }) => accounts.filter((id) => campaignOf(id) !== '').length))
    expect(fraud).toBeGreaterThan(200)
    expect(fraud / (fraud + innocent.length), innocent.join()).toBeGreaterThanOrEqual(0.99)
  })

  for (const campaign of LARGE) {
    testOf(campaign)(`${campaign}: nine tenths of it at high, in two networks at most`, () => {
      const parts = partsOf(campaign, high)
      expect(found(parts)).toBeGreaterThanOrEqual(0.9 * membersOf(campaign).length)
      expect(parts.length).toBeLessThanOrEqual(2)
    })
  }

  testOf('crew')('the crew: nine tenths of it at medium or above, in one network', () => {
    const parts = partsOf(
      'crew',
      result.networks.filter(({ severity }) => severity !== 'low'),
    )
    expect(found(parts)).toBeGreaterThanOrEqual(0.9 * membersOf('crew').length)
    expect(parts).toHaveLength(1)
  })

  test('no network holds members of two campaigns: two operators behind the same hosting stay two', () => {
    const mixed = result.networks.map(({ accounts }) => [
      ...new Set(accounts.map(campaignOf).filter((each) => each !== '')),
    ])
    expect(mixed.filter((campaigns) => campaigns.length > 1)).toEqual([])
  })
})
