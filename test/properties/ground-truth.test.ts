import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ScanResult, SEVERITIES, type Severity } from '../../src/model.ts'
import { createRandom } from '../../src/random.ts'
import { scan } from '../../src/scan.ts'
import { demoLogs, lines, outline, plantedNetworks, readLabels, scanTexts } from './demo.ts'

const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)

const scanFolder = (folder: string): Promise<ScanResult> =>
  scan({ inputs: [`${folder}/logs.ndjson`], accounts: [`${folder}/accounts.csv`] })

describe('the demo', () => {
  const labels = readLabels('fixtures/demo/labels.csv')
  const planted = plantedNetworks(labels)
  const isFraud = new Set(labels.filter((label) => label.class === 'fraud').map(({ accountId }) => accountId))
  let result: ScanResult
  beforeAll(async () => {
    result = await scanFolder('fixtures/demo')
  })

  test('its two planted networks are at ranks 1 and 2 with exactly their accounts', () => {
    expect([...planted.keys()]).toHaveLength(2)
    const found = result.networks.slice(0, 2).map(({ accounts }) => accounts.join())
    expect(found.sort()).toEqual([...planted.values()].map((accounts) => accounts.join()).sort())
  })

  test('both are high or above', () => {
    for (const { severity } of result.networks.slice(0, 2)) expect(isAtLeast(severity, 'high')).toBe(true)
  })

  test('nothing innocent is', () => {
    const accused = result.networks
      .filter(({ severity }) => isAtLeast(severity, 'high'))
      .flatMap(({ accounts }) => accounts)
    expect(accused.filter((id) => !isFraud.has(id))).toEqual([])
  })

  test('the declared company is explained, not ranked', () => {
    const company = labels.filter(({ network }) => network === 'company-1').map(({ accountId }) => accountId)
    expect(result.explained.map(({ accounts }) => accounts)).toContainEqual(company.sort())
    const ranked = new Set(result.networks.flatMap(({ accounts }) => accounts))
    expect(company.filter((id) => ranked.has(id))).toEqual([])
  })

  test('every account is in one network at most', () => {
    const all = result.networks.flatMap(({ accounts }) => accounts)
    expect(new Set(all).size).toBe(all.length)
  })

  test('what is counted adds up: requests by hour, models and members are those of the network', () => {
    for (const { requests, activity, models, members, score, evidence } of result.networks) {
      const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
      expect(sum(activity.hourly)).toBe(requests)
      expect(sum(models.map((each) => each.requests))).toBeLessThanOrEqual(requests)
      expect(sum(members.map((each) => each.requests))).toBe(requests)
      expect(Math.round(sum(evidence.map((each) => each.countedBits)) * 10)).toBe(Math.round(score * 10))
    }
    const inside = result.networks.reduce((total, { requests }) => total + requests, 0)
    const outside = result.background.hourly.reduce((total, each) => total + each, 0)
    expect(inside + outside).toBe(result.totals.requests)
  })

  // With an address of its own for every request nothing is left of the network family, and all else is.
  test('with another address for every request the same networks are found', async () => {
    const random = createRandom('addresses')
    const group = (): string => random.below(65_536).toString(16)
    const rotated = demoLogs.map((line) =>
      JSON.stringify({ ...JSON.parse(line), ip: `2001:db8:${group()}:${group()}::1` }),
    )
    const other = await scanTexts([lines(rotated)])
    const found = other.networks.slice(0, 2).map(({ accounts }) => accounts.join())
    expect(found.sort(), outline(other).join('; ')).toEqual(
      [...planted.values()].map((accounts) => accounts.join()).sort(),
    )
    for (const { severity } of other.networks.slice(0, 2)) expect(isAtLeast(severity, 'high')).toBe(true)
  })
})

describe.skipIf(!existsSync('fixtures/innocent/logs.ndjson'))('innocent groups alone', () => {
  test('nothing is at medium or above', async () => {
    const { networks } = await scanFolder('fixtures/innocent')
    const labels = new Map(readLabels('fixtures/innocent/labels.csv').map((label) => [label.accountId, label.kind]))
    const accused = networks
      .filter(({ severity }) => isAtLeast(severity, 'medium'))
      .map(
        ({ severity, score, accounts }) => `${severity} ${score} ${[...new Set(accounts.map((id) => labels.get(id)))]}`,
      )
    expect(accused).toEqual([])
  })
})
