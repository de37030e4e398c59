import { expect, test, vi } from 'vitest'
import { type Row, type Simulated, simulated } from './read.ts'

vi.setConfig({ testTimeout: 60_000 }) // each test writes and reads whole logs

const ring = (name: string, knobs: Readonly<Record<string, number>> = {}) =>
  simulated({
    scenarios: [{ name, knobs: { accounts: 400, rate: 3, ...knobs } }],
    accounts: 400,
    requests: 12_000,
    days: 4,
  })

const idsOf = ({ labels }: Simulated, label: string): Set<unknown> =>
  new Set(labels.filter((each) => each.class === label).map((each) => each.account_id))
/** Share of rows of a class that lack a value. */
const missing = (from: Simulated, rows: readonly Row[], column: string, label: string): number => {
  const ids = idsOf(from, label)
  const own = rows.filter((row) => ids.has(row.account_id ?? ''))
  return own.filter((row) => row[column] === null || row[column] === '').length / own.length
}

// Shares of 400 accounts: two standard deviations of a share of 0.2 are 0.04.
test('planted accounts lack what strangers lack: phone, referral code, device fingerprint, card', async () => {
  const pipeline = await ring('pipeline')
  for (const column of ['phone_prefix', 'referral_code']) {
    const [planted, strangers] = ['fraud', 'innocent'].map((each) => missing(pipeline, pipeline.accounts, column, each))
    expect(Math.abs((planted as number) - (strangers as number)), column).toBeLessThan(0.08)
  }
  const device = missing(pipeline, pipeline.rows, 'device_fingerprint', 'fraud')
  expect(Math.abs(device - 0.15)).toBeLessThan(0.05)
  expect(Math.abs(missing(pipeline, pipeline.accounts, 'card_fingerprint', 'fraud') - 0.05)).toBeLessThan(0.03)
})

test('`missing: 0` fills every field', async () => {
  const pipeline = await ring('pipeline', { missing: 0 })
  for (const column of ['device_fingerprint', 'tls_fingerprint', 'card_fingerprint'])
    expect(missing(pipeline, pipeline.rows, column, 'fraud'), column).toBe(0)
})

test('hydra: `carry` of a new wave go on with a card or a device of the wave before', async () => {
  const carriedIn = async (carry: number): Promise<number> => {
    const hydra = await ring('hydra', { carry, waves: 2, missing: 0, perCard: 1, perDevice: 1, rate: 15 })
    const members = idsOf(hydra, 'fraud')
    const holders = new Map<unknown, Set<unknown>>()
    for (const row of hydra.rows.filter((each) => members.has(each.account_id ?? '')))
      for (const value of [row.card_fingerprint, row.device_fingerprint])
        holders.set(value, (holders.get(value) ?? new Set()).add(row.account_id))
    const joined = [...holders.values()].filter((each) => each.size > 1).flatMap((each) => [...each].slice(1))
    return new Set(joined).size / 200
  }
  expect(await carriedIn(0)).toBe(0)
  const share = await carriedIn(0.2)
  expect(share).toBeGreaterThan(0.1)
  expect(share).toBeLessThan(0.3)
})

test('the median stranger keeps its requests where the target is small, and the tail stays heavy', async () => {
  const options = { scenarios: 'plain', accounts: 600, requests: 10_000, days: 14 } as const
  const volumes = async (strangerMedian: number): Promise<number[]> => {
    const { rows, labels } = await simulated({ ...options, strangerMedian })
    const counts = new Map(labels.map((each) => [each.account_id as string, 0]))
    for (const row of rows) counts.set(String(row.account_id), (counts.get(String(row.account_id)) ?? 0) + 1)
    return [...counts.values()].sort((a, b) => a - b)
  }
  const even = await volumes(0)
  const fitted = await volumes(12)
  expect(even[300]).toBeLessThan(12)
  expect(Math.abs((fitted[300] as number) / 12 - 1)).toBeLessThan(0.25)
  expect((fitted[594] as number) / (fitted[300] as number)).toBeGreaterThan(5)
  expect(Math.abs(fitted.reduce((sum, each) => sum + each, 0) / 10_000 - 1)).toBeLessThan(0.15)
})
