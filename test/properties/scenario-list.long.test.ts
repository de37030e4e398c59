import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ScanResult } from '../../src/model.ts'
import { comparable, lines, scanTexts, shuffled } from './demo.ts'
import {
  membership,
  renamed,
  scanOf,
  simulated,
  type Texts,
  underOldNames,
  WITHOUT_VOLUME_GATE,
} from './scenario-list.ts'

/** What must not matter, on a log with every campaign and every innocent situation of the simulator. */

let bench: Texts
let base: ScanResult
let ids: readonly string[]

beforeAll(async () => {
  bench = await simulated('bench', 'invariance', 30_000)
  base = await scanOf(bench)
  ids = bench.labels.map(({ accountId }) => accountId).sort()
}, 120_000)

/** Accounts in networks at high or above of which fewer than half are fraud, by kind. */
function accused({ networks }: ScanResult, labels: Texts['labels']): string[] {
  const labelOf = new Map(labels.map((label) => [label.accountId, label]))
  return networks
    .filter(({ severity }) => severity === 'high' || severity === 'critical')
    .filter(({ accounts }) => accounts.filter((id) => labelOf.get(id)!.class === 'fraud').length * 2 < accounts.length)
    .map(({ accounts }) => accounts.map((id) => labelOf.get(id)!.kind).join())
}

test('there is something to compare', () => {
  expect(base.totals.accounts).toBeGreaterThan(800)
  expect(base.networks.filter(({ severity }) => severity === 'high').length).toBeGreaterThan(3)
})

test('the country of requests and of cards: permuting them among accounts changes nothing', async () => {
  const countryOf = new Map(shuffled(ids, 'countries').map((id, i) => [id, ['XA', 'XB', 'XC', 'XD', ''][i % 5]!]))
  const logs = bench.logs.map((line) => {
    const row = JSON.parse(line) as { account_id: string }
    return JSON.stringify({ ...row, country: countryOf.get(row.account_id) })
  })
  const [header, ...rows] = bench.accounts
  const accounts = rows.map((line) => `${line},${countryOf.get(line.slice(0, line.indexOf(',')))}`)
  const result = await scanOf({ ...bench, logs, accounts: [`${header},card_country`, ...accounts] })
  expect(comparable(result)).toBe(comparable(base))
})

test('the order of lines, their files and the threads: nothing changes', async () => {
  const mixed = shuffled(bench.logs, 'order')
  const parts = [mixed.slice(0, 5000), mixed.slice(5000, 6000), mixed.slice(6000)]
  const accountsText = lines([bench.accounts[0]!, ...shuffled(bench.accounts.slice(1), 'order')])
  const logs = [lines(parts[2]!), gzipSync(lines(parts[0]!)), lines(parts[1]!)]
  const result = await scanTexts(logs, { accountsText, config: { ...WITHOUT_VOLUME_GATE, threads: 1 } })
  expect(comparable(result)).toBe(comparable(base))
})

describe('the names of accounts', () => {
  const number = (order: readonly string[]): ReadonlyMap<string, string> =>
    new Map(order.map((id, i) => [id, `subject-${String(i).padStart(6, '0')}`]))

  test('new names in the old order: everything else is the same, but for ids made from names', async () => {
    const nameOf = number(ids)
    const result = await scanOf(renamed(bench, nameOf))
    expect(underOldNames(result, nameOf)).toBe(underOldNames(base, new Map()))
  })

  test('new names in any order: the same members and severities', async () => {
    const nameOf = number(shuffled(ids, 'names'))
    const result = await scanOf(renamed(bench, nameOf))
    expect(membership(result, nameOf)).toEqual(membership(base))
  })
})

test('more strangers: no innocent group becomes high', async () => {
  expect(accused(base, bench.labels)).toEqual([])
  const plain = await simulated('plain', 'strangers', 8000)
  const others = renamed(plain, new Map(plain.labels.map(({ accountId }) => [accountId, `more-${accountId}`])))
  const result = await scanOf({
    logs: [...bench.logs, ...others.logs],
    accounts: [...bench.accounts, ...others.accounts.slice(1)],
    labels: [],
  })
  expect(result.totals.accounts).toBeGreaterThan(base.totals.accounts * 1.2)
  expect(accused(result, [...bench.labels, ...others.labels])).toEqual([])
})
