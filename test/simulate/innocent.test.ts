import { beforeAll, expect, test, vi } from 'vitest'
import { connectedShare, type Row, type Simulated, simulated, valuesBy } from './read.ts'

vi.setConfig({ hookTimeout: 120_000 })

let bench: Simulated

beforeAll(async () => {
  const scenarios = [
    'company',
    'undeclared-company',
    'office',
    'campus',
    'class',
    'hackathon',
    'ci-farm',
    'cron-fleet',
    'agency',
    'family',
    'vpn',
    'carrier-nat',
    'framework',
    'sdk',
    'vendor-product',
    'prepaid-region',
    'virtual-cards',
    'declared-reseller',
    'researcher',
    'evaluation',
    'outage',
    'release-day',
    'trial-credit',
  ].map((name) => ({ name }))
  bench = await simulated({ scenarios, accounts: 1000, requests: 300_000, days: 8 })
})

const idsOf = (network: string): string[] =>
  bench.labels.filter((each) => each.network === network).map((each) => each.account_id as string)
const rowsOf = (network: string): Row[] => pickRows(bench.rows, network)
const sideOf = (network: string): Row[] => pickRows(bench.accounts, network)
const pickRows = (rows: readonly Row[], network: string): Row[] => {
  const ids = new Set(idsOf(network))
  return rows.filter((row) => ids.has(String(row.account_id)))
}
const count = (rows: readonly Row[], column: string): number =>
  new Set(rows.map((row) => row[column]).filter((value) => value !== null && value !== '')).size
const holders = (network: string, column: string): number =>
  Math.max(...[...valuesBy(rowsOf(network), column, 'account_id').values()].map((each) => each.size))

test('companies: one domain and address; one organisation and payer where declared, own cards where not', () => {
  for (const network of ['company-1', 'undeclared-company-1']) {
    expect(count(sideOf(network), 'email_domain')).toBe(1)
    expect(holders(network, 'ip')).toBeGreaterThan(idsOf(network).length / 3)
    expect(count(rowsOf(network), 'system_prompt_hash')).toBeGreaterThan(5)
  }
  expect(count(sideOf('company-1'), 'organization_id')).toBe(1)
  expect(count(sideOf('company-1'), 'card_fingerprint')).toBe(1)
  expect(count(sideOf('undeclared-company-1'), 'organization_id')).toBe(0)
  expect(count(sideOf('undeclared-company-1'), 'card_fingerprint')).toBeGreaterThan(3)
})

test('office, campus, VPN, carrier NAT: strangers with cards of their own behind few addresses', () => {
  for (const network of ['office-1', 'campus-1', 'vpn-1', 'carrier-nat-1']) {
    expect(holders(network, 'ip'), network).toBeGreaterThan(7)
    const cards = sideOf(network).filter((each) => each.card_fingerprint)
    expect(count(cards, 'card_fingerprint'), network).toBeGreaterThanOrEqual(
      new Set(cards.map((each) => each.account_id)).size,
    )
  }
  expect(count(sideOf('campus-1'), 'email_domain')).toBeGreaterThan(5)
})

test('class and hackathon: one template, sign-ups within hours, silence after the event', () => {
  for (const [network, hours, days] of [
    ['class-1', 1.1, 7.1],
    ['hackathon-1', 6.1, 2.1],
  ] as const) {
    const created = sideOf(network).map((each) => Date.parse(String(each.created_at)))
    expect(Math.max(...created) - Math.min(...created)).toBeLessThan(hours * 3_600_000)
    expect(holders(network, 'system_prompt_hash')).toBeGreaterThan(idsOf(network).length / 2)
    const last = Math.max(...rowsOf(network).map((row) => Number(row.timestamp)))
    expect(last - Math.min(...created)).toBeLessThan(days * 86_400_000)
  }
  expect(count(sideOf('hackathon-1'), 'referral_code')).toBe(1)
})

