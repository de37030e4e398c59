import { beforeAll, expect, test, vi } from 'vitest'
import { connectedShare, type Row, type Simulated, simulated, valuesBy } from './read.ts'

vi.setConfig({ hookTimeout: 120_000 })

let bench: Simulated

beforeAll(async () => {
  const scenarios = ['agency-sdk', 'class-lab', 'office-template', 'vendor-region'].map((name) => ({ name }))
  bench = await simulated({ scenarios, accounts: 300, requests: 60_000, days: 8 })
})

const idsOf = (kind: string): string[] =>
  bench.labels.filter((each) => each.kind === kind).map((each) => each.account_id as string)
const rowsOf = (kind: string): Row[] => own(bench.rows, kind)
const sideOf = (kind: string): Row[] => own(bench.accounts, kind)
const own = (rows: readonly Row[], kind: string): Row[] => {
  const ids = new Set(idsOf(kind))
  return rows.filter((row) => ids.has(String(row.account_id)))
}
const distinct = (rows: readonly Row[], column: string): number =>
  new Set(rows.map((row) => row[column]).filter((value) => value !== null && value !== '')).size
/** Accounts on the commonest value of a column. */
const most = (kind: string, column: string): number =>
  Math.max(...[...valuesBy(rowsOf(kind), column, 'account_id').values()].map((each) => each.size))

test('all are innocent, one group each', () => {
  expect(bench.summary.networks.map((each) => [each.network, each.class, each.accounts])).toEqual([
    ['agency-sdk-1', 'innocent', 16],
    ['class-lab-1', 'innocent', 28],
    ['office-template-1', 'innocent', 24],
    ['vendor-region-1', 'innocent', 50],
  ])
})

test('agency-sdk: one card and one build; addresses, devices and templates are apart', () => {
  expect(distinct(sideOf('agency-sdk'), 'card_fingerprint')).toBe(1)
  expect(distinct(rowsOf('agency-sdk'), 'user_agent')).toBe(1)
  expect(distinct(rowsOf('agency-sdk'), 'tls_fingerprint')).toBe(1)
  expect(connectedShare(idsOf('agency-sdk'), rowsOf('agency-sdk'), 'device_fingerprint', 'system_prompt_hash')).toBe(
    1 / 16,
  )
})

test('class-lab: one template and one block, sign-ups in one hour; no card joins anybody', () => {
  expect(most('class-lab', 'system_prompt_hash')).toBeGreaterThan(20)
  const blocks = rowsOf('class-lab').map((row) => ({ ...row, block: String(row.ip).split('.').slice(0, 3).join('.') }))
  expect(Math.max(...[...valuesBy(blocks, 'block', 'account_id').values()].map((each) => each.size))).toBeGreaterThan(
    20,
  )
  const created = sideOf('class-lab').map((each) => Date.parse(String(each.created_at)))
  expect(Math.max(...created) - Math.min(...created)).toBeLessThanOrEqual(3_600_000)
  expect(connectedShare(idsOf('class-lab'), sideOf('class-lab'), 'card_fingerprint', 'email')).toBe(1 / 28)
})

test('office-template: one address and one template, a card for each', () => {
  expect(most('office-template', 'ip')).toBeGreaterThan(18)
  expect(most('office-template', 'system_prompt_hash')).toBeGreaterThan(18)
  expect(distinct(sideOf('office-template'), 'card_fingerprint')).toBeGreaterThanOrEqual(24)
  expect(connectedShare(idsOf('office-template'), sideOf('office-template'), 'card_fingerprint')).toBe(1 / 24)
})

test('vendor-region: template, client, card range and provider in common, cards and addresses not', () => {
  const rows = rowsOf('vendor-region')
  for (const column of ['user_agent', 'asn']) expect(distinct(rows, column), column).toBe(1)
  expect(distinct(sideOf('vendor-region'), 'card_bin')).toBe(1)
  expect(distinct(sideOf('vendor-region'), 'card_fingerprint')).toBe(50)
  expect(most('vendor-region', 'tools_hash')).toBeGreaterThan(35)
  expect(most('vendor-region', 'ip')).toBeLessThan(4)
})