test('build farm: one payer and image, all hours; cron fleet: strangers on the hour', () => {
  expect(count(sideOf('ci-farm-1'), 'card_fingerprint')).toBe(1)
  expect(count(rowsOf('ci-farm-1'), 'device_fingerprint')).toBe(1)
  expect(new Set(rowsOf('ci-farm-1').map((row) => Math.floor(Number(row.timestamp) / 3_600_000) % 24)).size).toBe(24)
  const minutes = rowsOf('cron-fleet-1').map((row) => Math.floor(Number(row.timestamp) / 60_000) % 60)
  expect(minutes.filter((minute) => minute < 5).length / minutes.length).toBeGreaterThan(0.4)
  expect(count(sideOf('cron-fleet-1'), 'email')).toBe(idsOf('cron-fleet-1').length)
})

test('agency, family, researcher: one card among few, not one template among all', () => {
  for (const network of ['agency-1', 'family-1', 'researcher-1'])
    expect(count(sideOf(network), 'card_fingerprint'), network).toBe(1)
  expect(count(rowsOf('agency-1'), 'system_prompt_hash')).toBeGreaterThan(10)
  expect(idsOf('family-1').length).toBeLessThanOrEqual(4)
})

test('framework, SDK, product: one client or template over strangers with nothing else in common', () => {
  for (const network of ['framework-1', 'sdk-1', 'vendor-product-1']) {
    const column = network === 'sdk-1' ? 'tls_fingerprint' : 'system_prompt_hash'
    expect(holders(network, column), network).toBeGreaterThan(idsOf(network).length / 4)
    expect(connectedShare(idsOf(network), sideOf(network), 'card_fingerprint', 'email')).toBeLessThan(0.05)
  }
})

test('prepaid region and virtual cards: few card ranges, every card its own', () => {
  for (const [network, ranges] of [
    ['prepaid-region-1', 1],
    ['virtual-cards-1', 2],
  ] as const) {
    const cards = sideOf(network).filter((each) => each.card_fingerprint)
    expect(count(cards, 'card_bin')).toBe(ranges)
    expect(count(cards, 'card_fingerprint')).toBe(cards.length)
  }
})

test('declared reseller: one organisation and payer, diverse content', () => {
  expect(count(sideOf('declared-reseller-1'), 'organization_id')).toBe(1)
  expect(count(sideOf('declared-reseller-1'), 'card_fingerprint')).toBe(1)
  expect(count(rowsOf('declared-reseller-1'), 'system_prompt_hash')).toBeGreaterThan(30)
})

test('evaluation: the same prompts from strangers; outage: refusals and a common return', () => {
  expect(holders('evaluation-1', 'prompt_hash')).toBeGreaterThan(4)
  const down = bench.rows
    .filter((row) => row.status === 529)
    .map((row) => Number(row.timestamp))
    .sort((a, b) => a - b)
  const middle = down[Math.floor(down.length / 2)] as number
  const perMinute = new Map<number, number>()
  for (const row of bench.rows) {
    const minute = Math.floor((Number(row.timestamp) - middle) / 60_000)
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1)
  }
  const after = Math.max(...[...perMinute].filter(([minute]) => Math.abs(minute) < 120).map(([, rows]) => rows))
  const typical = bench.rows.length / (8 * 24 * 60)
  expect(after / typical).toBeGreaterThan(4)
})

test('release day: strangers ask the new model within a day', () => {
  const rows = rowsOf('release-day-1').filter((row) => row.model === 'atlas-max-4')
  const first = Math.min(...bench.rows.filter((row) => row.model === 'atlas-max-4').map((row) => Number(row.timestamp)))
  const early = new Set(rows.filter((row) => Number(row.timestamp) < first + 86_400_000).map((row) => row.account_id))
  expect(early.size).toBeGreaterThan(20)
})

test('trial credits: shared cards and devices, at most two days of use, under a hundred requests', () => {
  const rows = rowsOf('trial-credit-1')
  expect(connectedShare(idsOf('trial-credit-1'), rows, 'card_fingerprint', 'device_fingerprint')).toBe(1)
  for (const times of valuesBy(rows, 'account_id', 'timestamp').values()) {
    const span = Math.max(...[...times].map(Number)) - Math.min(...[...times].map(Number))
    expect(span).toBeLessThan(2.1 * 86_400_000)
  }
  expect(rows.length / idsOf('trial-credit-1').length).toBeLessThan(100)
})
